"""Runs a recipe on a model, and sees to it that every step did something."""

from contextlib import nullcontext

import torch
from loguru import logger
from transformers import AutoTokenizer

from calibration import calibration_batches
from cpu_products import float32_products
from keep_zeros import kept_zeros
from models import target_layers
from modifiers import SCALING, make_modifier, prunes
from sparsity import prune_by_magnitude


def apply_recipe(model: torch.nn.Module, task: dict) -> None:
    """Runs the recipe on the model, in place: what prunes first, then the rest, which keeps the zeros."""
    recipe = task["recipe"]
    for step in recipe:
        if step.get("torch") == "magnitude":
            arguments = step["arguments"]
            layers = target_layers(model, [step])
            prune_by_magnitude(layers, arguments["sparsity"], arguments["pattern"])
    pruning = [step for step in recipe if "modifier" in step and prunes(step)]
    others = [step for step in recipe if "modifier" in step and not prunes(step)]
    if pruning:
        run_modifiers(model, task, pruning)
    if others:
        with kept_zeros() if any(map(prunes, recipe)) else nullcontext():
            run_modifiers(model, task, others)


def run_modifiers(model: torch.nn.Module, task: dict, steps: list[dict]) -> None:
    """Runs llm-compressor's modifiers in one pass over the calibration texts."""
    from llmcompressor import oneshot
    from llmcompressor.core import reset_session
    from llmcompressor.pipelines.cache import IntermediatesCache

    modifiers = [make_modifier(step) for step in steps]
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


def assert_same(before: dict, after: dict) -> None:
    """Raises RuntimeError when a recipe that must leave the model alone changed a parameter."""
    changed = [name for name in before if before[name] != after.get(name)]
    if changed:
        raise RuntimeError(f"The recipe must change nothing, but changed {', '.join(changed[:5])}")


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
