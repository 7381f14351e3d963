"""Rounds activations and the key-value cache within a running vLLM engine that has no kernel for it.

The checkpoint's weights are dense and hold the quantized numbers already. Inputs of linear layers are rounded
before each call, keys and values where they reach the attention layer (after the rotary embedding), which is
where an engine with such a cache writes them. Every layer that the checkpoint names must be found.
"""

import json

import torch

from fake_quantization import activation_rounding, cache_rounding


def install_simulation(worker, simulation: dict) -> None:
    """Hooks the worker's model; `simulation` is that of `simulation.py`."""
    model = worker.model_runner.model
    round_activations(model, simulation["activations"])
    if simulation["cache"]:
        round_cache(model, simulation["cache"])


def round_activations(model: torch.nn.Module, layers: dict[str, dict]) -> None:
    """Rounds what enters the linear layers named."""
    from vllm.model_executor.layers.linear import LinearBase

    left = set(layers)
    for name, module in model.named_modules():
        if not isinstance(module, LinearBase):
            continue
        names = [part for part in parts_of(model, name) if part in layers]
        if not names:
            continue
        grids = {json.dumps(layers[part]) for part in names}
        if len(grids) > 1:
            raise RuntimeError(f"{', '.join(names)} share an input, but not the grid that it is rounded to")
        rounded = activation_rounding(*(layers[names[0]][key] for key in ("arguments", "scale", "global_scale")))
        module.register_forward_pre_hook(rounding_hook(rounded))
        left -= set(names)
    if left:
        raise RuntimeError(f"the engine's model lacks layers to simulate: {', '.join(sorted(left)[:5])}")


def rounding_hook(rounded):
    def hook(_, inputs: tuple) -> tuple:
        return (rounded(inputs[0]), *inputs[1:])

    return hook


def parts_of(model: torch.nn.Module, name: str) -> list[str]:
    """Names in the checkpoint of a layer that the engine may have put together of several."""
    before, _, last = name.rpartition(".")
    parts = getattr(model, "packed_modules_mapping", {}).get(last, [last])
    return [f"{before}.{part}" for part in parts]


def round_cache(model: torch.nn.Module, cache: dict) -> None:
    """Rounds the keys and values of every attention layer."""
    from vllm.model_executor.layers.attention import Attention

    found = 0
    for name, module in model.named_modules():
        if not isinstance(module, Attention):
            continue
        # Scales stand at the layer around it: model.layers.0.self_attn for model.layers.0.self_attn.attn.
        scales = cache["scales"] and cache["scales"][name.rpartition(".")[0]]
        rounds = [cache_rounding(cache["arguments"], scales and scales[kind]) for kind in ("key", "value")]
        module.register_forward_pre_hook(cache_hook(*rounds))
        found += 1
    if not found:
        raise RuntimeError("the engine's model has no attention layers whose cache could be rounded")


def cache_hook(round_key, round_value):
    def hook(module, inputs: tuple) -> tuple:
        query, key, value, *rest = inputs
        shape = (-1, module.num_kv_heads, module.head_size)
        value_shape = (-1, module.num_kv_heads, module.head_size_v)
        return (
            query,
            round_key(key.reshape(shape)).reshape(key.shape),
            round_value(value.reshape(value_shape)).reshape(value.shape),
            *rest,
        )

    return hook
