"""The error that each checkpoint of compress_test.ts makes in every linear layer, on the calibration texts.

    python layer_errors.py FOLDER CHECKPOINT...

FOLDER holds model, calibration.jsonl and the checkpoints. Prints {checkpoint: {layer: error}}: the squared Frobenius
norm of (W - W') X, in float64, X what the base model feeds into the layer.
"""

import json
import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils.quantization_config import CompressedTensorsConfig


def load(folder: Path) -> torch.nn.Module:
    compressed = "quantization_config" in json.loads((folder / "config.json").read_text())
    more = {"quantization_config": CompressedTensorsConfig(dequantize=True)} if compressed else {}
    return AutoModelForCausalLM.from_pretrained(folder, dtype="auto", **more)


def layers(model: torch.nn.Module) -> dict[str, torch.nn.Module]:
    return {name: module for name, module in model.named_modules() if name.startswith("model.layers.")
            and isinstance(module, torch.nn.Linear)}


def main(folder: Path, checkpoints: list[str]) -> dict:
    torch.set_num_threads(1)
    base = load(folder / "model").float()
    products = {}

    def observe(name):
        def hook(_, inputs):
            rows = inputs[0].reshape(-1, inputs[0].shape[-1]).double()
            products[name] = products.get(name, 0) + rows.T @ rows

        return hook

    for name, layer in layers(base).items():
        layer.register_forward_pre_hook(observe(name))
    tokenizer = AutoTokenizer.from_pretrained(folder / "model")
    with torch.no_grad():
        for line in (folder / "calibration.jsonl").read_text().splitlines():
            base(torch.tensor([tokenizer(json.loads(line)["text"])["input_ids"][:512]]))
    weights = {name: layer.weight.double() for name, layer in layers(base).items()}
    errors: dict = {}
    for checkpoint in checkpoints:
        compressed = layers(load(folder / checkpoint / "checkpoint"))
        with torch.no_grad():
            errors[checkpoint] = {
                name: float(torch.einsum("ij,jk,ik->", difference, products[name], difference))
                for name, difference in ((name, weights[name] - compressed[name].weight.double()) for name in weights)
            }
    return errors


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2:])))
