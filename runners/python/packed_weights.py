"""Weights in the files of GPTQ and AWQ checkpoints, unpacked.

Both store `qweight` (packed integers), `qzeros`, `scales` and, with GPTQ, `g_idx`, the group of each input. A weight
is `scale * (integer - zero)`; matrices stand transposed (inputs x outputs).
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForCausalLM

from checkpoint_facts import weight_files

# Output columns in the order in which AWQ puts eight of them into an int32, lowest bits first.
AWQ_ORDER = (0, 2, 4, 6, 1, 3, 5, 7)


def quantization_of(folder: Path) -> dict | None:
    """`quantization_config` of a checkpoint's config.json; None where it has none.

    Raises ValueError for a format that cannot be read.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("quantization_config")
    if config is None:
        return None
    method = config.get("quant_method")
    if method not in ("gptq", "awq", "compressed-tensors"):
        raise ValueError(f"{folder}/config.json: quant_method is {method!r}; expected gptq, awq or compressed-tensors")
    if method == "awq" and (config.get("version", "gemm").lower(), config.get("bits", 4)) != ("gemm", 4):
        raise ValueError(f"{folder}/config.json: only AWQ of version gemm with 4 bits can be read")
    return config


def unpack_bits(packed: torch.Tensor, bits: int, count: int) -> torch.Tensor:
    """Unsigned integers of `bits` bits out of int32 words along the first dimension: one stream, lowest bits first.

    That is also how AutoGPTQ packs 3 bits, where every eleventh number lies across two words.
    """
    words = packed.to(torch.int64) & 0xFFFFFFFF
    stream = torch.stack([(words >> shift) & 1 for shift in range(32)], 1).flatten(0, 1)[: bits * count]
    weights = (2 ** torch.arange(bits)).reshape(1, bits, *[1] * (packed.dim() - 1))
    return (stream.unflatten(0, (count, bits)) * weights).sum(1)


def gptq_weight(layer: dict[str, torch.Tensor], config: dict) -> torch.Tensor:
    """The weight (outputs x inputs) of a GPTQ layer, in the type of its scales."""
    bits, scales = config["bits"], layer["scales"]
    groups, outputs = scales.shape
    inputs = layer["qweight"].shape[0] * 32 // bits
    numbers = unpack_bits(layer["qweight"], bits, inputs)
    zeros = unpack_bits(layer["qzeros"].T, bits, outputs).T
    if config.get("checkpoint_format", "gptq") != "gptq_v2":
        zeros = (zeros + 1) & (2**bits - 1)  # the first version stores zero points one too low
    group = layer.get("g_idx")
    if group is None:
        group = torch.arange(inputs) // (inputs // groups)
    group = group.long()
    return (scales[group] * (numbers - zeros[group]).to(scales.dtype)).T.contiguous()


def awq_weight(layer: dict[str, torch.Tensor]) -> torch.Tensor:
    """The weight (outputs x inputs) of an AWQ layer, in the type of its scales."""
    scales = layer["scales"]
    place = torch.tensor(AWQ_ORDER).argsort()

    def unpack(packed: torch.Tensor) -> torch.Tensor:
        numbers = torch.stack([(packed >> shift) & 15 for shift in range(0, 32, 4)], -1)
        return numbers[..., place].flatten(1)

    numbers, zeros = unpack(layer["qweight"]), unpack(layer["qzeros"])
    each = numbers.shape[0] // scales.shape[0]
    steps = (numbers - zeros.repeat_interleave(each, 0)).to(scales.dtype)
    return (steps * scales.repeat_interleave(each, 0)).T.contiguous()


def empty_model(
    folder: Path, trust_remote_code: bool, device: str = "cpu", dtype: torch.dtype | None = None
) -> torch.nn.Module:
    """The checkpoint's model with plain weights, by default of its own type, which say nothing yet.

    On the device `meta` it takes no memory: good for names and shapes.
    """
    settings = AutoConfig.from_pretrained(folder, trust_remote_code=trust_remote_code)
    if hasattr(settings, "quantization_config"):
        del settings.quantization_config
    with torch.device(device):
        return AutoModelForCausalLM.from_config(
            settings, dtype=dtype or settings.dtype, trust_remote_code=trust_remote_code
        )


def load_packed(
    folder: Path, config: dict, trust_remote_code: bool, dtype: torch.dtype | None = None
) -> torch.nn.Module:
    """The model of a GPTQ or AWQ checkpoint with plain weights, computed in `dtype` or else in that of the scales.

    Raises ValueError when its tensors are not those of the model.
    """
    stored: dict[str, torch.Tensor] = {}
    for path in weight_files(folder):
        stored |= load_file(path)
    packed = {name.removesuffix(".qweight") for name in stored if name.endswith(".qweight")}
    plain = {name: tensor for name, tensor in stored.items() if name.rpartition(".")[0] not in packed}
    for layer in packed:
        own = {name.rpartition(".")[2]: tensor for name, tensor in stored.items() if name.rpartition(".")[0] == layer}
        own["scales"] = own["scales"].to(dtype or own["scales"].dtype)
        plain[f"{layer}.weight"] = gptq_weight(own, config) if config["quant_method"] == "gptq" else awq_weight(own)
        if "bias" in own:
            plain[f"{layer}.bias"] = own["bias"]
    model = empty_model(folder, trust_remote_code, dtype=dtype)
    missing, unknown = model.load_state_dict(plain, strict=False)
    # Tied heads are stored once.
    missing = [name for name in missing if name not in (getattr(model, "_tied_weights_keys", None) or {})]
    if missing or unknown:
        raise ValueError(f"{folder}: its tensors are not those of {type(model).__name__}: "
                         f"missing {missing[:3]}, unknown {unknown[:3]}")
    model.tie_weights()
    return model.eval()
