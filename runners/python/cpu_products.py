"""Matrix products of 16-bit numbers on CPUs, which most of them do an order of magnitude slower than in float32."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

HALVES = (torch.bfloat16, torch.float16)


@contextmanager
def float32_products() -> Iterator[None]:
    """Linear layers and attention on the CPU multiply in float32 within the block and round the result back.

    That is what a 16-bit kernel with a float32 accumulator computes, on any machine. (512 x 128 times
    128 x 384 on AVX2: 8.6 ms in bfloat16, 0.7 ms in float32.)
    """
    linear, matmul = torch.nn.functional.linear, torch.matmul

    def slow(x: torch.Tensor) -> bool:
        return x.device.type == "cpu" and x.dtype in HALVES

    def float32_linear(x, weight, bias=None):
        if not slow(x):
            return linear(x, weight, bias)
        product = linear(x.float(), weight.float(), None if bias is None else bias.float())
        return product.to(x.dtype)

    def float32_matmul(x, y):
        return matmul(x.float(), y.float()).to(x.dtype) if slow(x) else matmul(x, y)

    torch.nn.functional.linear, torch.matmul = float32_linear, float32_matmul
    try:
        yield
    finally:
        torch.nn.functional.linear, torch.matmul = linear, matmul
