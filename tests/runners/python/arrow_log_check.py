"""Validates an Arrow log with pyarrow and prints what it holds, for evaluate_test.ts.

    python arrow_log_check.py FILE
"""

import json
import sys

import pyarrow as pa

with pa.ipc.open_file(sys.argv[1]) as reader:
    table = reader.read_all()
    table.validate(full=True)
    print(json.dumps({
        "types": {field.name: str(field.type) for field in table.schema},
        "nulls": sum(column.null_count for column in table.columns),
        "metadata": {key.decode(): value.decode() for key, value in table.schema.metadata.items()},
        "rows": table.num_rows,
    }))
