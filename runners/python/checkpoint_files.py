"""The files of a checkpoint: copied from the base model, or written from a compressed one."""

import json
import shutil
from pathlib import Path

import torch

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
    """Writes a compressed checkpoint's weights as plain ones, and returns what else it quantizes (`simulation.py`).

    Integers times scales are stored in float32, where the product is exact: rounding weights to 16 bits moves
    activations across the edges of their own grid, and logits by as much as quantization itself. config.json keeps
    the model's own type, which engines take unless they are told another.
    """
    quantization = quantization_of(compressed)
    if quantization is None:
        raise ValueError("There is nothing to simulate: the weights are plain numbers")
    dense = load_dense(compressed, trust_remote_code, torch.float32).state_dict()
    plain = empty_model(compressed, trust_remote_code, dtype=torch.float32)
    # The expanded model keeps its scales beside the weights: those have no place in a plain one.
    plain.load_state_dict({name: dense[name] for name in plain.state_dict()})
    plain.save_pretrained(checkpoint)
    (checkpoint / "generation_config.json").unlink(missing_ok=True)
    copy_side_files(compressed, checkpoint)
    config = json.loads((compressed / "config.json").read_text(encoding="utf-8"))
    del config["quantization_config"]
    (checkpoint / "config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    if quantization["quant_method"] != "compressed-tensors":
        return {"activations": {}, "cache": None}
    return simulation_of(compressed, plain)
