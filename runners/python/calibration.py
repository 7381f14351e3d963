"""The texts that a method measures activations on: picked, ordered and tokenized."""

import hashlib
import json
from pathlib import Path

import torch
from torch.utils.data import DataLoader


def read_texts(path: str) -> list[str]:
    """The texts of a JSONL file of {"text": string} records.

    Raises ValueError that names the file, the line and what was found there.
    """
    texts = []
    with Path(path).open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except json.JSONDecodeError as error:
                raise ValueError(f"{path}, line {number}: not JSON ({error.msg})") from error
            text = record.get("text") if isinstance(record, dict) else None
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f'{path}, line {number}: expected {{"text": "…"}}, found {line[:80]!r}')
            texts.append(text)
    return texts


def pick(count: int, samples: int, seed: int) -> list[int]:
    """Which of `count` texts to use, in order.

    The order is that of SHA-256 of "seed:index": the same on every machine and version, and the first
    64 of 128 samples are the 64 of a smaller calibration.
    """
    if samples > count:
        raise ValueError(f"{samples} calibration texts were asked for, there are {count}")
    order = sorted(range(count), key=lambda index: hashlib.sha256(f"{seed}:{index}".encode()).digest())
    return order[:samples]


def calibration_batches(tokenizer, calibration: dict) -> DataLoader:
    """One batch a text, each cut at `maxLength` tokens."""
    texts = read_texts(calibration["file"])
    try:
        chosen = pick(len(texts), calibration["samples"], calibration["seed"])
    except ValueError as error:
        raise ValueError(f"{calibration['file']}: {error}") from error
    samples = []
    for index in chosen:
        # A text that already opens with the first token must not get a second one.
        opened = tokenizer.bos_token is not None and texts[index].startswith(tokenizer.bos_token)
        ids = tokenizer(texts[index], add_special_tokens=not opened)["input_ids"]
        ids = torch.tensor(ids[: calibration["maxLength"]], dtype=torch.long)
        samples.append({"input_ids": ids, "attention_mask": torch.ones_like(ids)})
    return DataLoader(samples, batch_size=1, shuffle=False)
