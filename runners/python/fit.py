"""Prompts that leave no room for their answer: samples are left out, or prompts cut in the middle."""

from collections.abc import Callable
from typing import NamedTuple

from samples import check_lengths

# A sample's prompt as the model gets it, and its token ids.
Encode = Callable[[object, dict], tuple[str, list[int]]]


class Prompt(NamedTuple):
    """What the engine is to answer, and the sample that it was made of."""

    sample: dict
    text: str
    ids: list[int]
    max_tokens: int

    @property
    def name(self) -> str:
        """The sample's id."""
        return self.sample["sample_id"]


def fit_prompts(tokenizer, encode: Encode, prompts: list[Prompt], max_model_length: int,
                overflow: str | None) -> tuple[list[Prompt], dict[str, str], list[str]]:
    """The prompts that fit, the reason why by id of those that do not, and warnings that tell of both.

    `overflow` is `skip` or `truncate-middle` (see `GenerateTask` in `runners/jobs.ts`). As None it makes a prompt
    that does not fit a JobError.
    """
    if overflow is None:
        check_lengths([(p.name, len(p.ids), p.max_tokens) for p in prompts], max_model_length)
        return prompts, {}, []
    fitted: list[Prompt] = []
    missing: dict[str, str] = {}
    cut: list[str] = []
    for prompt in prompts:
        room = max_model_length - 1 - prompt.max_tokens
        fits = prompt if len(prompt.ids) <= room else None
        if fits is None and overflow == "truncate-middle":
            fits = truncate_middle(tokenizer, encode, prompt, room)
            if fits is not None:
                cut.append(f'"{prompt.name}": {len(prompt.ids)} -> {len(fits.ids)} tokens')
        if fits is None:
            missing[prompt.name] = (f"prompt of {len(prompt.ids)} tokens and answer of {prompt.max_tokens} "
                                    f"do not fit into the model length {max_model_length}")
        else:
            fitted.append(fits)
    warnings = []
    if cut:
        warnings.append(f"{len(cut)} of {len(prompts)} prompts were cut in the middle to fit into the model length "
                        f"{max_model_length}: {_first(cut)}")
    if missing:
        needed = max(len(p.ids) + p.max_tokens for p in prompts if p.name in missing) + 1
        warnings.append(f"{len(missing)} of {len(prompts)} samples have no score, for they do not fit into the model "
                        f"length {max_model_length} (all would fit into {needed}): "
                        + _first([f'"{name}"' for name in missing]))
    return fitted, missing, warnings


def truncate_middle(tokenizer, encode: Encode, prompt: Prompt, room: int) -> Prompt | None:
    """Keeps the first and the last half of the tokens of the last message, as LongBench does (`pred.py`).

    LongBench's limit is the text's before the chat template, and leaves room for that by a guess; ours is what the
    template leaves. Returns None when not even the template fits.
    """
    sample = prompt.sample
    text = sample["messages"][-1]["content"] if "messages" in sample else sample["prompt"]
    tokens = tokenizer.encode(text)
    limit = room - (len(prompt.ids) - len(tokens))
    while limit >= 2:
        half = limit // 2
        shorter = (tokenizer.decode(tokens[:half], skip_special_tokens=True)
                   + tokenizer.decode(tokens[-half:], skip_special_tokens=True))
        shortened = _with_text(sample, shorter)
        candidate = Prompt(shortened, *encode(tokenizer, shortened), prompt.max_tokens)
        excess = len(candidate.ids) - room
        if excess <= 0:
            return candidate
        limit -= excess  # the halves read on their own, and their seam, can take more tokens than they had
    return None


def _with_text(sample: dict, text: str) -> dict:
    if "messages" not in sample:
        return {**sample, "prompt": text}
    messages = sample["messages"]
    return {**sample, "messages": [*messages[:-1], {**messages[-1], "content": text}]}


def _first(items: list[str]) -> str:
    return "; ".join(items[:3]) + (f" and {len(items) - 3} more" if len(items) > 3 else "")
