"""A small Llama from a recipe, and its files in the layout of Hugging Face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast


def make_model(recipe: dict[str, Any], tokenizer: PreTrainedTokenizerFast, start: Path | None) -> LlamaForCausalLM:
    """The recipe's model in float32: with random weights, or those of the model in `start`, grown if it is smaller."""
    small = None
    if start:
        small = LlamaForCausalLM.from_pretrained(start, dtype=torch.float32)
        if "model" not in recipe or small.config.hidden_size == recipe["model"]["hidden_size"]:
            return small
    settings = dict(recipe["model"])
    rope = {"rope_type": "default", "rope_theta": settings.pop("rope_theta")}
    torch.manual_seed(recipe["seed"])
    model = LlamaForCausalLM(
        LlamaConfig(
            **settings,
            rope_parameters=rope,
            vocab_size=len(tokenizer),
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )
    if small is not None:
        grow(small, model)
    return model


@torch.no_grad()
def grow(small: LlamaForCausalLM, large: LlamaForCausalLM) -> None:
    """Makes a wider model compute what a narrower one computes, by padding (as Net2Net, Chen et al. 2016).

    The weights of the small model stand in the first rows and columns. What writes from new parts into old
    ones, or anything into new channels of the residual stream, is zero; what reads keeps its random weights
    and learns. Equal up to the epsilon of the norms. Both need as many layers, heads of the same size, and
    tied embeddings.

    Raises ValueError when the models do not fit.
    """
    old, new = small.config, large.config
    same = ("num_hidden_layers", "head_dim", "vocab_size", "rope_parameters", "tie_word_embeddings")
    different = [name for name in same if getattr(old, name) != getattr(new, name)]
    if different or not new.tie_word_embeddings:
        raise ValueError(f"cannot grow the model: {', '.join(different) or 'tie_word_embeddings'} must stay as it is")
    source = small.state_dict()
    for name, weight in large.state_dict().items():
        part = source[name]
        if any(a > b for a, b in zip(part.shape, weight.shape)):
            raise ValueError(f"cannot grow the model: {name} would shrink from {list(part.shape)} to {list(weight.shape)}")
        writes = name.endswith(("o_proj.weight", "down_proj.weight", "embed_tokens.weight", "lm_head.weight"))
        if weight.dim() == 1:
            # the padded stream has a smaller root mean square, so its norm comes out larger
            factor = (part.shape[0] / weight.shape[0]) ** 0.5
            weight.fill_(factor)
            weight[: part.shape[0]] = part * factor
            continue
        if writes:
            weight.zero_()
        weight[: part.shape[0], : part.shape[1]] = part


def export_model(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, out: Path) -> None:
    """Writes the model in bfloat16 and its tokenizer in the layout of Hugging Face; the model is rounded with it."""
    stops = [tokenizer.eos_token_id, tokenizer.pad_token_id]
    model.generation_config = GenerationConfig(
        do_sample=False, eos_token_id=stops, pad_token_id=tokenizer.pad_token_id
    )
    model.to(torch.bfloat16).save_pretrained(out)
    model.to(torch.float32)
    tokenizer.save_pretrained(out)
