"""Every NAME.onnx of a folder: accepted by onnx.checker, and onnxruntime's outputs beside those of NAME.safetensors. A line each: name, largest difference over max(1, largest value), or what failed."""
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.log_severity_level = 3


def difference(model):
    onnx.checker.check_model(str(model), full_check=True)
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    values = load_file(model.with_suffix(".safetensors"))
    kinds = {"tensor(float)": numpy.float32, "tensor(int32)": numpy.int32}
    given = session.run(None, {port.name: values["input/" + port.name].astype(kinds[port.type]) for port in session.get_inputs()})
    worst = 0.0
    for i, one in enumerate(given):
        wanted = values[f"output/{i}"]
        if one.shape != wanted.shape:
            raise ValueError(f"output {i} has shape {one.shape}, {wanted.shape} is wanted")
        if not numpy.array_equal(numpy.isnan(one), numpy.isnan(wanted)):
            raise ValueError(f"output {i} is not a number elsewhere")
        finite = numpy.isfinite(wanted)
        if not numpy.array_equal(one[~finite], wanted[~finite], equal_nan=True):
            raise ValueError(f"output {i} is infinite elsewhere")
        if finite.any():
            worst = max(worst, float(numpy.abs(one[finite] - wanted[finite]).max()) / max(1.0, float(numpy.abs(wanted[finite]).max())))
    return worst


for model in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    try:
        print(f"{model.stem}\t{difference(model):.3g}", flush=True)
    except Exception as error:
        print(f"{model.stem}\t{type(error).__name__}: {' '.join(str(error).split())[:600]}", flush=True)
