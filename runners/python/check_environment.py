"""Says what this Python can do, as one JSON object on standard output.

    python check_environment.py MODULE…

Imports the modules: only an import shows that a compiled package fits the machine. Exit code 0 also when something is missing: the answer says what.
"""

from __future__ import annotations

import parent_death  # noqa: F401 (first: it watches from here on)

import importlib
import json
import os
import platform
import sys
import sysconfig

def main(modules: list[str]) -> dict:
    failures = {}
    for module in modules:
        try:
            importlib.import_module(module)
        # A broken compiled package may raise anything, SystemExit included.
        except BaseException as error:  # noqa: BLE001
            if isinstance(error, KeyboardInterrupt):
                raise
            failures[module] = f"{type(error).__name__}: {error}".splitlines()[0][:500]
    return {
        "python": platform.python_version(),
        "executable": sys.executable,
        "packages": sysconfig.get_paths()["purelib"],
        "failures": failures,
        **facts("torch" in modules and "torch" not in failures),
    }


def facts(torch_works: bool) -> dict:
    if torch_works:
        from versions import versions

        return versions()
    return {"versions": {"python": platform.python_version()}, "device": f"cpu ({platform.machine()})"}


if __name__ == "__main__":
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What libraries print while they are imported is not part of the answer.
    os.dup2(2, 1)
    print(json.dumps(main(sys.argv[1:])), file=answer, flush=True)
    # vLLM leaves threads behind that would hold the exit up.
    os._exit(0)
