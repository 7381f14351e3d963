"""The event lines that a script sends to the process that started it.

Standard output belongs to the events alone: one JSON object a line, as in `runners/jobs.ts`. Libraries
print where they like (progress bars, warnings, C++ code), so file descriptor 1 is pointed at standard
error before they are imported, and the events go out through a saved copy of the real one.
"""

import ctypes
import json
import os
import signal
import sys
import threading
from collections.abc import Callable

Emit = Callable[[dict], None]


def open_events() -> Emit:
    """Takes over standard output and returns the function that writes an event to it.

    Call it once, before any other import that may print. The returned function may be called from
    several threads; it raises ValueError for NaN and infinities, which JSON does not have.
    """
    die_with_parent()
    channel = os.dup(1)
    os.dup2(2, 1)
    lock = threading.Lock()

    def emit(event: dict) -> None:
        line = json.dumps(event, allow_nan=False, separators=(",", ":")).encode() + b"\n"
        with lock:
            while line:
                line = line[os.write(channel, line) :]

    return emit


def die_with_parent() -> None:
    """Has Linux kill this process as soon as its parent is gone, however that ended.

    Without it a killed run would leave an engine behind that holds its memory for hours.
    Elsewhere it does nothing: there the caller's process group has to do.
    """
    if not sys.platform.startswith("linux"):
        return
    parent = os.getppid()
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG in <linux/prctl.h>
    ctypes.CDLL(None, use_errno=True).prctl(set_parent_death_signal, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the call above
        os.kill(os.getpid(), signal.SIGKILL)
