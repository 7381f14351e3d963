"""Stages that go on from an exported model: with `restart` a stage starts from its weights, rounded as they
were written, and with new optimizers. So a model of ours can be trained further from its committed weights.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from pathlib import Path
from typing import Any

from train_data import Tokens, batch_size


def stage_folder(model: Path, stage: int) -> Path:
    """Where a training keeps the model that the stage (counted from 1) starts from."""
    return model / "training" / f"before-stage-{stage}"


def restart_steps(plan: list[list[list[tuple[str, int]]]], stages: list[dict[str, Any]]) -> dict[int, int]:
    """The first step of each stage that has a `restart`, and the stage's number, counted from 1."""
    return {
        sum(map(len, plan[:index])): index + 1
        for index, stage in enumerate(stages)
        if "restart" in stage
    }


def weights_hash(folder: Path) -> str | None:
    """SHA-256 of a model's weights; None where there are none."""
    file = folder / "model.safetensors"
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None


def tell_other_weights(folder: Path, expected: str) -> None:
    """Says so where a stage starts from other weights than those its recipe knows, as on another processor."""
    found = weights_hash(folder)
    if found != expected:
        print(f"{folder}: the weights have SHA-256 {found}, those of the recipe {expected}", file=sys.stderr)


def state_before(
    stage: int, plan: list[list[list[tuple[str, int]]]], tokens: dict[str, Tokens], losses: Path
) -> dict[str, Any]:
    """The state of a training that starts with the stage (counted from 1); `losses` is the log of those before it."""
    batches = [batch for part in plan[: stage - 1] for batch in part]
    rows: list[list[Any]] = []
    if losses.exists():
        with losses.open(encoding="utf-8", newline="") as file:
            _, *lines = csv.reader(file)
        rows = [[float(cell) if cell else None for cell in line] for line in lines]
        rows = [[int(row[0]), int(row[1]), *row[2:]] for row in rows if row[0] <= len(batches)]
    return {
        "step": len(batches),
        "tokens": sum(batch_size(tokens, batch) for batch in batches),
        "seconds": rows[-1][2] if rows else 0.0,
        "rows": rows,
    }
