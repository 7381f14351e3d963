"""GPTQ that leaves zeros alone, for a model that was pruned first.

llm-compressor's GPTQ moves the error of rounded columns into those to come, pruned weights included, and so makes
zeros numbers again. Within `kept_zeros` they are rounded to zero, and what that costs moves on as any other error:
the joint step of SparseGPT (Frantar and Alistarh 2023, section 3.5), with the mask given.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import torch


@contextmanager
def kept_zeros() -> Iterator[None]:
    """GPTQ within the block keeps the weights at zero that were zero when a layer's turn came."""
    from llmcompressor.modifiers.gptq import gptq_quantize as gptq

    order, update = gptq.apply_activation_ordering, gptq.gptq_block_update
    mask: torch.Tensor | None = None

    def remembering_order(weights, hessians, actorder):
        nonlocal mask
        result = order(weights, hessians, actorder)
        mask = result[0] == 0
        return result

    def masked_update(W1, Hinv1, Q1, Err1, losses1, *, i1, **settings):
        # One column a call: between two of them the next column's zeros are set. The original updates the
        # columns to its right by the error of its own.
        for i in range(W1.shape[-1]):
            zero = mask[:, :, i1 + i]
            column = slice(i, i + 1)
            one = [W1[:, :, column].clone(), Hinv1[:, column, column], *(t[:, :, column] for t in (Q1, Err1, losses1))]
            update(*one, i1=i1 + i, **settings)
            diagonal = Hinv1[:, i, i][:, None]
            Q1[:, :, i].masked_fill_(zero, 0)
            Err1[:, :, i] = (W1[:, :, i] - Q1[:, :, i]) / diagonal
            losses1[:, :, i] = Err1[:, :, i].square()
            W1[:, :, i:] -= Err1[:, :, i].unsqueeze(-1) * Hinv1[:, i, i:].unsqueeze(1)

    gptq.apply_activation_ordering, gptq.gptq_block_update = remembering_order, masked_update
    try:
        yield
    finally:
        gptq.apply_activation_ordering, gptq.gptq_block_update = order, update
