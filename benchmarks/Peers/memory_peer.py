"""A peer's side of `memory`: does one work some times on one thread and writes the peak of its resident memory in megabytes (10^6 bytes)."""
import sys

NAME, FOLDER, ITERATIONS = sys.argv[1], sys.argv[2], int(sys.argv[3])
sys.argv = [sys.argv[0], "1", FOLDER]


def onnxruntime_work():
    import numpy
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(FOLDER + "/mobilenet.onnx", options, providers=["CPUExecutionProvider"])
    x = numpy.random.default_rng(0).standard_normal((1, 3, 224, 224)).astype(numpy.float32)
    name = session.get_inputs()[0].name
    return lambda: None, lambda: session.run(None, {name: x})


def pytorch_work():
    import pytorch_peer

    return pytorch_peer.training(pytorch_peer.resnet, (3, 32, 32), 64, 8, True, pytorch_peer.momentum)


prepare, step = onnxruntime_work() if NAME == "mobilenet-predict-1" else pytorch_work()
prepare()
for _ in range(ITERATIONS):
    step()
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024 / 1e6)
