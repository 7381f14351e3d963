"""Conversations as tokens, and the order in which a training takes them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import PreTrainedTokenizerFast

# Conversations that are sorted by length together; the batches of such a window are shuffled.
WINDOW = 512

IGNORED = -100


@dataclass
class Conversation:
    """A chat with its answers, and the suite that it comes from."""

    suite: str
    messages: list[dict[str, str]]


def read_conversations(file: Path, count: int) -> list[Conversation]:
    """The first `count` records of a file of conversations."""
    conversations = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                conversations.append(Conversation(record["suite"], record["messages"]))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{file}, line {number}: expected an object with `suite` and `messages` ({error!r})") from error
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


def tokenize(tokenizer: PreTrainedTokenizerFast, conversations: list[Conversation]) -> Tokens:
    """Tokenizes conversations; answers are the assistant's contents with the token that ends them."""
    header = tokenizer.encode("<|im_start|>assistant\n", add_special_tokens=False)
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    ids: list[np.ndarray] = []
    answers: list[np.ndarray] = []
    for first in range(0, len(conversations), 4096):
        part = conversations[first : first + 4096]
        texts = [tokenizer.apply_chat_template(c.messages, tokenize=False) for c in part]
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


def plan_batches(
    lengths: np.ndarray, suites: list[str], stages: list[dict[str, Any]], batch_size: int, seed: int
) -> list[list[list[int]]]:
    """The batches of every stage, each until its `tokens` are used up; the seed alone decides the order.

    Conversations come in the order of the file, and again, shuffled, when all of them are used. Within a
    stage, a curriculum phase `{"until": share of the tokens, "max_tokens": n}` leaves longer ones for
    later, and `keep` gives the share of a suite's conversations that is used.
    """
    order = random.Random(seed)
    queue = _endless(len(lengths), order)
    later: list[int] = []

    def fill_window(limit: int | None, keep: dict[str, float]) -> list[int]:
        window: list[int] = []
        while len(window) < WINDOW:
            index = later.pop() if limit is None and later else next(queue)
            if limit is not None and lengths[index] > limit:
                later.append(index)
            elif suites[index] not in keep or order.random() < keep[suites[index]]:
                window.append(index)
        return sorted(window, key=lambda index: (lengths[index], index))

    plan = []
    for stage in stages:
        batches: list[list[int]] = []
        used = 0
        while used < stage["tokens"]:
            phases = (p["max_tokens"] for p in stage.get("curriculum", []) if used < p["until"] * stage["tokens"])
            window = fill_window(next(phases, None), stage.get("keep", {}))
            chunks = [window[i : i + batch_size] for i in range(0, WINDOW, batch_size)]
            order.shuffle(chunks)
            for chunk in chunks:
                if used >= stage["tokens"]:
                    break
                batches.append(chunk)
                used += int(lengths[chunk].sum())
        plan.append(batches)
    return plan


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
