"""What transformers and SciPy make of the checkpoints of compress_test.ts.

    python compress_reference.py FOLDER

Prints one JSON object: for each pair of checkpoints the largest difference between their logits, and for the
spectra of one layer the largest relative error against SciPy.
"""

import json
import sys
from pathlib import Path

import numpy
import scipy.linalg
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

LAYER = "model.layers.1.mlp.down_proj"
PAIRS = [("base", "none"), ("w2-packed", "w2"), ("w3-packed", "w3"), ("w8-packed", "w8"), ("none", "w4")]


def logits(folder: Path) -> torch.Tensor:
    model = AutoModelForCausalLM.from_pretrained(folder, dtype="auto")
    with torch.no_grad():
        return model(torch.arange(3, 103)[None]).logits.double()


def spectrum_error(row: dict, weight: numpy.ndarray) -> float:
    if row["transform"] == "normalised":
        centred = weight - weight.mean(axis=0)
        rows = centred / numpy.linalg.norm(centred, axis=1, keepdims=True)
        weight = rows.T @ rows / rows.shape[0]
    expected = scipy.linalg.svdvals(weight)[: len(row["singular_values"])]
    return float(numpy.abs(row["singular_values"] - expected).max() / expected[0])


def main(folder: Path) -> dict:
    torch.set_num_threads(1)
    checkpoints = {name for pair in PAIRS for name in pair} - {"base"}
    found = {name: logits(folder / name / "checkpoint") for name in checkpoints}
    found["base"] = logits(folder / "model")
    weight = load_file(folder / "w2" / "checkpoint" / "model.safetensors")[f"{LAYER}.weight"]
    lines = (folder / "w2" / "spectra.jsonl").read_text().splitlines()
    rows = [row for row in map(json.loads, lines) if row["layer"] == LAYER]
    return {
        "logits": {f"{a} {b}": float((found[a] - found[b]).abs().max()) for a, b in PAIRS},
        "spectra": {row["transform"]: spectrum_error(row, weight.double().numpy()) for row in rows},
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
