"""What an engine does for the scripts, whichever it is: vLLM or transformers."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple, Protocol

Progress = Callable[[float, int], None]
"""Is told how many are done (those in work counted by their share), and of how many."""


class Request(NamedTuple):
    """Tokens to go on from."""

    ids: list[int]
    max_tokens: int
    temperature: float
    """0 takes the likeliest token each time."""
    seed: int
    reuse: bool = False
    """Whether the engine may take over what it computed for an earlier request with the same beginning."""


class Answer(NamedTuple):
    """What the engine wrote."""

    ids: list[int]
    """End token included."""
    text: str
    """Without special tokens."""
    finish_reason: Literal["stop", "length"]
    seconds: float | None
    """From the first scheduling to the last token."""


class Engine(Protocol):
    """A loaded checkpoint."""

    tokenizer: object
    vocabulary: int

    def prepare_capture(self) -> None:
        """Called once before `record`, where there is anything to record."""

    def answer(self, requests: list[Request], progress: Progress) -> list[Answer]:
        """Answers the requests, in any order and together; when it raises, the engine must not be used any more."""

    def record(self, task: dict, job: dict, samples: list[dict], progress: Progress) -> dict:
        """Writes the logs of a `CaptureTask`; returns the report of `recorder.close_capture`, checked."""

    def forget(self) -> None:
        """Drops what requests with `reuse` would take over."""


def open_engine(name: str, settings: dict, checkpoint: dict, keep_prefixes: bool) -> AbstractContextManager[Engine]:
    """The engine of that name with a checkpoint loaded (`settings` and `checkpoint` as in `EvaluateJob`)."""
    if name == "transformers":
        from transformers_engine import transformers_engine

        return transformers_engine(settings, checkpoint)
    from vllm_engine import vllm_engine

    return vllm_engine(settings, checkpoint, keep_prefixes)


def batch_tokens(vocabulary: int) -> int:
    """Tokens whose logits may be in memory at once."""
    return min(max(2**28 // (4 * vocabulary), 512), 4096)
