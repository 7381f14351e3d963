"""Rounds activations and the key-value cache of a model of transformers, as `simulate.py` does within vLLM."""

from collections.abc import Callable

import torch
from fake_quantization import activation_rounding, cache_rounding
from transformers import Cache, DynamicCache


def round_activations(model: torch.nn.Module, layers: dict[str, dict]) -> None:
    """Rounds what enters the linear layers named; `layers` as in `simulation.py`."""
    modules = dict(model.named_modules())
    missing = [name for name in layers if name not in modules]
    if missing:
        raise RuntimeError(f"the model lacks layers to simulate: {', '.join(missing[:5])}")
    for name, entry in layers.items():
        rounded = activation_rounding(*(entry[key] for key in ("arguments", "scale", "global_scale")))
        modules[name].register_forward_pre_hook(lambda _, inputs, rounded=rounded: (rounded(inputs[0]), *inputs[1:]))


class RoundedCache(DynamicCache):
    """A cache whose keys and values are rounded as they enter it, after the rotary embedding."""

    def __init__(self, config, rounds: Callable[[int], tuple]) -> None:
        super().__init__(config=config)
        self._rounds = rounds

    def update(self, key_states: torch.Tensor, value_states: torch.Tensor, layer_idx: int, *arguments, **keywords):
        key, value = self._rounds(layer_idx)
        return super().update(key(key_states), value(value_states), layer_idx, *arguments, **keywords)


def new_caches(model: torch.nn.Module, cache: dict | None) -> Callable[[], Cache]:
    """What makes the empty cache of a batch; `cache` as in `simulation.py`."""
    if cache is None:
        return lambda: DynamicCache(config=model.config)
    attention = {module.layer_idx: name for name, module in model.named_modules() if hasattr(module, "layer_idx")}

    def rounds(layer: int) -> tuple:
        scales = cache["scales"] and cache["scales"][attention[layer]]
        return tuple(cache_rounding(cache["arguments"], scales and scales[kind]) for kind in ("key", "value"))

    return lambda: RoundedCache(model.config, rounds)
