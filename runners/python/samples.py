"""The samples of a task, read from JSONL and checked before an engine works on them."""

import json
import time
from collections.abc import Callable
from pathlib import Path

# A capture follows the baseline's answers, which the caller writes as soon as they are scored.
LONGEST_WAIT_SECONDS = 120


class JobError(ValueError):
    """The job asks for what cannot be; nothing was computed, and the engine is as it was."""


def read_samples(path: str, fields: dict[str, Callable[[object], bool]]) -> list[dict]:
    """Reads one JSON object a line; `fields` tells for each field whether its value is right.

    A field that a line lacks is looked at as None. Sample ids must be strings and differ. A file that is not
    there yet is waited for; `{"error": …}` in it says why it holds no samples.

    Raises JobError naming the file, the line and the field.
    """
    samples: list[dict] = []
    seen: dict[str, int] = {}
    _wait_for(path)
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                sample = json.loads(line)
            except json.JSONDecodeError as error:
                raise JobError(f"{path}, line {number}: not JSON ({error})") from None
            if not isinstance(sample, dict):
                raise JobError(f"{path}, line {number}: expected an object, found {_short(sample)}")
            if isinstance(sample.get("error"), str):  # the caller has no samples, and tells why
                raise JobError(sample["error"])
            if "error" in sample:
                raise JobError(f"no text to read: {sample['error']}")
            for name, is_right in {"sample_id": lambda value: isinstance(value, str), **fields}.items():
                if not is_right(sample.get(name)):
                    found = _short(sample[name]) if name in sample else "nothing"
                    raise JobError(f'{path}, line {number}: field "{name}" does not fit, found {found}')
            if sample["sample_id"] in seen:
                raise JobError(f'{path}, line {number}: sample_id "{sample["sample_id"]}" stands on '
                               f'line {seen[sample["sample_id"]]} already')
            seen[sample["sample_id"]] = number
            samples.append(sample)
    if not samples:
        raise JobError(f"{path}: holds no samples")
    return samples


def wait_for(path: str, seconds: float = 600) -> None:
    """Waits until the file is there. It comes by a rename, so that it is whole then; raises JobError when it does not.
    """
    end = time.monotonic() + seconds
    while not Path(path).exists():
        if time.monotonic() > end:
            raise JobError(f"{path} did not come within {seconds:.0f} seconds")
        time.sleep(0.05)


def is_token_ids(value: object) -> bool:
    """A list of integers, not below 0."""
    return isinstance(value, list) and all(type(token) is int and token >= 0 for token in value)


def check_lengths(lengths: list[tuple[str, int, int]], max_model_length: int) -> None:
    """Raises JobError when a sample has no room in the model.

    `lengths` holds sample id, tokens read, and tokens to generate. One position stays free: the engine always
    generates a token after what it reads, also where the text is only to be read.
    """
    long = [(name, read, new) for name, read, new in lengths if read + new >= max_model_length]
    if not long:
        return
    shown = "; ".join(
        f'"{name}": {read} tokens' + (f" + {new} to generate" if new else "")
        for name, read, new in long[:3]
    )
    more = f" and {len(long) - 3} more" if len(long) > 3 else ""
    needed = max(read + new for _, read, new in long) + 1
    raise JobError(f"{len(long)} of {len(lengths)} samples are too long for the model length {max_model_length}: "
                   f"{shown}{more}. Raise the model length to {needed}, or generate fewer tokens")


def _wait_for(path: str) -> None:
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while not Path(path).exists():
        if time.monotonic() > end:
            raise JobError(f"{path}: there is no such file")
        time.sleep(0.05)


def _short(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else text[:77] + "..."
