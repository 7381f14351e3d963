"""Plays with the real play.py, but with an engine that answers from a file, and a stand-in for transformers.

    python fake_engine.py JOB.json

The job: `tasks` (of `PlayTask`), `maxModelLength`, `model` (its tokenizer and chat template are used), and `turns`: the model's turns by
the first thing that a user says in the episode. A turn `null` crashes the process.
"""

import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "runners" / "python"))

import jinja2
from engine import Answer
from events import open_events
from tokenizers import Tokenizer

emit = open_events()


class ChatTokenizer:
    """What play.py uses of a tokenizer of transformers, which takes long to import."""

    is_fast = True
    all_special_tokens, all_special_ids = [], []

    def __init__(self, model: Path) -> None:
        self.tokens = Tokenizer.from_file(str(model / "tokenizer.json"))
        self.added_tokens_decoder = self.tokens.get_added_tokens_decoder()
        self.chat_template = (model / "chat_template.jinja").read_text(encoding="utf-8")
        self.template = jinja2.Environment(trim_blocks=True, lstrip_blocks=True).from_string(self.chat_template)

    def apply_chat_template(self, messages: list[dict], tokenize: bool, add_generation_prompt: bool) -> str:
        return self.template.render(messages=messages, add_generation_prompt=add_generation_prompt)

    def encode(self, text: str, add_special_tokens: bool = False) -> list[int]:
        return self.tokens.encode(text, add_special_tokens=add_special_tokens).ids

    def decode(self, ids: list[int], skip_special_tokens: bool = False) -> str:
        return self.tokens.decode(ids, skip_special_tokens=skip_special_tokens)

    def __call__(self, text: str, add_special_tokens: bool, return_offsets_mapping: bool) -> dict:
        cut = self.tokens.encode(text, add_special_tokens=add_special_tokens)
        return {"input_ids": cut.ids, "offset_mapping": cut.offsets}


class Engine:
    """Answers the requests of a round."""

    def __init__(self, tokenizer, turns: dict[str, list[str | None]]) -> None:
        self.tokenizer, self.turns = tokenizer, turns

    def forget(self) -> None:
        pass

    def answer(self, requests: list, progress) -> list[Answer]:
        return [self.turn(request.ids, request.max_tokens) for request in requests]

    def turn(self, ids: list[int], max_tokens: int) -> Answer:
        chat = self.tokenizer.decode(ids)
        said = chat.split("<|im_start|>user\n")[1].split("<|im_end|>")[0]
        turn = self.turns[said][chat.count("<|im_start|>assistant\n") - 1]
        if turn is None:
            os._exit(9)
        tokens = self.tokens_of(turn) + self.tokenizer.encode("<|im_end|>")
        cut = len(tokens) > max_tokens
        tokens = tokens[:max_tokens]
        text = self.tokenizer.decode(tokens, skip_special_tokens=True)
        return Answer(tokens, text, "length" if cut else "stop", 0.5)

    def tokens_of(self, turn: str) -> list[int]:
        """`<|im_end|>` in ordinary tokens, as a model spells it out; `{start}` is the special token."""
        parts = [part for whole in turn.split("{start}") for part in (whole, None)][:-1]
        return [token for part in parts for token in (
            self.tokenizer.encode("<|im_start|>") if part is None else
            [token for piece in re.split("(?<=<)", part) for token in self.tokenizer.encode(piece)])]


from play import play
from samples import JobError

job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
tokenizer = ChatTokenizer(Path(job["model"]))
engine = Engine(tokenizer, job["turns"])
emit({"event": "versions", "versions": {"vllm": "fake"}, "device": "cpu"})
for task in job["tasks"]:
    def progress(done: float, total: int) -> None:
        emit({"event": "progress", "id": task["id"], "done": done, "total": total})

    emit({"event": "start", "id": task["id"]})
    try:
        play(engine, task, job["maxModelLength"], emit, sys.stdin.buffer, progress)
        emit({"event": "done", "id": task["id"], "seconds": 0.1})
    except JobError as error:
        emit({"event": "failed", "id": task["id"], "seconds": 0.1, "message": str(error), "kind": "error"})
