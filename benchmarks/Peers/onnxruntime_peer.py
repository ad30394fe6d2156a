"""onnxruntime's side of `peers`: our networks as we export them, into the folder of the second argument, and single kernels; inputs and outputs preallocated and bound."""
import os
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import turns

THREADS = int(sys.argv[1])
FOLDER = sys.argv[2]
random = numpy.random.default_rng(0)


class Graph:
    """Collects nodes and weights; the value that flows is always the last node's output."""

    def __init__(self):
        self.nodes, self.weights, self.at = [], [], "x"

    def weight(self, *shape):
        name = f"w{len(self.weights)}"
        bound = 1 / numpy.sqrt(numpy.prod(shape[1:]) if len(shape) > 1 else shape[0])
        self.weights.append(numpy_helper.from_array(random.uniform(-bound, bound, shape).astype(numpy.float32), name))
        return name

    def node(self, kind, *inputs, **attributes):
        out = f"v{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, [self.at, *inputs], [out], **attributes))
        self.at = out
        return self

    def conv(self, inputs, outputs):
        return self.node("Conv", self.weight(outputs, inputs, 3, 3), kernel_shape=[3, 3], pads=[1, 1, 1, 1])

    def model(self, inputs, outputs):
        self.nodes[-1].output[0] = "y"
        graph = helper.make_graph(
            self.nodes, "peer",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, inputs)],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, outputs)], self.weights)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(made)
        return made.SerializeToString()


def session_of(model, batch=None):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    if batch is not None:
        # A graph for one size of batch, as a hand-written one would be.
        options.add_free_dimension_override_by_name("batch", batch)
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def work(session, inputs, outputs):
    x = onnxruntime.OrtValue.ortvalue_from_numpy(random.standard_normal(inputs).astype(numpy.float32))
    y = onnxruntime.OrtValue.ortvalue_from_numpy(numpy.zeros(outputs, numpy.float32))
    binding = session.io_binding()
    binding.bind_ortvalue_input(session.get_inputs()[0].name, x)
    binding.bind_ortvalue_output(session.get_outputs()[0].name, y)
    return lambda: None, lambda: session.run_with_iobinding(binding)


def network(name, batch):
    session = session_of(os.path.join(FOLDER, name + ".onnx"), batch)
    return work(session, [batch, *session.get_inputs()[0].shape[1:]], [batch, *session.get_outputs()[0].shape[1:]])


def kernel(graph, inputs, outputs):
    return work(session_of(graph.model(inputs, outputs)), inputs, outputs)


if __name__ == "__main__":
    works = {f"{name}-predict-{n}": network(name, n)
             for name, batches in {"mlp": (1, 32), "cnn": (1, 64), "gru": (1,), "transformer": (1,), "mobilenet": (1, 8)}.items() for n in batches}
    for name, (n, c, size, filters) in {
            "conv-64-64-28": (16, 64, 28, 64), "conv-32-64-14": (64, 32, 14, 64), "conv-128-128-14": (16, 128, 14, 128)}.items():
        works[name] = kernel(Graph().conv(c, filters), [n, c, size, size], [n, filters, size, size])
    g = Graph()
    works["gemm-1024"] = kernel(g.node("MatMul", g.weight(1024, 1024)), [1024, 1024], [1024, 1024])
    print(f"info onnxruntime {onnxruntime.__version__}, {THREADS} thread(s), io binding", flush=True)
    turns.serve(works)
