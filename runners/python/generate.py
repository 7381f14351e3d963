"""Completions of a benchmark's samples."""

import hashlib
import json
from pathlib import Path

from atomic_file import atomic_file
from engine import Answer, Engine, Progress, Request
from fit import Prompt, fit_prompts
from samples import JobError, read_samples


def generate(engine: Engine, task: dict, max_model_length: int, progress: Progress) -> list[str]:
    """Answers a `GenerateTask` and writes `completions.jsonl` into its folder; returns warnings.

    `progress` is told how many samples are done, those in work counted by their share of their tokens.

    Raises JobError when a sample is malformed, or too long where the task does not say what to do then, before
    anything is generated.
    """
    tokenizer = engine.tokenizer
    prompts = [Prompt(sample, *encode_prompt(tokenizer, sample), sample.get("max_tokens") or task["maxTokens"])
               for sample in read_prompt_samples(tokenizer, task["samples"])]
    fitted, missing, warnings = fit_prompts(tokenizer, encode_prompt, prompts, max_model_length, task.get("overflow"))
    # Nothing is taken over from earlier requests: the last bits must not depend on what else the engine does.
    answers = engine.answer([
        Request(prompt.ids, prompt.max_tokens, task["temperature"], sample_seed(task["seed"], prompt.name))
        for prompt in fitted
    ], progress)
    rows = {prompt.name: completion_row(prompt, answer) for prompt, answer in zip(fitted, answers, strict=True)}
    rows |= {name: {"sample_id": name, "missing": reason} for name, reason in missing.items()}
    with atomic_file(Path(task["out"], "completions.jsonl")) as partial:
        with open(partial, "w", encoding="utf-8") as file:
            for prompt in prompts:
                file.write(json.dumps(rows[prompt.name]) + "\n")
    return warnings


def read_prompts(tokenizer, path: str) -> list[tuple[str, str, list[int]]]:
    """Reads samples of messages or of raw prompts: sample id, prompt as the model gets it, its token ids."""
    return [(sample["sample_id"], *encode_prompt(tokenizer, sample)) for sample in read_prompt_samples(tokenizer, path)]


def read_prompt_samples(tokenizer, path: str) -> list[dict]:
    """Reads samples of messages or of raw prompts; raises JobError naming the file and what does not fit."""
    samples = read_samples(path, {
        "prompt": lambda value: value is None or isinstance(value, str),
        "messages": lambda value: value is None or is_conversation(value),
        "max_tokens": lambda value: value is None or type(value) is int and value > 0,
    })
    for sample in samples:
        name, messages, prompt = (sample.get(key) for key in ("sample_id", "messages", "prompt"))
        if (messages is None) == (prompt is None):
            raise JobError(f'{path}: sample "{name}" must have either "messages" or "prompt"')
        if messages is not None and not tokenizer.chat_template:
            raise JobError(f'{path}: sample "{name}" has messages, but the model has no chat template. '
                           'Give raw prompts ("prompt"), or add a chat template to the tokenizer')
    return samples


def encode_prompt(tokenizer, sample: dict) -> tuple[str, list[int]]:
    """A sample's prompt as the model gets it, and its token ids."""
    prompt, messages = sample.get("prompt"), sample.get("messages")
    if messages is not None:
        prompt = tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
    # A chat template writes the start token itself.
    ids = tokenizer.encode(prompt, add_special_tokens=messages is None)
    if not ids:
        raise JobError(f'the prompt of sample "{sample["sample_id"]}" is empty')
    return prompt, ids


def is_conversation(value: object) -> bool:
    """A list of objects with `role` and `content`, both strings."""
    return isinstance(value, list) and len(value) > 0 and all(
        isinstance(message, dict)
        and isinstance(message.get("role"), str)
        and isinstance(message.get("content"), str)
        for message in value
    )


def sample_seed(seed: int, sample_id: str) -> int:
    """The seed of one request: independent streams, which do not depend on the other samples or their order."""
    digest = hashlib.sha256(f"{seed}/{sample_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def completion_row(prompt: Prompt, answer: Answer) -> dict:
    """A row of the completions log."""
    return {
        "sample_id": prompt.name,
        "prompt": prompt.text,
        "prompt_token_ids": prompt.ids,
        "completion": answer.text,
        "completion_token_ids": answer.ids,
        "finish_reason": answer.finish_reason,
        "seconds": answer.seconds,
    }
