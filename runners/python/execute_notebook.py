"""Executes a notebook and writes it, with its outputs, as a notebook and as a page.

    python execute_notebook.py NOTEBOOK OUT_FOLDER KERNEL

The notebook runs in its own folder and is not changed. Prints one JSON object a line: `{"cell": 3, "code": …}` when a
cell starts (numbered from 1, text cells included), at the end `{"ok": true}` or the error. What ran before an
error is written too. Exit code 0 in both cases.
"""

from __future__ import annotations

import parent_death  # noqa: F401 (first: it watches from here on)

import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty

import nbformat
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert import HTMLExporter


# How long a cell without an output is listened to after the kernel said that it was idle.
LATE_SECONDS = 1.0


class PatientClient(NotebookClient):
    """Deno's kernel may say that a cell is done a moment before it sends what the cell shows."""

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: nbformat.NotebookNode, cell_index: int) -> None:
        await super()._async_poll_output_msg(parent_msg_id, cell, cell_index)
        end = time.monotonic() + LATE_SECONDS
        while not cell.outputs and (left := end - time.monotonic()) > 0:
            try:
                message = await ensure_async(self.kc.iopub_channel.get_msg(timeout=left))
            except Empty:
                return
            if message["parent_header"].get("msg_id") == parent_msg_id:
                self.process_message(message, cell, cell_index)


def execute(source: Path, out: Path, kernel: str, tell: Callable[[dict], None]) -> None:
    notebook = nbformat.read(source, as_version=4)
    client = PatientClient(
        notebook,
        # The caller limits the time of the whole notebook.
        timeout=None,
        kernel_name=kernel,
        resources={"metadata": {"path": str(source.parent)}},
        on_cell_start=lambda cell, cell_index: tell({"cell": cell_index + 1, "code": cell.source}),
    )
    answer: dict = {"ok": True}
    try:
        client.execute()
    except CellExecutionError as error:
        answer = {"ok": False, "name": error.ename, "message": error.evalue}
    except DeadKernelError as error:
        answer = {"ok": False, "name": "kernel", "message": str(error)}
    write(out / source.name, nbformat.writes(notebook))
    write(out / f"{source.stem}.html", page(notebook, source.stem))
    tell(answer)


def page(notebook: nbformat.NotebookNode, title: str) -> str:
    exporter = HTMLExporter(template_name="lab", embed_images=True)
    exporter.mathjax_url = exporter.require_js_url = exporter.jquery_url = ""
    html, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": title}})
    # A page of ours fetches nothing from elsewhere: out with the template's scripts that would.
    html = re.sub(r'<script src="">\s*</script>', "", html)
    fetching = r'<script type="module">(?:(?!</script>).)*?mermaid(?:(?!</script>).)*</script>'
    return re.sub(fetching, "", html, flags=re.DOTALL)


def write(path: Path, text: str) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    execute(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        sys.argv[3],
        lambda answer: print(json.dumps(answer), file=answers, flush=True),
    )
