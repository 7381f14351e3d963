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
from loguru import logger  # noqa: E402
from transformers import AutoTokenizer  # noqa: E402

import checkpoint_facts  # noqa: E402
from calibration import calibration_batches  # noqa: E402
from cpu_products import float32_products  # noqa: E402
from models import digests, linear_layers, load_dense, target_layers  # noqa: E402
from modifiers import SCALING, check_recipe, make_modifier  # noqa: E402
from sparsity import measure_sparsity, prune_by_magnitude  # noqa: E402
from spectra import spectra_of  # noqa: E402
from versions import versions  # noqa: E402

STAGES = 4
# What a checkpoint carries beside its weights: configuration, tokenizer, chat template, own code.
SIDE_FILES = ("*.json", "*.jinja", "*.txt", "*.model", "*.tiktoken", "*.py")
WEIGHT_INDEX = "model.safetensors.index.json"


def copy_side_files(model: Path, checkpoint: Path) -> None:
    """Copies what save_pretrained did not write, unchanged."""
    for pattern in SIDE_FILES:
        for path in model.glob(pattern):
            target = checkpoint / path.name
            if not target.exists() and path.name != WEIGHT_INDEX:
                shutil.copyfile(path, target)


def copy_baseline(model: Path, checkpoint: Path) -> None:
    """The base model itself, byte for byte."""
    checkpoint.mkdir(parents=True)
    index = model / WEIGHT_INDEX
    for path in [*checkpoint_facts.weight_files(model), *([index] if index.exists() else [])]:
        shutil.copyfile(path, checkpoint / path.name)
    copy_side_files(model, checkpoint)


def apply_recipe(model: torch.nn.Module, task: dict) -> None:
    """Runs the recipe on the model, in place."""
    from llmcompressor import oneshot
    from llmcompressor.core import reset_session
    from llmcompressor.pipelines.cache import IntermediatesCache

    recipe = task["recipe"]
    for step in recipe:
        if "torch" in step:
            arguments = step["arguments"]
            layers = target_layers(model, [step])
            prune_by_magnitude(layers, arguments["sparsity"], arguments["pattern"])
    modifiers = [make_modifier(step) for step in recipe if "modifier" in step]
    if not modifiers:
        return
    if not torch.cuda.is_available():
        # Pinned memory is for copies to an accelerator; without one torch refuses it.
        IntermediatesCache.pin_memory = lambda self, batch_index, input_names=None: None
    tokenizer = AutoTokenizer.from_pretrained(
        task["model"], trust_remote_code=task["trustRemoteCode"]
    )
    batches = task["calibration"] and calibration_batches(tokenizer, task["calibration"])
    if batches is None and any(modifier.requires_calibration_data for modifier in modifiers):
        raise ValueError("The recipe needs calibration texts and the task names none")
    warnings: list[str] = []
    sink = logger.add(lambda message: warnings.append(str(message)), level="WARNING", format="{message}")
    reset_session()
    try:
        with float32_products():
            oneshot(
                model=model,
                tokenizer=tokenizer,
                dataset=batches,
                recipe=modifiers,
                num_calibration_samples=task["calibration"]["samples"] if batches else 0,
                max_seq_length=task["calibration"]["maxLength"] if batches else None,
                shuffle_calibration_samples=False,
                trust_remote_code_model=task["trustRemoteCode"],
                clear_sparse_session=True,
            )
    finally:
        reset_session()
        logger.remove(sink)
    for warning in warnings:
        if "Hessian inversion failed" in warning:
            raise RuntimeError(warning.strip())


def expand(compressed: Path, task: dict, checkpoint: Path) -> None:
    """Writes the compressed checkpoint's weights as plain ones, in the base model's form."""
    config = json.loads((compressed / "config.json").read_text())["quantization_config"]
    for name, group in config["config_groups"].items():
        if group.get("input_activations") or config.get("kv_cache_scheme"):
            raise ValueError(
                f"{name} quantizes activations or the KV cache too, which a dense checkpoint cannot hold"
            )
    dense = load_dense(compressed, task["trustRemoteCode"]).state_dict()
    plain = load_dense(Path(task["model"]), task["trustRemoteCode"])
    # The expanded model keeps its scales beside the weights: those have no place in a plain one.
    plain.load_state_dict({name: dense[name] for name in plain.state_dict()})
    shutil.copytree(compressed, checkpoint, ignore=lambda *_: ["config.json", "recipe.yaml"])
    for path in [*checkpoint_facts.weight_files(checkpoint), checkpoint / WEIGHT_INDEX]:
        path.unlink(missing_ok=True)
    plain.save_pretrained(checkpoint)


def assert_changed(before: dict, after: dict, recipe: list[dict], layers: list[str]) -> None:
    """Raises RuntimeError when a step of the recipe did nothing."""
    same = [name for name in layers if before[f"{name}.weight"] == after[f"{name}.weight"]]
    if same:
        raise RuntimeError(
            f"The recipe left {len(same)} of {len(layers)} layers as they were: {', '.join(same[:5])}"
        )
    compressed = {f"{name}.weight" for name in layers}
    if any(step.get("modifier") in SCALING for step in recipe) and all(
        before[name] == after[name] for name in before if name not in compressed
    ):
        raise RuntimeError("The recipe's scaling step changed no norm: it found no layers to balance")


def run_task(task: dict, columns: list[str], work: Path, stage) -> dict:
    """Makes `work/checkpoint` and `work/spectra.jsonl`; returns the facts."""
    recipe = check_recipe(task["recipe"])
    base = Path(task["model"])
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
        model.save_pretrained(shipped, save_compressed=True) if hasattr(
            model.save_pretrained, "_overridden"
        ) else model.save_pretrained(shipped)
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
