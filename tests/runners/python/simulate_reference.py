"""Logits of quantized models by plain arithmetic on top of transformers, for simulate_test.ts.

    python simulate_reference.py FOLDER

For each checkpoint named below the dense weights are taken from its folder, and inputs of linear layers, keys and
values are rounded here: by the definitions of the formats, without the code that the simulation uses. Native and
simulated runs of vLLM are compared besides. Prints one JSON object, {name: {least, middle, most, effect}}: of the largest
difference between two runs at each position the 5 % quantile, the median and the largest, and for comparison the median of
what quantization changes.
"""

import json
import sys
from pathlib import Path

import pyarrow
import torch
from transformers import AutoModelForCausalLM
from transformers.models.llama import modeling_llama

E2M1 = torch.tensor([0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0])


def e2m1(x: torch.Tensor) -> torch.Tensor:
    """The nearest 4-bit float; ties go to the even mantissa."""
    size = x.abs().clamp(max=6)
    upper = torch.searchsorted(E2M1, size).clamp(1, 7)
    low, high = E2M1[upper - 1], E2M1[upper]
    middle = (low + high) / 2
    take_high = (size > middle) | ((size == middle) & (upper % 2 == 0))
    return torch.where(take_high, high, low) * x.sign()


def fp8(x: torch.Tensor) -> torch.Tensor:
    return x.clamp(-448, 448).to(torch.float8_e4m3fn).float()


def fp8_static(x: torch.Tensor, entry: dict) -> torch.Tensor:
    scale = entry["scale"][0]
    return fp8(x / scale) * scale


def nvfp4(x: torch.Tensor, entry: dict) -> torch.Tensor:
    whole = entry["global_scale"][0]
    groups = x.unflatten(-1, (-1, 16))
    scale = fp8(groups.abs().amax(-1, keepdim=True) / 6 * whole) / whole
    scale = torch.where(scale == 0, torch.tensor(torch.finfo(torch.float8_e4m3fn).eps / whole), scale)
    return (e2m1(groups / scale) * scale).flatten(-2)


def int8_cache(x: torch.Tensor) -> torch.Tensor:
    scale = (x.abs().amax(-1, keepdim=True) / 127).clamp(min=1e-6)
    return torch.round(x / scale) * scale


def int4_cache(x: torch.Tensor) -> torch.Tensor:
    low = x.amin(-1, keepdim=True).clamp(max=0)
    scale = ((x.amax(-1, keepdim=True).clamp(min=0) - low) / 15).clamp(min=1e-6)
    zero = torch.round(-low / scale)
    return ((torch.round(x / scale) + zero).clamp(0, 15) - zero) * scale


def float_cache(scale: float):
    return lambda x: fp8(x / scale) * scale


INPUTS = {"fp8-static": fp8_static, "nvfp4": nvfp4}
CACHES = {"kv8": int8_cache, "kv4": int4_cache}


def reference(folder: Path, name: str, texts: list[list[int]]) -> torch.Tensor:
    """Logits of all texts, one after another."""
    checkpoint = folder / name / "checkpoint"
    model = AutoModelForCausalLM.from_pretrained(checkpoint, dtype=torch.float32, attn_implementation="eager")
    simulation = json.loads((checkpoint / "simulation.json").read_text())
    for layer, entry in simulation["activations"].items():
        rounded = INPUTS[name]
        model.get_submodule(layer).register_forward_pre_hook(
            lambda _, inputs, rounded=rounded, entry=entry: (rounded(inputs[0], entry),))
    attend = modeling_llama.eager_attention_forward

    def rounded_attention(module, query, key, value, *rest, **keywords):
        if name in CACHES:
            key, value = CACHES[name](key), CACHES[name](value)
        elif simulation["cache"]:
            scales = simulation["cache"]["scales"][f"model.layers.{module.layer_idx}.self_attn"]
            key, value = float_cache(scales["key"][0])(key), float_cache(scales["value"][0])(value)
        return attend(module, query, key, value, *rest, **keywords)

    modeling_llama.eager_attention_forward = rounded_attention
    try:
        with torch.no_grad():
            return torch.cat([model(torch.tensor([ids])).logits[0, :-1] for ids in texts])
    finally:
        modeling_llama.eager_attention_forward = attend


def logged(folder: Path, name: str) -> torch.Tensor:
    with pyarrow.memory_map(str(folder / f"capture-{name}" / "logits.arrow")) as file:
        column = pyarrow.ipc.open_file(file).read_all()["logits"].combine_chunks()
    return torch.tensor(column.flatten().to_numpy().copy()).reshape(len(column), -1)


def main(folder: Path) -> dict:
    torch.set_num_threads(1)
    texts = []
    for line in (folder / "texts.jsonl").read_text().splitlines():
        text = json.loads(line)
        texts.append(text["prompt_token_ids"] + text["continuation_token_ids"])
    base = logged(folder, "none")
    result = {}

    def compare(name: str, expected: torch.Tensor) -> None:
        found = logged(folder, name)
        difference = (found - expected).abs().amax(1)
        effect = (expected - base).abs().amax(1)
        result[name] = {"least": float(difference.quantile(0.05)), "middle": float(difference.median()),
                        "most": float(difference.max()), "effect": float(effect.median())}

    for name in [*INPUTS, *CACHES, "kv-float"]:
        compare(name, reference(folder, name, texts))
    for name in ("w4", "w8a8", "fp8-dynamic"):
        compare(f"{name}-simulated", logged(folder, name))
    compare("w16", base)
    return result


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
