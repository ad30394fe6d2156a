"""A session of PySpark's: python3 python_session.py <sc://...>. Reads a number of rows a line; answers with what ran a function over them, the sum of what it gave, and which
program the session wants for its functions."""
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

spark = SparkSession.builder.remote(sys.argv[1]).getOrCreate()


@F.udf("long")
def following(number):
    return number + 1


@F.udf("string")
def program(number):
    import sys

    return sys.implementation.name


for line in sys.stdin:
    rows = spark.range(0, int(line), 1, 2).select(program("id").alias("program"), following("id").alias("following"))
    name, total = rows.groupBy("program").agg(F.sum("following")).collect()[0]
    print(name, total, spark.conf.get("spark.sql.execution.pyspark.python", "unset"), flush=True)
