"""The event lines that a script sends to the process that started it.

Standard output belongs to the events alone: one JSON object a line, as in `runners/jobs.ts`. Libraries
print where they like (progress bars, warnings, C++ code), so file descriptor 1 is pointed at standard
error before they are imported, and the events go out through a saved copy of the real one.
"""

import json
import os
import threading
from collections.abc import Callable

Emit = Callable[[dict], None]


def open_events() -> Emit:
    """Takes over standard output and returns the function that writes an event to it.

    Call it once, before any other import that may print. The returned function may be called from
    several threads; it raises ValueError for NaN and infinities, which JSON does not have.
    """
    channel = os.dup(1)
    os.dup2(2, 1)
    lock = threading.Lock()

    def emit(event: dict) -> None:
        line = json.dumps(event, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        with lock:
            while line:
                line = line[os.write(channel, line) :]

    return emit
