"""Arrow IPC files of vectors, one row a token, written while the rows come.

The columns are those of the log's schema in `data/schema.ts`, which comes with the job as JSON. The file is
in the IPC *file* format without compression, which apache-arrow, polars and DuckDB read alike.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa

BATCH_BYTES = 16 * 2**20
"""Size of a record batch: bounds the writer's memory, and is large enough to read fast."""

SCALARS = {"string": pa.string(), "int32": pa.int32()}


def arrow_schema(log: dict, width: int, schema_version: int, vocabulary: int) -> pa.Schema:
    """Turns a log's schema (JSON of `LogSchema`) into Arrow's; `vector` columns get `width` numbers."""
    vector = pa.list_(pa.field("item", pa.float32(), nullable=False), width)
    fields = []
    for column in log["columns"]:
        kind = column["type"]
        if kind != "vector" and kind not in SCALARS:
            raise ValueError(f'log "{log["name"]}": column "{column["name"]}" has type {kind}, '
                             f"this writer knows vector, {', '.join(SCALARS)}")
        fields.append(pa.field(column["name"], SCALARS.get(kind, vector), column["nullable"]))
    return pa.schema(fields, {
        "actgauge.schema_version": str(schema_version),
        "actgauge.log": log["name"],
        "actgauge.vocabulary": str(vocabulary),
    })


class ArrowLog:
    """A log that grows by blocks of consecutive rows of one sample."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pa.OSFile(str(path), "wb")
        self._writer = pa.ipc.new_file(self._file, schema)
        self._schema = schema
        [vector] = [field.type for field in schema if pa.types.is_fixed_size_list(field.type)]
        self._capacity = max(1, BATCH_BYTES // (4 * vector.list_size))
        self._vectors = np.empty((self._capacity, vector.list_size), np.float32)
        self._scalars: dict[str, list] = {field.name: [] for field in schema if field.type != vector}
        self._count = 0

    def append(self, scalars: dict[str, list], vectors: np.ndarray) -> None:
        """Adds rows: `scalars` has a list for every other column, `vectors` is rows x width.

        The vectors are copied: the engine may reuse their memory afterwards.
        """
        start = 0
        while start < len(vectors):
            count = min(len(vectors) - start, self._capacity - self._count)
            self._vectors[self._count : self._count + count] = vectors[start : start + count]
            for name, values in scalars.items():
                self._scalars[name].extend(values[start : start + count])
            self._count += count
            start += count
            if self._count == self._capacity:
                self._flush()

    def close(self) -> None:
        """Writes the last batch and the footer, without which no reader takes the file."""
        self._flush()
        self._writer.close()
        self._file.close()

    def _flush(self) -> None:
        if self._count == 0:
            return
        columns = []
        for field in self._schema:
            if field.name in self._scalars:
                columns.append(pa.array(self._scalars[field.name], field.type))
                self._scalars[field.name].clear()
            else:
                values = pa.array(self._vectors[: self._count].reshape(-1))
                columns.append(pa.FixedSizeListArray.from_arrays(values, type=field.type))
        self._writer.write_batch(pa.record_batch(columns, schema=self._schema))
        self._count = 0
