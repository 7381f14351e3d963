"""The state of an unfinished training on disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch


def checkpoint_file(out: Path) -> Path:
    """Where the state of a training that writes to `out` is kept."""
    return out / "training" / "checkpoint.pt"


def write_atomically(path: Path, content: bytes) -> None:
    """Writes a file so that a reader, or a crash, sees the old content or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def save_checkpoint(path: Path, state: dict[str, Any]) -> None:
    """Writes the state of a training atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def load_checkpoint(path: Path, inputs: str) -> dict[str, Any] | None:
    """The state of a training with the same inputs, or None when none was saved.

    Raises ValueError when the saved training had another recipe or other data.
    """
    if not path.exists():
        return None
    state = torch.load(path, map_location="cpu", weights_only=True)
    if state["inputs"] != inputs:
        raise ValueError(
            f"{path} belongs to another recipe or other data: give --fresh to start anew, or restore the recipe"
        )
    return state
