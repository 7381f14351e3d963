"""A small Llama from a recipe, and its files in the layout of Hugging Face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast


def make_model(recipe: dict[str, Any], tokenizer: PreTrainedTokenizerFast, repository: Path) -> LlamaForCausalLM:
    """The recipe's model with random weights, or the model that the recipe starts from, in float32."""
    if "start" in recipe:
        return LlamaForCausalLM.from_pretrained(repository / recipe["start"]["model"], dtype=torch.float32)
    settings = dict(recipe["model"])
    rope = {"rope_type": "default", "rope_theta": settings.pop("rope_theta")}
    torch.manual_seed(recipe["seed"])
    return LlamaForCausalLM(
        LlamaConfig(
            **settings,
            rope_parameters=rope,
            vocab_size=recipe["tokenizer"]["vocabulary"],
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def export_model(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, out: Path) -> None:
    """Writes the model in bfloat16 and its tokenizer in the layout of Hugging Face."""
    stops = [tokenizer.eos_token_id, tokenizer.pad_token_id]
    model.generation_config = GenerationConfig(
        do_sample=False, eos_token_id=stops, pad_token_id=tokenizer.pad_token_id
    )
    model.to(torch.bfloat16).save_pretrained(out)
    tokenizer.save_pretrained(out)
