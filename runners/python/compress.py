"""Makes compressed checkpoints: `python -u compress.py JOB.json`.

The job and the events on standard output are those of `runners/jobs.ts` (CompressJob, JobEvent).
"""

import parent_death  # noqa: F401  first: it watches from here on
from events import open_events

emit = open_events()

import gc  # noqa: E402  the imports below print
import json  # noqa: E402
import os  # noqa: E402
import random  # noqa: E402
import shutil  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
import traceback  # noqa: E402
from pathlib import Path  # noqa: E402

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy  # noqa: E402
import torch  # noqa: E402

import checkpoint_facts  # noqa: E402
from checkpoint_files import copy_baseline, copy_side_files, expand  # noqa: E402
from models import base_folder, digests, linear_layers, load_dense, target_layers  # noqa: E402
from modifiers import check_recipe  # noqa: E402
from recipe import apply_recipe, assert_changed  # noqa: E402
from sparsity import measure_sparsity  # noqa: E402
from spectra import spectra_of  # noqa: E402
from versions import versions  # noqa: E402

STAGES = 4


def run_task(task: dict, columns: list[str], work: Path, stage) -> dict:
    """Makes `work/checkpoint` and `work/spectra.jsonl`; returns the facts."""
    recipe = check_recipe(task["recipe"])
    base = base_folder(task["model"], task["revision"])
    task = task | {"model": str(base)}
    checkpoint = work / "checkpoint"
    shipped = checkpoint

    model = load_dense(base, task["trustRemoteCode"])
    parameters = sum(parameter.numel() for parameter in model.parameters())
    before = digests(model)
    layers = {
        name: layer.weight.numel()
        for name, layer in (target_layers(model, recipe) if recipe else linear_layers(model)).items()
    }
    stage()

    if not recipe:
        copy_baseline(base, checkpoint)
    else:
        apply_recipe(model, task)
        if task["simulate"]:
            shipped = work / "compressed"
        # llm-compressor replaces the method of a model that it worked on, and packs the weights there.
        model.save_pretrained(shipped)
        copy_side_files(base, shipped)
        if task["simulate"]:
            expand(shipped, task, checkpoint)
    del model
    gc.collect()
    stage()

    dense = load_dense(checkpoint, task["trustRemoteCode"])
    if recipe:
        assert_changed(before, digests(dense), recipe, list(layers))
    weights = {name: layer.weight.detach() for name, layer in linear_layers(dense).items()}
    facts = {
        "execution": "simulated" if task["simulate"] else "native",
        "storedBytes": checkpoint_facts.stored_bytes(shipped),
        "effectiveBits": checkpoint_facts.effective_bits(shipped, layers),
        "sparsity": measure_sparsity({name: weights[name] for name in layers}, task["expect"]),
        "compressedParameters": sum(layers.values()) if recipe else 0,
        "parameters": parameters,
        "recipe": recipe,
        "weightsHash": checkpoint_facts.weights_hash(checkpoint),
    }
    stage()

    with (work / "spectra.jsonl").open("w", encoding="utf-8") as file:
        for row in spectra_of(weights):
            file.write(json.dumps({name: row[name] for name in columns}, allow_nan=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    stage()
    return facts


def make(task: dict, columns: list[str], seconds) -> None:
    """Runs one task in a folder of its own and moves what it made into place."""
    random.seed(0)
    numpy.random.seed(0)
    torch.manual_seed(0)
    out = Path(task["out"])
    out.mkdir(parents=True, exist_ok=True)
    work = out / "partial"
    shutil.rmtree(work, ignore_errors=True)
    done = 0

    def stage() -> None:
        nonlocal done
        done += 1
        emit({"event": "progress", "id": task["id"], "done": done, "total": STAGES})

    try:
        facts = run_task(task, columns, work, stage)
        shutil.rmtree(out / "checkpoint", ignore_errors=True)
        os.replace(work / "checkpoint", out / "checkpoint")
        os.replace(work / "spectra.jsonl", out / "spectra.jsonl")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    emit({"event": "done", "id": task["id"], "seconds": seconds(), "facts": facts})


def failure(error: BaseException) -> dict:
    """The message and kind of a failed event."""
    text = str(error).strip().splitlines()
    message = f"{type(error).__name__}: {text[-1]}" if text else type(error).__name__
    out_of_memory = isinstance(error, (MemoryError, torch.OutOfMemoryError)) or (
        isinstance(error, RuntimeError) and "not enough memory" in str(error)
    )
    return {"message": message, "kind": "out-of-memory" if out_of_memory else "error"}


def main(job: dict) -> None:
    torch.set_num_threads(job["threads"])
    emit({"event": "versions"} | versions())
    columns = [column["name"] for column in job["spectra"]["columns"]]
    for task in job["tasks"]:
        began = time.perf_counter()

        def seconds() -> float:
            return time.perf_counter() - began

        emit({"event": "start", "id": task["id"]})
        try:
            make(task, columns, seconds)
        except Exception as error:
            traceback.print_exc()
            emit({"event": "failed", "id": task["id"], "seconds": seconds()} | failure(error))
        gc.collect()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        main(json.load(file))
