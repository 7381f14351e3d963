"""`simulation.json` of a dense checkpoint: what the engine has to round while it computes.

A dense checkpoint holds quantized weights, but not that activations or the key-value cache are quantized too.
    {"activations": {layer: {"arguments", "scale", "global_scale"}},
     "cache": {"arguments": {"type", "bits"}, "scales": {attention layer: {"key", "value"}}} | null}
Layers go by their names in the checkpoint, `arguments` of activations are compressed-tensors' QuantizationArgs.
"""

import json
from pathlib import Path

import torch

from checkpoint_facts import read_tensors

NAME = "simulation.json"
KEY, VALUE = "key", "value"


def read_simulation(checkpoint: str) -> dict | None:
    """The simulation of a checkpoint; None where it has none."""
    path = Path(checkpoint, NAME)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def write_simulation(checkpoint: Path, simulation: dict) -> None:
    """Writes the file, unless there is nothing to simulate."""
    if simulation["activations"] or simulation["cache"]:
        (checkpoint / NAME).write_text(json.dumps(simulation), encoding="utf-8")


def simulation_of(compressed: Path, model: torch.nn.Module) -> dict:
    """What a compressed-tensors checkpoint quantizes besides weights; `model` is its dense counterpart."""
    from compressed_tensors.utils import match_named_modules

    config = json.loads((compressed / "config.json").read_text())["quantization_config"]
    simulation: dict = {"activations": {}, "cache": None}
    for name, group in (config.get("config_groups") or {}).items():
        if group.get("output_activations"):
            raise ValueError(f"{name} quantizes what layers put out, which cannot be simulated")
        arguments = group.get("input_activations")
        if not arguments:
            continue
        for layer, _ in match_named_modules(model, group["targets"], config.get("ignore") or []):
            stored = read_tensors(compressed, [f"{layer}.input_scale", f"{layer}.input_global_scale"])
            simulation["activations"][layer] = {
                "arguments": arguments,
                "scale": stored.get(f"{layer}.input_scale"),
                "global_scale": stored.get(f"{layer}.input_global_scale"),
            }
    if config.get("kv_cache_scheme"):
        simulation["cache"] = stored_cache(compressed, config["kv_cache_scheme"])
    return simulation


def stored_cache(compressed: Path, scheme: dict) -> dict:
    """The cache of a checkpoint that carries a scale for each layer's keys and values."""
    if (scheme["type"], scheme["num_bits"], scheme["strategy"]) != ("float", 8, "tensor"):
        raise ValueError(f"this cache cannot be simulated: {json.dumps(scheme)}; expected 8-bit floats, "
                         "one scale a layer")
    stored = read_tensors(compressed, lambda name: name.endswith((".k_scale", ".v_scale")))
    scales: dict = {}
    for name, value in stored.items():
        layer, kind = name.rsplit(".", 1)
        scales.setdefault(layer, {})[KEY if kind == "k_scale" else VALUE] = value
    if not scales:
        raise ValueError(f"{compressed} names a kv_cache_scheme but holds no k_scale or v_scale")
    return {"arguments": {"type": "float", "bits": 8}, "scales": scales}
