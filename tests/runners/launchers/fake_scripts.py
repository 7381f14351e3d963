#!/usr/bin/env python3
"""Stands in for the interpreter of compress.py and evaluate.py: does their jobs without models, in no time.

What it does, it notes in `trace.jsonl` in the folder of runs. A text `slow` in the folder makes it hang there.
"""

import json
import os
import sys
import time
from pathlib import Path

script, job = Path(sys.argv[2]).name, json.loads(Path(sys.argv[3]).read_text())


def emit(**event):
    print(json.dumps(event), flush=True)


def note(runs: Path, **entry):
    entry |= {"pid": os.getpid(), "checkpoints": len(list(runs.glob("cells/*/checkpoint")))}
    with (runs / "trace.jsonl").open("a") as file:
        file.write(json.dumps(entry) + "\n")
    if (runs / "slow").exists():
        time.sleep(60)


def compress(task):
    out = Path(task["out"])
    (out / "checkpoint").mkdir(parents=True, exist_ok=True)
    (out / "spectra.jsonl").write_text("")
    note(out.parents[1], id=task["id"], kind="compress")
    draws = out.parents[1] / "weights"
    digest = draws.read_text() if draws.exists() else "first"
    facts = {"execution": "native", "storedBytes": 1, "effectiveBits": 4, "cacheBits": None, "sparsity": 0,
             "compressedParameters": 1, "parameters": 1, "recipe": [], "weightsHash": digest}
    emit(event="done", id=task["id"], seconds=0.1, facts=facts)


def evaluate(task, checkpoint):
    out = Path(task["out"])
    note(out.parents[1], id=task["id"], kind=task["kind"])
    if not Path(checkpoint["path"]).is_dir():
        return emit(event="failed", id=task["id"], seconds=0.1, kind="error", message="no checkpoint")
    while not Path(task["samples"]).exists():
        time.sleep(0.01)
    samples = [json.loads(line) for line in Path(task["samples"]).read_text().splitlines()]
    if "error" in samples[0]:
        return emit(event="failed", id=task["id"], seconds=0.1, kind="error", message=samples[0]["error"])
    if task["kind"] == "generate":
        time.sleep(0.05)
        row = {"prompt": "p", "prompt_token_ids": [1], "completion": "a b", "completion_token_ids": [2, 3],
               "finish_reason": "stop", "seconds": 0.1}
        lines = [json.dumps({"sample_id": sample["sample_id"]} | row) + "\n" for sample in samples]
        (out / "completions.jsonl").write_text("".join(lines))
    if task.get("sketch"):
        baseline = task["sketch"]["baseline"]
        if baseline and not Path(baseline).exists():
            return emit(event="failed", id=task["id"], seconds=0.1, kind="error", message="began too early")
        if not baseline and (out.parents[1] / "broken").exists():
            return emit(event="failed", id=task["id"], seconds=0.1, kind="error", message="broken")
        time.sleep(0.3)
        (out / "logit_sketch.arrow").write_text("")
    emit(event="done", id=task["id"], seconds=0.1)


emit(event="versions", versions={"python": "3"}, device="cpu")
if script == "compress.py":
    for task in job["tasks"]:
        emit(event="start", id=task["id"])
        compress(task)
else:
    for checkpoint in job["checkpoints"]:
        for task in checkpoint["tasks"]:
            emit(event="start", id=task["id"])
            evaluate(task, checkpoint)
