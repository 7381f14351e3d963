"""Checkpoints, texts, and what an independent engine computes for them, for evaluate_test.ts.

    python evaluate_reference.py FOLDER

writes FOLDER/{model,w4a16,w8a16,w8a8,broken} (checkpoints), texts.jsonl, and for all but the last `NAME.logits` and
`NAME.hidden`: float32 of transformers' forward pass over each text alone, for all positions but the last.
"""

import json
import random
import shutil
import sys
from pathlib import Path

import random_model
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

LENGTHS = [(3, 5), (200, 30), (17, 0), (90, 12), (1, 1), (0, 9), (300, 40), (64, 1), (65, 20), (1, 0), (128, 64)]
"""Tokens of prompt and continuation: longer and shorter than a step of 64 tokens, and at its border."""


def write_texts(path: Path) -> list[list[int]]:
    """Random tokens; returns prompt + continuation of each text."""
    generator = random.Random(11)
    texts = []
    with open(path, "w", encoding="utf-8") as file:
        for index, lengths in enumerate(LENGTHS):
            prompt, continuation = ([generator.randrange(3, 512) for _ in range(n)] for n in lengths)
            texts.append(prompt + continuation)
            file.write(json.dumps({"sample_id": f"text {index}", "prompt_token_ids": prompt,
                                   "continuation_token_ids": continuation}) + "\n")
    return texts


def reference(model, texts: list[list[int]], path: Path) -> None:
    """Writes the logits and last hidden states."""
    with open(f"{path}.logits", "wb") as logits, open(f"{path}.hidden", "wb") as hidden, torch.no_grad():
        for ids in texts:
            output = model(torch.tensor([ids]), output_hidden_states=True)
            logits.write(output.logits[0, :-1].numpy().tobytes())
            hidden.write(output.hidden_states[-1][0, :-1].numpy().tobytes())


def quantized_layers(weights: dict) -> list[str]:
    """Names of the linear layers but the head."""
    return [name.removesuffix(".weight") for name in weights if "_proj.weight" in name]


def save_quantized(model: Path, out: Path, weights: dict, quantization: dict) -> None:
    """Writes a checkpoint in the layout of compressed-tensors."""
    shutil.copytree(model, out)
    save_file({name: tensor.contiguous() for name, tensor in weights.items()}, out / "model.safetensors")
    config = json.loads((model / "config.json").read_text())
    config["quantization_config"] = {"quant_method": "compressed-tensors", "quantization_status": "compressed",
                                     "ignore": ["lm_head"], **quantization}
    (out / "config.json").write_text(json.dumps(config))


def packed(model: Path, out: Path, plain, bits: int) -> None:
    """Packs each weight to so many bits in groups of 128, and gives `plain` the values that these stand for."""
    weights = load_file(model / "model.safetensors")
    half = 2 ** (bits - 1)
    for name in quantized_layers(weights):
        weight = weights.pop(f"{name}.weight").float()
        groups = weight.unflatten(1, (-1, 128))
        scales = groups.abs().amax(2) / (half - 0.5)
        steps = (groups / scales[..., None]).round().clamp(-half, half - 1).flatten(1)
        unsigned = (steps + half).to(torch.int64).unflatten(1, (-1, 32 // bits))
        words = sum(unsigned[..., i] << bits * i for i in range(32 // bits))
        weights |= {f"{name}.weight_packed": words.to(torch.int32), f"{name}.weight_scale": scales,
                    f"{name}.weight_shape": torch.tensor(weight.shape)}
        plain.get_submodule(name).weight.data = steps * scales.repeat_interleave(128, 1)
    save_quantized(model, out, weights, {"format": "pack-quantized", "config_groups": {"group_0": {
        "targets": ["Linear"], "format": "pack-quantized",
        "weights": {"num_bits": bits, "type": "int", "strategy": "group", "group_size": 128, "symmetric": True,
                    "dynamic": False}}}})


def w4a16(model: Path, out: Path, plain) -> None:
    packed(model, out, plain, 4)


def w8a16(model: Path, out: Path, plain) -> None:
    """What vLLM has no kernel for on CPUs."""
    packed(model, out, plain, 8)


def w8a8(model: Path, out: Path, plain) -> None:
    """Rounds each weight to 8 bits a row, and has `plain` round its activations to 8 bits a token."""
    weights = load_file(model / "model.safetensors")
    for name in quantized_layers(weights):
        weight = weights[f"{name}.weight"].float()
        scales = weight.abs().amax(1, keepdim=True) / 127
        steps = (weight / scales).round()
        weights |= {f"{name}.weight": steps.to(torch.int8), f"{name}.weight_scale": scales}
        layer = plain.get_submodule(name)
        layer.weight.data = steps * scales
        layer.register_forward_pre_hook(lambda _, inputs: (round_tokens(inputs[0]),))
    save_quantized(model, out, weights, {"format": "int-quantized", "config_groups": {"group_0": {
        "targets": ["Linear"], "format": "int-quantized",
        "weights": {"num_bits": 8, "type": "int", "strategy": "channel", "symmetric": True, "dynamic": False},
        "input_activations": {"num_bits": 8, "type": "int", "strategy": "token", "symmetric": True,
                              "dynamic": True}}}})


def round_tokens(x: torch.Tensor) -> torch.Tensor:
    """Rounds each token to 255 steps."""
    sizes = x.abs().amax(-1, keepdim=True) / 127
    return (x / sizes).round() * sizes


def main() -> None:
    torch.set_num_threads(1)
    random_model.main()
    folder = Path(sys.argv[1])
    model = folder / "model"

    def plain():
        return AutoModelForCausalLM.from_pretrained(model, dtype=torch.float32)

    texts = write_texts(folder / "texts.jsonl")
    reference(plain(), texts, model)
    for method in (w4a16, w8a16, w8a8):
        changed = plain()
        method(model, folder / method.__name__, changed)
        reference(changed, texts, folder / method.__name__)
    shutil.copytree(model, folder / "broken")
    weights = folder / "broken" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])


if __name__ == "__main__":
    main()
