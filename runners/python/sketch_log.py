"""The sketch of logits: rows go to a process that keeps a few hundred bytes of each, and no row touches the disk.

The process is ours and its command comes with the job (`SketchTask` in `runners/jobs.ts`), so that the sketch is
made by the very kernels that measure full logits. It reads frames from its standard input: the length of a
JSON header (uint32, little-endian), the header (`{"rows": n, "sample_id": [...], ...}`, the columns that tell the
tokens), then n x vocabulary float32. When its input ends it finishes the file and writes one line of JSON,
`{"rows": n}` or `{"error": "..."}`.
"""

import json
import struct
import subprocess
from pathlib import Path

import numpy as np

FRAME_BYTES = 32 * 2**20
"""Most bytes of logits in a frame: bounds the memory of the process."""


class SketchLog:
    """Takes rows as `ArrowLog` does."""

    def __init__(self, path: Path, sketch: dict, vocabulary: int) -> None:
        settings = {"path": str(path), "vocabulary": vocabulary, "baseline": sketch["baseline"]}
        self._process = subprocess.Popen([*sketch["command"], json.dumps(settings)],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._most_rows = max(1, FRAME_BYTES // (4 * vocabulary))
        self._rows = 0

    def append(self, scalars: dict[str, list], vectors: np.ndarray) -> None:
        """Sends rows: `scalars` has a list for every column that tells the tokens."""
        try:
            for start in range(0, len(vectors), self._most_rows):
                part = slice(start, start + self._most_rows)
                rows = np.ascontiguousarray(vectors[part], np.dtype("<f4"))
                header = json.dumps({"rows": len(rows)} | {name: values[part] for name, values in scalars.items()})
                self._process.stdin.write(struct.pack("<I", len(header.encode())) + header.encode())
                self._process.stdin.write(rows.data)
                self._rows += len(rows)
        except BrokenPipeError:
            # It has ended, and said why.
            self.close()
            raise

    def close(self) -> None:
        """Waits for the file; raises RuntimeError with what the process says where it has none."""
        if self._process.stdin.closed:
            return
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass
        said = self._process.stdout.read().decode(errors="replace").strip()
        code = self._process.wait()
        answer = json.loads(said.splitlines()[-1]) if said.endswith("}") else {}
        if answer.get("rows") != self._rows:
            raise RuntimeError("the sketch could not be made: "
                               + answer.get("error", f"its process ended with exit code {code}, see above"))
