"""Reads every *.ours with pyarrow, prints its values as RandomTable.Show does, and writes it again as *.theirs."""
import datetime
import decimal
import os
import struct
import sys

import pyarrow as pa

EPOCH = datetime.datetime(1970, 1, 1)


def show(array):
    kind = array.type
    if pa.types.is_null(kind):
        return "[" + ",".join("null" for _ in range(len(array))) + "]"
    return "[" + ",".join(show_value(array, i, kind) for i in range(len(array))) + "]"


def show_value(array, i, kind):
    value = array[i]
    if not value.is_valid:
        return "null"
    if pa.types.is_boolean(kind):
        return "True" if value.as_py() else "False"
    if pa.types.is_float32(kind):
        return "%X" % struct.unpack("<I", struct.pack("<f", value.as_py()))
    if pa.types.is_float64(kind):
        return "%X" % struct.unpack("<Q", struct.pack("<d", value.as_py()))
    if pa.types.is_decimal(kind):
        with decimal.localcontext() as context:
            context.prec = 80
            return str(int(value.as_py().scaleb(kind.scale)))
    if pa.types.is_string(kind):
        return '"' + value.as_py().encode().hex().upper()
    if pa.types.is_binary(kind):
        return "x" + value.as_py().hex().upper()
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        return str(value.value)
    if pa.types.is_map(kind):
        entries = array.keys.slice(array.offsets[i].as_py(), len(value)), array.items.slice(array.offsets[i].as_py(), len(value))
        pairs = zip(show_all(entries[0]), show_all(entries[1]))
        return "[" + ",".join("[" + k + "," + v + "]" for k, v in pairs) + "]"
    if pa.types.is_list(kind):
        return show(value.values)
    if pa.types.is_struct(kind):
        return "[" + ",".join(show_value(array.field(f), i, array.field(f).type) for f in range(kind.num_fields)) + "]"
    return str(value.as_py())


def show_all(array):
    return ["null"] * len(array) if pa.types.is_null(array.type) else [show_value(array, i, array.type) for i in range(len(array))]


folder = sys.argv[1]
for number in range(len([f for f in os.listdir(folder) if f.endswith(".ours")])):
    with pa.ipc.open_stream(os.path.join(folder, f"{number}.ours")) as reader:
        schema, batches = reader.schema, list(reader)
    for batch in batches:
        batch.validate(full=True)
    print(f"{number}: " + "|".join("[" + ",".join(show(column) for column in batch.columns) + "]" for batch in batches))
    with pa.ipc.new_stream(os.path.join(folder, f"{number}.theirs"), schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
