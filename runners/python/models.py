"""Loading models and naming their linear layers."""

import hashlib
from pathlib import Path

import torch
from huggingface_hub import snapshot_download
from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
from transformers import AutoModelForCausalLM
from transformers.utils.quantization_config import CompressedTensorsConfig

from packed_weights import load_packed, quantization_of


def base_folder(model: str, revision: str | None) -> Path:
    """The folder of a base model: the one named, or that of a hub's model in the local cache.

    Raises FileNotFoundError that says how to get the model.
    """
    if Path(model).is_dir():
        return Path(model)
    try:
        return Path(snapshot_download(model, revision=revision, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError, OSError) as error:
        command = f"hf download {model}" + (f" --revision {revision}" if revision else "")
        raise FileNotFoundError(
            f"{model} is no folder and not in the local model cache; if a hub has it, run: {command}"
        ) from error


def load_dense(folder: Path, trust_remote_code: bool, dtype: torch.dtype | None = None) -> torch.nn.Module:
    """The model with its weights as plain matrices, by default in its own type; compressed ones are expanded."""
    quantization = quantization_of(folder)
    if quantization is not None and quantization["quant_method"] != "compressed-tensors":
        return load_packed(folder, quantization, trust_remote_code, dtype)
    return AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=dtype or "auto",
        trust_remote_code=trust_remote_code,
        **({"quantization_config": CompressedTensorsConfig(dequantize=True)} if quantization else {}),
    )


def linear_layers(model: torch.nn.Module) -> dict[str, torch.nn.Linear]:
    """The linear layers by name, without the output head, which no recipe compresses."""
    head = model.get_output_embeddings()
    return {
        name: module
        for name, module in model.named_modules()
        if isinstance(module, torch.nn.Linear) and module is not head
    }


def target_layers(model: torch.nn.Module, recipe: list[dict]) -> dict[str, torch.nn.Linear]:
    """The linear layers that the recipe's compressing steps name, by name.

    Raises ValueError when that is none, or the output head is among them.
    """
    from compressed_tensors.utils import match_named_modules

    from modifiers import SCALING, touches_weights

    linear, head = linear_layers(model), model.get_output_embeddings()
    found = {}
    for step in recipe:
        if step.get("modifier") in SCALING or not touches_weights(step):
            continue
        arguments = step["arguments"]
        groups = arguments.get("config_groups") or {"all": {"targets": arguments.get("targets", ["Linear"])}}
        targets = [target for group in groups.values() for target in group["targets"]]
        for name, module in match_named_modules(model, targets, arguments.get("ignore", [])):
            if module is head:
                raise ValueError(f"The recipe compresses the output head: put {name} into ignore")
            if name in linear:
                found[name] = linear[name]
    if not found and any(map(touches_weights, recipe)):
        raise ValueError("The recipe's targets match no linear layer of the model")
    return found


def digests(model: torch.nn.Module) -> dict[str, bytes]:
    """A hash of every parameter, by name."""
    return {
        name: hashlib.sha256(parameter.detach().contiguous().view(torch.uint8).numpy()).digest()
        for name, parameter in model.named_parameters()
    }
