"""Activations and key-value caches as a quantized engine sees them: rounded to a grid, then floats again.

Scales are those of the engine's own kernels where it has one, and of compressed-tensors elsewhere.
"""

from collections.abc import Callable

import torch
from compressed_tensors.quantization import QuantizationArgs
from compressed_tensors.quantization.lifecycle.forward import fake_quantize
from compressed_tensors.quantization.utils import compute_dynamic_scales_and_zp

Round = Callable[[torch.Tensor], torch.Tensor]

# The smallest scale of vLLM's per-token, per-head caches.
LEAST_SCALE = 1e-6


def activation_rounding(arguments: dict, scale: list | None, global_scale: list | None) -> Round:
    """Rounds a layer's input (tokens x features).

    `arguments` are those of compressed-tensors' QuantizationArgs, `scale` is the stored one of a static grid and
    `global_scale` that of NVFP4.
    """
    grid = QuantizationArgs(**arguments)
    if grid.dynamic is True and grid.strategy == "tensor":
        raise ValueError("activations with one scale for whatever is in the batch cannot be simulated")
    if grid.type == "int" and grid.strategy == "token" and grid.symmetric and grid.dynamic is True:
        # vLLM's int8 kernels put the largest value on 127, compressed-tensors on 127.5 steps.
        return lambda x: round_symmetric(x, 2 ** (grid.num_bits - 1) - 1, 0)
    stored = {"scale": scale, "global_scale": global_scale}
    stored = {name: torch.tensor(value) for name, value in stored.items() if value is not None}

    def rounded(x: torch.Tensor) -> torch.Tensor:
        whole = stored.get("global_scale")
        whole = None if whole is None else whole.to(x.device)
        # compressed-tensors counts a batch dimension before the tokens.
        rows = x.reshape(1, -1, x.shape[-1])
        if grid.dynamic:
            steps, zeros = compute_dynamic_scales_and_zp(rows, grid, torch.nn.Identity(), global_scale=whole)
        else:
            steps, zeros = stored["scale"].to(x.device), None
        result = fake_quantize(rows, steps, zeros if not grid.symmetric else None, grid, global_scale=whole)
        return result.to(x.dtype).reshape(x.shape)

    return rounded


def cache_rounding(arguments: dict, scale: list | None) -> Round:
    """Rounds keys or values (tokens x heads x width of a head) as they enter the cache.

    int, 8 bits: symmetric, one scale a token and head, as vLLM's `int8_per_token_head`. int, 4 bits: with a zero
    point besides, as LMDeploy's online cache. float, 8 bits: E4M3 with the stored scale of the layer.
    """
    bits, kind = arguments["bits"], arguments["type"]
    if kind == "float":
        return lambda x: round_e4m3(x, torch.tensor(scale, device=x.device))
    if bits == 8:
        return lambda x: round_symmetric(x, 127, LEAST_SCALE)
    return lambda x: round_asymmetric(x, 2**bits - 1)


def round_symmetric(x: torch.Tensor, levels: int, least: float) -> torch.Tensor:
    """Rows of the last dimension on `2 levels + 1` steps around zero."""
    values = x.float()
    scale = (values.abs().amax(-1, keepdim=True) / levels).clamp_min(least)
    steps = torch.where(scale > 0, values / scale, 0).round().clamp(-levels, levels)
    return (steps * scale).to(x.dtype)


def round_asymmetric(x: torch.Tensor, levels: int) -> torch.Tensor:
    """Rows of the last dimension on `levels + 1` steps from their smallest value or 0 to their largest or 0."""
    values = x.float()
    low = values.amin(-1, keepdim=True).clamp_max(0)
    high = values.amax(-1, keepdim=True).clamp_min(0)
    scale = ((high - low) / levels).clamp_min(LEAST_SCALE)
    zero = (-low / scale).round().clamp(0, levels)
    steps = ((values / scale).round() + zero).clamp(0, levels)
    return ((steps - zero) * scale).to(x.dtype)


def round_e4m3(x: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Values as 8-bit floats of 4 exponent and 3 mantissa bits, the largest at 448 scales."""
    values = (x.float() / scale.float()).clamp(-448, 448)
    return (values.to(torch.float8_e4m3fn).float() * scale.float()).to(x.dtype)
