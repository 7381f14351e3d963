"""The steps of a recipe that llm-compressor takes, from data to its objects.

Only the classes named here can be made, from plain JSON: a recipe is data from an experiment file, and
llm-compressor's own string recipes could name any class.
"""

import importlib

MODIFIERS = {
    "AWQModifier": "llmcompressor.modifiers.transform",
    "GPTQModifier": "llmcompressor.modifiers.gptq",
    "QuantizationModifier": "llmcompressor.modifiers.quantization",
    "SmoothQuantModifier": "llmcompressor.modifiers.transform.smoothquant",
    "SparseGPTModifier": "llmcompressor.modifiers.pruning.sparsegpt",
    "WandaPruningModifier": "llmcompressor.modifiers.pruning.wanda",
}

# These move scale between a norm and the layers behind it; they compress nothing themselves.
SCALING = ("AWQModifier", "SmoothQuantModifier")

# These come before the others of a recipe, in a pass of their own over the model.
PRUNING = ("SparseGPTModifier", "WandaPruningModifier")

# Steps of our own: magnitude pruning, a key-value cache of integers (which changes no weight), and new random weights.
TORCH = ("magnitude", "cache", "untrained")


def check_recipe(recipe: object) -> list[dict]:
    """The recipe itself, once every step is one that this program knows.

    Raises ValueError that names the step, counted from 1.
    """
    if not isinstance(recipe, list):
        raise ValueError(f"A recipe is a list of steps, found {type(recipe).__name__}")
    for number, step in enumerate(recipe, 1):
        if not isinstance(step, dict) or ("modifier" in step) == ("torch" in step):
            raise ValueError(f"Step {number} of the recipe needs one of 'modifier' and 'torch': {step!r}")
        if not isinstance(step.get("arguments"), dict):
            raise ValueError(f"Step {number} of the recipe needs an object 'arguments': {step!r}")
        if "modifier" in step and step["modifier"] not in MODIFIERS:
            known = ", ".join(sorted(MODIFIERS))
            raise ValueError(f"Step {number}: no modifier {step['modifier']!r}; there are {known}")
        if "torch" in step and step["torch"] not in TORCH:
            raise ValueError(f"Step {number}: no torch step {step['torch']!r}; there are {', '.join(TORCH)}")
        if prunes(step) and any(not prunes(other) for other in recipe[: number - 1]):
            raise ValueError(f"Step {number} prunes: it must stand before the steps that quantize")
        if step.get("torch") == "untrained" and len(recipe) > 1:
            raise ValueError(f"Step {number} forgets all training: it must be the only step")
    return recipe


def prunes(step: dict) -> bool:
    """Whether the step sets weights to zero."""
    return step.get("modifier") in PRUNING or step.get("torch") == "magnitude"


def touches_weights(step: dict) -> bool:
    """Whether the step changes weights, and not only the key-value cache."""
    arguments = step["arguments"]
    if step.get("torch") == "cache":
        return False
    return step.get("modifier") != "QuantizationModifier" or any(
        group.get("weights") or group.get("input_activations") for group in arguments.get("config_groups", {}).values()
    )


def make_modifier(step: dict) -> object:
    """The llm-compressor modifier of one step; pydantic checks its arguments."""
    name = step["modifier"]
    return getattr(importlib.import_module(MODIFIERS[name]), name)(**step["arguments"])
