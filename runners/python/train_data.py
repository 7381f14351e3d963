"""Conversations as tokens, and the order in which a training takes them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from transformers import PreTrainedTokenizerFast

# Conversations that are sorted by length together; the batches of such a window are shuffled.
WINDOW = 512

IGNORED = -100


def read_conversations(file: Path, count: int) -> list[list[dict[str, str]]]:
    """The messages of the first `count` records of a file of conversations."""
    conversations = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                messages = json.loads(line)["messages"]
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{file}, line {number}: expected an object with `messages` ({error!r})") from error
            conversations.append(messages)
            if len(conversations) == count:
                return conversations
    raise ValueError(f"{file} holds {len(conversations)} conversations, but the recipe asks for {count}")


@dataclass
class Tokens:
    """All conversations end to end: ids, which of them are answers, and where each conversation starts."""

    ids: np.ndarray
    answers: np.ndarray
    starts: np.ndarray

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.starts)


def tokenize(tokenizer: PreTrainedTokenizerFast, conversations: list[list[dict[str, str]]]) -> Tokens:
    """Tokenizes conversations; answers are the assistant's contents with the token that ends them."""
    header = tokenizer.encode("<|im_start|>assistant\n", add_special_tokens=False)
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    ids: list[np.ndarray] = []
    answers: list[np.ndarray] = []
    for first in range(0, len(conversations), 4096):
        part = conversations[first : first + 4096]
        texts = [tokenizer.apply_chat_template(messages, tokenize=False) for messages in part]
        for row in tokenizer(texts, add_special_tokens=False)["input_ids"]:
            ids.append(np.asarray(row, dtype=np.int32))
            answers.append(mark_answers(ids[-1], header, end))
    starts = np.concatenate([[0], np.cumsum([len(row) for row in ids])])
    return Tokens(np.concatenate(ids), np.concatenate(answers), starts)


def mark_answers(ids: np.ndarray, header: list[int], end: int) -> np.ndarray:
    """True from after each assistant's header to its end token, that token included."""
    marks = np.zeros(len(ids), dtype=bool)
    ends = np.flatnonzero(ids == end)
    for start in np.flatnonzero(ids == header[0]):
        first = start + len(header)
        if list(ids[start:first]) == header:
            marks[first : ends[ends >= first][0] + 1] = True
    return marks


def plan_batches(lengths: np.ndarray, budget: int, batch_size: int, curriculum: list[dict], seed: int) -> list[list[int]]:
    """Batches of conversations until `budget` tokens are used up; the seed alone decides their order.

    Conversations come in the order of the file, and again, shuffled, when all of them are used. A
    curriculum phase `{"until": share of the budget, "max_tokens": n}` leaves longer ones for later.
    """
    order = random.Random(seed)
    batches: list[list[int]] = []
    used = 0
    queue = _endless(len(lengths), order)
    later: list[int] = []
    while used < budget:
        limit = next((p["max_tokens"] for p in curriculum if used < p["until"] * budget), None)
        window: list[int] = []
        while len(window) < WINDOW:
            index = later.pop() if limit is None and later else next(queue)
            if limit is None or lengths[index] <= limit:
                window.append(index)
            else:
                later.append(index)
        window.sort(key=lambda index: (lengths[index], index))
        chunks = [window[i : i + batch_size] for i in range(0, WINDOW, batch_size)]
        order.shuffle(chunks)
        for chunk in chunks:
            if used >= budget:
                break
            batches.append(chunk)
            used += int(lengths[chunk].sum())
    return batches


def _endless(count: int, order: random.Random) -> Iterator[int]:
    indices = list(range(count))
    while True:
        yield from indices
        order.shuffle(indices)


def collate(tokens: Tokens, batch: list[int]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids [batch, length] padded on the right, and the next-token targets, `IGNORED` outside of answers."""
    lengths = tokens.lengths[batch]
    ids = torch.zeros(len(batch), int(lengths.max()), dtype=torch.long)
    targets = torch.full_like(ids, IGNORED)
    for row, (index, length) in enumerate(zip(batch, lengths)):
        part = slice(int(tokens.starts[index]), int(tokens.starts[index + 1]))
        ids[row, :length] = torch.from_numpy(tokens.ids[part])
        marked = torch.from_numpy(np.where(tokens.answers[part], tokens.ids[part], IGNORED)[1:])
        targets[row, : length - 1] = marked
    return ids, targets
