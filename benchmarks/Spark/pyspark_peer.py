"""PySpark on the same server: python3 pyspark_peer.py <sc://...> <parquet of rows> <model.onnx> <parquet of numbers> <rows of numbers>.
Reads a name a line, answers with the seconds that it took and the result."""
import sys
import time

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.ml.functions import predict_batch_udf
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, FloatType

remote, rows, model, numbers, count = sys.argv[1:]
spark = SparkSession.builder.remote(remote).getOrCreate()
network = open(model, "rb").read()


def session():
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])


def make_predict():
    run = session()
    name = run.get_inputs()[0].name
    return lambda x: run.run(None, {name: x})[0].argmax(axis=1).astype(np.float32)


def kept():
    import builtins

    if not hasattr(builtins, "_dsl_session"):
        builtins._dsl_session = session()
    return builtins._dsl_session


@F.pandas_udf("int")
def pandas_score(x: pd.Series) -> pd.Series:
    run = kept()
    return pd.Series(run.run(None, {run.get_inputs()[0].name: np.stack(x.to_numpy())})[0].argmax(axis=1).astype(np.int32))


@F.arrow_udf("int")
def arrow_score(x: pa.Array) -> pa.Array:
    run = kept()
    values = x.values.to_numpy(zero_copy_only=True)[x.offsets[0].as_py():].reshape(len(x), -1)
    return pa.array(run.run(None, {run.get_inputs()[0].name: values})[0].argmax(axis=1).astype(np.int32))


@F.pandas_udf("double")
def pandas_distance(x: pd.Series, y: pd.Series) -> pd.Series:
    return np.sqrt(x * x + y * y)


batch_score = predict_batch_udf(make_predict, return_type=FloatType(), batch_size=10000, input_tensor_shapes=[[64]])


def total(score):
    return spark.read.parquet(rows).select(score.alias("s")).agg(F.sum("s")).collect()[0][0]


works = {
    "predict_batch_udf": lambda: total(batch_score(F.col("x"))),
    "pandas_udf": lambda: total(pandas_score(F.col("x"))),
    "arrow_udf": lambda: total(arrow_score(F.col("x"))),
    "udf": lambda: spark.read.parquet(numbers).select(pandas_distance(F.col("x"), F.col("y")).alias("s")).agg(F.sum("s")).collect()[0][0],
    "collect": lambda: spark.range(0, int(count), 1, 2).select(F.col("id").cast("double").alias("v")).toArrow().num_rows,
}
print("ready", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    try:
        result = works[line.strip()]()
        print(f"{time.perf_counter() - start:.6f} {result}", flush=True)
    except Exception as error:
        print(f"failed {str(error).splitlines()[0]}", flush=True)
