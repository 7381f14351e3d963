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
    """A chat with its answers; `chat` is False where the prompt goes to the model without a template."""

    messages: list[dict[str, Any]]
    chat: bool
    subtask: str = ""


def read_conversations(file: Path, count: int) -> list[Conversation]:
    """The first `count` records of a file of conversations."""
    conversations = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                record = json.loads(line)
                conversations.append(Conversation(record["messages"], record.get("chat", True), record.get("subtask", "")))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{file}, line {number}: expected an object with `messages` ({error!r})") from error
            if len(conversations) == count:
                return conversations
    raise ValueError(f"{file} holds {len(conversations)} conversations, but the recipe asks for {count}")


@dataclass
class Tokens:
    """All conversations end to end: ids, which of them are learnt, where each starts, and its subtask."""

    ids: np.ndarray
    learnt: np.ndarray
    starts: np.ndarray
    subtasks: list[str]

    @property
    def lengths(self) -> np.ndarray:
        return np.diff(self.starts)


def tokenize(tokenizer: PreTrainedTokenizerFast, conversations: list[Conversation]) -> Tokens:
    """Tokenizes conversations; learnt are the assistant's contents with the token that ends them.

    A turn with `learn: false` is read, but not learnt.
    """
    pieces = [piece for c in conversations for piece in split_pieces(c)]
    rows = tokenizer([text for text, _ in pieces], add_special_tokens=False)["input_ids"]
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    ids = np.concatenate([np.asarray(row, dtype=np.int32) for row in rows])
    learnt = np.repeat(np.array([learn for _, learn in pieces]), lengths)
    counts = [len(split_pieces(c)) for c in conversations]
    ends = np.cumsum(lengths)[np.cumsum(counts) - 1]
    return Tokens(ids, learnt, np.concatenate([[0], ends]), [c.subtask for c in conversations])


def split_pieces(conversation: Conversation) -> list[tuple[str, bool]]:
    """The rendered conversation cut where learning starts and ends, in ChatML as the tokenizer's template renders it."""
    pieces: list[tuple[str, bool]] = []
    for message in conversation.messages:
        answer = message["role"] == "assistant"
        learn = answer and message.get("learn", True)
        if conversation.chat:
            pieces.append((f"<|im_start|>{message['role']}\n", False))
            pieces.append((f"{message['content']}<|im_end|>", learn))
            pieces.append(("\n", False))
        else:
            pieces.append((message["content"] + ("<|im_end|>" if answer else ""), learn))
    return pieces


def plan_batches(tokens: dict[str, Tokens], stages: list[dict[str, Any]], seed: int) -> list[list[list[tuple[str, int]]]]:
    """The batches of every stage, each until its `tokens` are used up; the seed alone decides the order.

    A batch is a list of (suite, index). A stage's `mix` gives the share of the tokens of each part: of a
    suite, or of one of its subtasks (`teval/review_str`). A part's conversations come in the order of its
    file, and again, shuffled, when all are used. `batch_tokens` is the size of a batch, and `max_tokens`
    leaves longer conversations for later stages.
    """
    order = random.Random(seed)
    lengths = {suite: part.lengths for suite, part in tokens.items()}
    parts = {name: _part(tokens, name) for stage in stages for name in stage["mix"]}
    queues = {name: _endless(parts[name][1], order) for name in sorted(parts)}
    kept: dict[str, list[int]] = {name: [] for name in parts}

    def draw(name: str, limit: int) -> int:
        suite = parts[name][0]
        for position, index in enumerate(kept[name]):
            if lengths[suite][index] <= limit:
                return kept[name].pop(position)
        while lengths[suite][index := next(queues[name])] > limit:
            if len(kept[name]) < WINDOW:
                kept[name].append(index)
        return index

    plan = []
    for stage in stages:
        limit = stage.get("max_tokens", 1 << 30)
        names = sorted(name for name, share in stage["mix"].items() if share > 0)
        if not all((lengths[parts[name][0]][parts[name][1]] <= limit).any() for name in names):
            raise ValueError(f"no conversation of a part is as short as the stage's max_tokens, {limit}")
        debt = {name: 0.0 for name in names}
        total = sum(stage["mix"][name] for name in names)
        batches: list[list[tuple[str, int]]] = []
        used = 0
        while used < stage["tokens"]:
            window = []
            for _ in range(WINDOW):
                chosen = max(names, key=lambda name: debt[name])
                suite, index = parts[chosen][0], draw(chosen, limit)
                size = int(lengths[suite][index])
                for name in names:
                    debt[name] += size * stage["mix"][name] / total
                debt[chosen] -= size
                window.append((suite, index))
            chunks = _pack(sorted(window, key=lambda item: (lengths[item[0]][item[1]], item)), lengths, stage["batch_tokens"])
            order.shuffle(chunks)
            for chunk in chunks:
                if used >= stage["tokens"]:
                    break
                batches.append(chunk)
                used += sum(int(lengths[suite][index]) for suite, index in chunk)
        plan.append(batches)
    return plan


def _pack(items: list[tuple[str, int]], lengths: dict[str, np.ndarray], size: int) -> list[list[tuple[str, int]]]:
    """Cuts items sorted by length into batches of at most `size` tokens, padding included, or of one item."""
    chunks: list[list[tuple[str, int]]] = [[]]
    for suite, index in items:
        if chunks[-1] and (len(chunks[-1]) + 1) * int(lengths[suite][index]) > size:
            chunks.append([])
        chunks[-1].append((suite, index))
    return chunks


def _part(tokens: dict[str, Tokens], name: str) -> tuple[str, list[int]]:
    """The suite of a part's name, and the conversations that belong to the part."""
    suite, _, subtask = name.partition("/")
    subtasks = tokens[suite].subtasks
    return suite, [index for index, own in enumerate(subtasks) if subtask in ("", own)]


def _endless(indices: list[int], order: random.Random) -> Iterator[int]:
    indices = list(indices)
    while True:
        yield from indices
        order.shuffle(indices)


def batch_size(tokens: dict[str, Tokens], batch: list[tuple[str, int]]) -> int:
    """Tokens of a batch, padding not counted."""
    return sum(int(tokens[suite].lengths[index]) for suite, index in batch)


def collate(tokens: dict[str, Tokens], batch: list[tuple[str, int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids [batch, length] padded on the right, and the next-token targets, `IGNORED` where nothing is learnt."""
    bounds = [(tokens[suite], *tokens[suite].starts[index : index + 2].tolist()) for suite, index in batch]
    ids = torch.zeros(len(batch), max(end - start for _, start, end in bounds), dtype=torch.long)
    targets = torch.full_like(ids, IGNORED)
    for row, (source, start, end) in enumerate(bounds):
        ids[row, : end - start] = torch.from_numpy(source.ids[start:end])
        marked = np.where(source.learnt[start:end], source.ids[start:end], IGNORED)[1:]
        targets[row, : end - start - 1] = torch.from_numpy(marked)
    return ids, targets
