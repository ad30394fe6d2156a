"""onnxruntime's side of `peers`: the same networks as ONNX graphs with random weights, inputs and outputs preallocated and bound."""
import os
import sys

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

import turns

THREADS = int(sys.argv[1])
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

    def linear(self, inputs, outputs):
        return self.node("Gemm", self.weight(outputs, inputs), self.weight(outputs), transB=1)

    def conv(self, inputs, outputs, bias=True):
        weights = [self.weight(outputs, inputs, 3, 3)] + ([self.weight(outputs)] if bias else [])
        return self.node("Conv", *weights, kernel_shape=[3, 3], pads=[1, 1, 1, 1])

    def pool(self):
        return self.node("MaxPool", kernel_shape=[2, 2], strides=[2, 2])

    def gru(self, inputs, hidden):
        """Batch first, as PyTorch's exporter writes it: ONNX has the steps first and a dimension for directions."""
        self.node("Transpose", perm=[1, 0, 2])
        self.node("GRU", self.weight(1, 3 * hidden, inputs), self.weight(1, 3 * hidden, hidden), self.weight(1, 6 * hidden), hidden_size=hidden, linear_before_reset=1)
        return self.node("Squeeze", self.constant([1], numpy.int64)).node("Transpose", perm=[1, 0, 2])

    def constant(self, values, kind=numpy.float32):
        name = f"c{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(numpy.asarray(values, kind), name))
        return name

    def rows(self, inputs, outputs):
        """A linear layer of each row."""
        name = f"w{len(self.weights)}"
        bound = 1 / numpy.sqrt(inputs)
        self.weights.append(numpy_helper.from_array(random.uniform(-bound, bound, (inputs, outputs)).astype(numpy.float32), name))
        return self.node("MatMul", name).node("Add", self.weight(outputs))

    def norm(self, features):
        return self.node("LayerNormalization", self.constant(numpy.ones(features)), self.constant(numpy.zeros(features)), axis=-1, epsilon=1e-5)

    def gelu(self):
        """As PyTorch's exporter writes it; onnxruntime makes one operation of it."""
        x = self.at
        twice = self.node("Div", self.constant(numpy.sqrt(2))).node("Erf").node("Add", self.constant(1)).at
        self.at = x
        return self.node("Mul", twice).node("Mul", self.constant(0.5))

    def attention(self, steps, features, heads):
        """As PyTorch's exporter writes it, from three products of one input."""
        x, shape, parts = self.at, self.constant([-1, steps, heads, features // heads], numpy.int64), []
        for axes in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]):
            self.at = x
            parts.append(self.rows(features, features).node("Reshape", shape).node("Transpose", perm=axes).at)
        self.at = parts[0]
        self.node("MatMul", parts[1]).node("Div", self.constant(numpy.sqrt(features / heads))).node("Softmax", axis=-1).node("MatMul", parts[2])
        self.node("Transpose", perm=[0, 2, 1, 3]).node("Reshape", self.constant([-1, steps, features], numpy.int64))
        return self.rows(features, features)

    def encoder(self, steps, features, heads, hidden):
        x = self.at
        x = self.norm(features).attention(steps, features, heads).node("Add", x).at
        return self.norm(features).rows(features, hidden).gelu().rows(hidden, features).node("Add", x)

    def model(self, inputs, outputs):
        self.nodes[-1].output[0] = "y"
        graph = helper.make_graph(
            self.nodes, "peer",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, inputs)],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, outputs)], self.weights)
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(made)
        return made.SerializeToString()


def mlp():
    return Graph().linear(64, 64).node("Relu").linear(64, 10)


def cnn():
    g = Graph().conv(1, 32).node("Relu").pool().conv(32, 64).node("Relu").pool()
    return g.node("Flatten").linear(64 * 7 * 7, 128).node("Relu").linear(128, 10)


def transformer():
    return Graph().encoder(64, 128, 4, 512).encoder(64, 128, 4, 512).node("Flatten").linear(64 * 128, 10)


def prediction(graph, inputs, outputs):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph.model(inputs, outputs), options, providers=["CPUExecutionProvider"])
    x = onnxruntime.OrtValue.ortvalue_from_numpy(random.standard_normal(inputs).astype(numpy.float32))
    y = onnxruntime.OrtValue.ortvalue_from_numpy(numpy.zeros(outputs, numpy.float32))
    binding = session.io_binding()
    binding.bind_ortvalue_input("x", x)
    binding.bind_ortvalue_output("y", y)
    return lambda: None, lambda: session.run_with_iobinding(binding)


works = {}
for n in (1, 32):
    works[f"mlp-predict-{n}"] = prediction(mlp(), [n, 64], [n, 10])
for n in (1, 64):
    works[f"cnn-predict-{n}"] = prediction(cnn(), [n, 1, 28, 28], [n, 10])
works["transformer-predict-1"] = prediction(transformer(), [1, 64, 128], [1, 10])
for name, (n, c, size, filters) in {
        "conv-64-64-28": (16, 64, 28, 64), "conv-32-64-14": (64, 32, 14, 64), "conv-128-128-14": (16, 128, 14, 128)}.items():
    works[name] = prediction(Graph().conv(c, filters, False), [n, c, size, size], [n, filters, size, size])
works["gru-predict-1"] = prediction(Graph().gru(64, 128), [1, 64, 64], [1, 64, 128])
g = Graph()
works["gemm-1024"] = prediction(g.node("MatMul", g.weight(1024, 1024)), [1024, 1024], [1024, 1024])
print(f"info onnxruntime {onnxruntime.__version__}, {THREADS} thread(s), io binding", flush=True)
turns.serve(works)
