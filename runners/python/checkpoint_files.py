"""The files of a checkpoint: copied from the base model, or written from a compressed one."""

import json
import shutil
from pathlib import Path

from checkpoint_facts import weight_files
from models import load_dense

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
    for path in [*weight_files(model), *([index] if index.exists() else [])]:
        shutil.copyfile(path, checkpoint / path.name)
    copy_side_files(model, checkpoint)


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
    for path in [*weight_files(checkpoint), checkpoint / WEIGHT_INDEX]:
        path.unlink(missing_ok=True)
    plain.save_pretrained(checkpoint)
