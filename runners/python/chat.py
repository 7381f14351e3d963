"""The chat of one episode, as tokens that a model reads and writes turn by turn."""

import os.path
from dataclasses import dataclass, field

from engine import Answer


class Marks:
    """The tokenizer's special tokens: marks of a chat that nobody may write into their own turn."""

    def __init__(self, tokenizer) -> None:
        added = tokenizer.added_tokens_decoder.items()
        self.texts = {str(token) for _, token in added if token.special} | set(tokenizer.all_special_tokens)
        self.ids = {number for number, token in added if token.special} | set(tokenizer.all_special_ids)

    def defused(self, text: str) -> str:
        """The text without the names of special tokens, which would end its turn when they are cut into tokens."""
        for mark in sorted(self.texts, key=len, reverse=True):
            text = text.replace(mark, f"{mark[:1]} {mark[1:]}")
        return text


@dataclass
class Chat:
    """An episode: the prompt that the model reads next, then the turn that it wrote."""

    name: str
    text: str
    ids: list[int]
    answer: str = ""
    """The last turn, which `text` and `ids` do not hold yet."""
    answer_ids: list[int] = field(default_factory=list)
    stopped: bool = False
    """Whether the last turn ended with its end token."""
    seconds: float | None = 0.0

    def __post_init__(self) -> None:
        self.first_text, self.first_ids = self.text, self.ids

    def take(self, answer: Answer) -> None:
        """Takes the turn from the engine's answer to `ids`."""
        self.answer, self.answer_ids = answer.text, answer.ids
        self.stopped = answer.finish_reason == "stop"
        known = self.seconds is not None and answer.seconds is not None
        self.seconds = self.seconds + answer.seconds if known else None

    def extend(self, tokenizer, marks: Marks, messages: list[dict]) -> None:
        """Makes the next prompt: what the model has read and written stays as it is, token by token.

        Only where the template rewrites earlier turns, or the model wrote special tokens into its turn, is the
        whole chat cut into tokens anew.
        """
        rendered = tokenizer.apply_chat_template(
            [{**message, "content": marks.defused(message["content"])} for message in messages],
            tokenize=False, add_generation_prompt=True,
        )
        known = self.text + self.answer
        # The template writes the end of the turn itself.
        written = self.answer_ids[:-1] if self.stopped else self.answer_ids
        if rendered.startswith(known) and not marks.ids & set(written):
            rest = tokenizer.encode(rendered[len(known):], add_special_tokens=False)
            self.ids = self.ids + written + rest
        else:
            self.ids = tokenizer.encode(rendered, add_special_tokens=False)
        self.text = rendered
        self.answer, self.answer_ids, self.stopped = "", [], False

    def row(self) -> dict:
        """The whole episode as a row of the completions log: its first prompt, and all that followed."""
        text, ids = self.text + self.answer, self.ids + self.answer_ids
        # Less than the first prompt only where the template rewrote that.
        prompt = os.path.commonprefix([self.first_text, text])
        prompt_ids = os.path.commonprefix([self.first_ids, ids])
        return {
            "sample_id": self.name,
            "prompt": prompt,
            "prompt_token_ids": prompt_ids,
            "completion": text[len(prompt):],
            "completion_token_ids": ids[len(prompt_ids):],
            "seconds": self.seconds,
        }


def token_ends(tokenizer, marks: Marks, ids: list[int], text: str) -> list[int]:
    """Where in `text` each token's text ends, in code points; special tokens have none of their own."""
    plain = [token for token in ids if token not in marks.ids]
    if tokenizer.is_fast:
        cut = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        if cut["input_ids"] == plain == ids[: len(plain)]:
            return [end for _, end in cut["offset_mapping"]] + [len(text)] * (len(ids) - len(plain))
    # The model wrote its text in other pieces than the tokenizer would.
    return [min(len(tokenizer.decode(ids[: index + 1], skip_special_tokens=True)), len(text))
            for index in range(len(ids))]
