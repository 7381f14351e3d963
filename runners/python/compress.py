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
from dataclasses import dataclass, field  # noqa: E402
from pathlib import Path  # noqa: E402

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy  # noqa: E402
import torch  # noqa: E402

import checkpoint_facts  # noqa: E402
from cache_facts import cache_bits, integer_cache, stored_cache_scheme  # noqa: E402
from checkpoint_files import copy_checkpoint, copy_side_files, expand  # noqa: E402
from compare_models import compare_models  # noqa: E402
from models import base_folder, digests, linear_layers, load_dense, target_layers  # noqa: E402
from modifiers import check_recipe  # noqa: E402
from packed_weights import empty_model, quantization_of  # noqa: E402
from recipe import apply_recipe, assert_changed, assert_same  # noqa: E402
from simulation import write_simulation  # noqa: E402
from sparsity import measure_sparsity  # noqa: E402
from spectra import spectra_of  # noqa: E402
from untrained import untrained_twin  # noqa: E402
from versions import versions  # noqa: E402

STAGES = 4


def run_task(task: dict, columns: list[str], work: Path, stage) -> tuple[dict, list[str]]:
    """Makes `work/checkpoint` and `work/spectra.jsonl`; returns the facts and warnings."""
    made = take_checkpoint(task, work, stage) if task["checkpoint"] else compress(task, work, stage)
    dense = load_dense(work / "checkpoint", task["trustRemoteCode"])
    if made.before is not None:
        after = digests(dense)
        if not made.layers or (task["expect"] or {}).get("identity"):
            assert_same(made.before, after)
        else:
            assert_changed(made.before, after, task["recipe"], list(made.layers))
    plain = empty_model(work / "checkpoint", task["trustRemoteCode"], "meta")
    weights = {name: layer.weight.detach() for name, layer in linear_layers(dense).items()}
    facts = {
        "execution": "simulated" if task["simulate"] else "native",
        "storedBytes": checkpoint_facts.stored_bytes(made.shipped),
        "effectiveBits": checkpoint_facts.effective_bits(made.shipped, made.layers or all_layers(dense)),
        "cacheBits": cache_bits(made.cache, dense.config.get_text_config()),
        "sparsity": measure_sparsity({name: weights[name] for name in made.layers or weights}, task["expect"]),
        "compressedParameters": sum(made.layers.values()),
        # Expanded models carry their scales as parameters, plain ones do not.
        "parameters": sum(parameter.numel() for parameter in plain.parameters()),
        "recipe": made.recipe,
        "weightsHash": checkpoint_facts.weights_hash(work / "checkpoint"),
    }
    stage()

    with (work / "spectra.jsonl").open("w", encoding="utf-8") as file:
        for row in spectra_of(weights):
            file.write(json.dumps({name: row[name] for name in columns}, allow_nan=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    stage()
    return facts, made.warnings


@dataclass
class Made:
    """A checkpoint that is on disk."""

    shipped: Path
    """Folder of its compressed form, which is another where the engine simulates."""
    layers: dict[str, int]
    """Compressed layers and their numbers of weights."""
    recipe: list[dict]
    before: dict[str, bytes] | None = None
    """Digests of the base model's parameters, where the layers must differ from them."""
    cache: dict | None = None
    """What the simulation says of the key-value cache."""
    warnings: list[str] = field(default_factory=list)


def compress(task: dict, work: Path, stage) -> Made:
    """Runs the task's recipe on its model; without one the model itself is the checkpoint."""
    recipe = check_recipe(task["recipe"])
    base = base_folder(task["model"], task["revision"])
    task = task | {"model": str(base)}
    checkpoint = work / "checkpoint"
    model = load_dense(base, task["trustRemoteCode"])
    before = digests(model)
    layers = {name: layer.weight.numel() for name, layer in target_layers(model, recipe).items()} if recipe else {}
    stage()
    if not recipe:
        copy_checkpoint(base, checkpoint)
        stage()
        return Made(checkpoint, layers, recipe)

    if recipe[0].get("torch") == "untrained":
        model = untrained_twin(base, task["trustRemoteCode"], recipe[0]["arguments"]["seed"])
    else:
        apply_recipe(model, task)
    shipped = work / "compressed" if task["simulate"] else checkpoint
    # llm-compressor replaces the method of a model that it worked on, and packs the weights there.
    model.save_pretrained(shipped)
    copy_side_files(base, shipped)
    simulation = {"activations": {}, "cache": None}
    if task["simulate"]:
        if quantization_of(shipped) is None and integer_cache(recipe) is not None:
            copy_checkpoint(shipped, checkpoint)
        else:
            simulation = expand(shipped, task["trustRemoteCode"], checkpoint)
        simulation["cache"] = integer_cache(recipe) or simulation["cache"]
        write_simulation(checkpoint, simulation)
    stage()
    return Made(shipped, layers, recipe, before, simulation["cache"] or stored_cache_scheme(shipped))


def take_checkpoint(task: dict, work: Path, stage) -> Made:
    """Takes a checkpoint that was made elsewhere: a compression of the model, or another model in its place."""
    base = base_folder(task["model"], task["revision"])
    given = task["checkpoint"]
    folder = base_folder(given["model"], given["revision"])
    quantization = quantization_of(folder)
    warnings = compare_models(base, folder, given["compressed"], task["trustRemoteCode"])
    checkpoint = work / "checkpoint"
    simulation = {"activations": {}, "cache": None}
    stage()
    if task["simulate"]:
        simulation = expand(folder, task["trustRemoteCode"], checkpoint)
        write_simulation(checkpoint, simulation)
    else:
        copy_checkpoint(folder, checkpoint)
    stage()
    packed = checkpoint_facts.compressed_layers(folder)
    model = empty_model(folder, task["trustRemoteCode"], "meta")
    layers = {name: layer.weight.numel() for name, layer in linear_layers(model).items() if name in packed}
    recipe = [{"checkpoint": quantization}]
    return Made(folder, layers, recipe, None, simulation["cache"] or stored_cache_scheme(folder), warnings)


def all_layers(model: torch.nn.Module) -> dict[str, int]:
    return {name: layer.weight.numel() for name, layer in linear_layers(model).items()}


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
        facts, warnings = run_task(task, columns, work, stage)
        shutil.rmtree(out / "checkpoint", ignore_errors=True)
        os.replace(work / "checkpoint", out / "checkpoint")
        os.replace(work / "spectra.jsonl", out / "spectra.jsonl")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    emit({"event": "done", "id": task["id"], "seconds": seconds(), "facts": facts, "warnings": warnings})


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
