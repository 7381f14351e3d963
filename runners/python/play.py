"""Episodes of an environment, many at once: the engine takes the model's turns, the caller's worlds answer them.

After each round the event `turns` goes out, and one line comes in: the chats of the episodes that go on.
"""

import json
from pathlib import Path
from typing import BinaryIO

from atomic_file import atomic_file
from chat import Chat, Marks, token_ends
from engine import Engine, Progress, Request
from events import Emit
from generate import is_conversation, read_prompts, sample_seed
from samples import JobError, check_lengths


def play(engine: Engine, task: dict, max_model_length: int, emit: Emit, incoming: BinaryIO,
         progress: Progress) -> list[str]:
    """Does a `PlayTask` and writes `completions.jsonl` into its folder; returns warnings (none).

    The episodes take their turns together, round by round, so that none depends on how fast another is.
    `incoming` is where the caller's lines come from. `progress` is told how many episodes are done, those in
    play counted by their share of `maxSteps`.

    Raises JobError when an episode's beginning is malformed or too long, and when the caller cannot go on.
    """
    tokenizer = engine.tokenizer
    marks = Marks(tokenizer)
    prompts = read_prompts(tokenizer, task["samples"])
    check_lengths([(name, len(ids), task["maxTokens"]) for name, _, ids in prompts], max_model_length)
    chats = [Chat(*prompt) for prompt in prompts]
    # What earlier tasks left there would be read again, with other rounding.
    engine.forget()
    running, turn = chats, 0
    while running:
        fitting = [chat for chat in running if len(chat.ids) + task["maxTokens"] < max_model_length]
        take_turns(engine, task, turn, fitting, _told(progress, task, turn, len(running), len(chats)))
        emit({"event": "turns", "id": task["id"],
              "completions": [completion(tokenizer, marks, chat, chat in fitting) for chat in running]})
        replies = read_replies(incoming, {chat.name for chat in fitting})
        running = [chat for chat in fitting if chat.name in replies]
        for chat in running:
            chat.extend(tokenizer, marks, replies[chat.name])
        turn += 1
    progress(len(chats), len(chats))
    with atomic_file(Path(task["out"], "completions.jsonl")) as partial:
        with open(partial, "w", encoding="utf-8") as file:
            for chat in chats:
                file.write(json.dumps(chat.row()) + "\n")
    return []


def take_turns(engine: Engine, task: dict, turn: int, chats: list[Chat], progress: Progress) -> None:
    """Has the model take one turn in each chat."""
    answers = engine.answer([
        Request(chat.ids, task["maxTokens"], task["temperature"], sample_seed(task["seed"], f"{chat.name}/{turn}"),
                reuse=True)
        for chat in chats
    ], progress)
    for chat, answer in zip(chats, answers, strict=True):
        chat.take(answer)


def completion(tokenizer, marks: Marks, chat: Chat, fits: bool) -> dict:
    """A turn as the event tells it; an empty one where the chat has no room for another."""
    reason = ("stop" if chat.stopped else "length") if fits else "context"
    return {
        "sample_id": chat.name,
        "text": chat.answer,
        "token_ids": chat.answer_ids,
        "token_ends": token_ends(tokenizer, marks, chat.answer_ids, chat.answer),
        "prompt_tokens": len(chat.ids),
        "finish_reason": reason,
    }


def read_replies(incoming: BinaryIO, expected: set[str]) -> dict[str, list[dict]]:
    """Reads the chats that go on, by sample id."""
    line = incoming.readline()
    if not line.endswith(b"\n"):
        raise RuntimeError("the process that plays the environment is gone")
    replies = json.loads(line)
    if isinstance(replies, dict):
        raise JobError(str(replies.get("error")))
    chats = {reply["sample_id"]: reply["messages"] for reply in replies}
    for name, messages in chats.items():
        if name not in expected or not is_conversation(messages):
            raise JobError(f'the caller goes on with "{name}", which has ended or has no messages')
    return chats


def _told(progress: Progress, task: dict, turn: int, running: int, total: int) -> Progress:
    """The progress of a round as a part of the whole."""
    def told(done: float, of: int) -> None:
        steps = turn + (done / of if of else 1)
        progress(round(total - running + running * min(steps / task["maxSteps"], 1), 2), total)

    return told
