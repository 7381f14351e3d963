"""Writes logits.arrow with pyarrow: three tokens of two samples in two record batches, vocabulary 3."""

from pathlib import Path

import pyarrow as pa

schema = pa.schema(
    [
        pa.field("sample_id", pa.string(), nullable=False),
        pa.field("token_index", pa.int32(), nullable=False),
        pa.field("position", pa.int32(), nullable=False),
        pa.field("token_id", pa.int32(), nullable=False),
        pa.field("logits", pa.list_(pa.field("item", pa.float32(), nullable=False), 3), nullable=False),
    ],
    metadata={"actgauge.log": "logits", "actgauge.schema_version": "1"},
)
rows = [("s0", 1, -1, 7, [1, 2, 3]), ("s0", 2, 0, 8, [4, 5, 6]), ("s1", 1, 0, 9, [7, 8, 9])]
with pa.OSFile(str(Path(__file__).with_name("logits.arrow")), "wb") as sink:
    with pa.ipc.new_file(sink, schema) as writer:
        for part in (rows[:2], rows[2:]):
            columns = [pa.array(column, field.type) for column, field in zip(zip(*part), schema)]
            writer.write_batch(pa.record_batch(columns, schema=schema))
