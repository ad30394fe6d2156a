"""scikit-learn's side of `pipelines`: one row, a module with `work(data, threads)` that the benchmark has written, on data that it has written too."""
import importlib.util
import os
import sys
import time

import numpy
import sklearn
import threadpoolctl

import turns

THREADS, FOLDER, MODULE = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class Data:
    """The benchmark's data; x is row after row."""

    def __init__(self, folder):
        with open(os.path.join(folder, "columns")) as file:
            columns = int(file.read())
        self.x = numpy.fromfile(os.path.join(folder, "x.f64")).reshape(-1, columns)
        self.value = numpy.fromfile(os.path.join(folder, "value.f64"))
        self.label = numpy.fromfile(os.path.join(folder, "label.f64")).astype(int)
        self.texts = None
        if os.path.exists(os.path.join(folder, "texts")):
            with open(os.path.join(folder, "texts"), encoding="utf-8", newline="\n") as file:
                self.texts = file.read().split("\n")[:-1]


spec = importlib.util.spec_from_file_location("row", MODULE)
row = importlib.util.module_from_spec(spec)
spec.loader.exec_module(row)
step, figure = row.work(Data(FOLDER), THREADS)


def fit(repeats):
    start = time.perf_counter()
    for _ in range(int(repeats)):
        step()
    return f"{(time.perf_counter() - start) * 1e6 / int(repeats):.3f}"


blas = ", ".join(sorted({os.path.basename(os.path.realpath(pool["filepath"])) for pool in threadpoolctl.threadpool_info()}))
print(f"info scikit-learn {sklearn.__version__}, NumPy {numpy.__version__}, {THREADS} thread(s); {blas}", flush=True)
turns.serve({}, {"fit": fit, "figure": lambda: f"{figure():.17g}"})
