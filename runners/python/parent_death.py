"""Ends this process, and its process group, once the process that started it is gone.

Import it first in a script that Actgauge starts: a `kill -9` of the parent cannot be passed on by the
parent itself. It can also run a module, or replace itself with another program:

    python parent_death.py -m pip install …
    python parent_death.py --exec PROGRAM ARGUMENT…
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

PARENT = os.environ.get("ACTGAUGE_PARENT_PID")
SECONDS_BETWEEN_LOOKS = 0.5


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    # Only a group that this process leads: never the user's own shell job.
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def watch() -> None:
    """Starts the watch when Actgauge started this process itself.

    A script run by hand, or by a scheduler on another machine, is left alone.
    """
    if PARENT is None or os.getppid() != int(PARENT):
        return
    # Processes that the script starts have another parent: they must not watch for this one.
    del os.environ["ACTGAUGE_PARENT_PID"]
    threading.Thread(target=_watch, args=(int(PARENT),), name="parent-death", daemon=True).start()


def end_with_parent() -> None:
    """Asks Linux to end this process with the thread that started it; stays in force after exec."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    set_parent_death_signal = 1
    parent = os.getppid()
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--exec"]:
        end_with_parent()
        os.execvp(sys.argv[2], sys.argv[2:])
    if sys.argv[1:2] != ["-m"] or len(sys.argv) < 3:
        sys.exit("usage: parent_death.py (-m MODULE | --exec PROGRAM) ARGUMENT…")
    import runpy

    watch()
    del sys.argv[:2]
    del sys.path[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    watch()
