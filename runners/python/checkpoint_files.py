"""The files of a checkpoint: copied from the base model, or written from a compressed one."""

import shutil
from pathlib import Path

from checkpoint_facts import weight_files
from models import load_dense
from packed_weights import empty_model, quantization_of
from simulation import simulation_of

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


def copy_checkpoint(model: Path, checkpoint: Path) -> None:
    """A model as it is, byte for byte."""
    checkpoint.mkdir(parents=True)
    index = model / WEIGHT_INDEX
    for path in [*weight_files(model), *([index] if index.exists() else [])]:
        shutil.copyfile(path, checkpoint / path.name)
    copy_side_files(model, checkpoint)


def expand(compressed: Path, trust_remote_code: bool, checkpoint: Path) -> dict:
    """Writes a compressed checkpoint's weights as plain ones, and beside them what else it quantizes.

    Returns that, the checkpoint's simulation.
    """
    quantization = quantization_of(compressed)
    if quantization is None:
        raise ValueError("There is nothing to simulate: the weights are plain numbers")
    dense = load_dense(compressed, trust_remote_code).state_dict()
    plain = empty_model(compressed, trust_remote_code)
    # The expanded model keeps its scales beside the weights: those have no place in a plain one.
    plain.load_state_dict({name: dense[name] for name in plain.state_dict()})
    shutil.copytree(compressed, checkpoint, ignore=lambda *_: ["config.json", "recipe.yaml"])
    for path in [*weight_files(checkpoint), checkpoint / WEIGHT_INDEX]:
        path.unlink(missing_ok=True)
    plain.save_pretrained(checkpoint)
    generation = "generation_config.json"
    (checkpoint / generation).unlink(missing_ok=True)
    copy_side_files(compressed, checkpoint)
    if quantization["quant_method"] != "compressed-tensors":
        return {"activations": {}, "cache": None}
    return simulation_of(compressed, plain)
