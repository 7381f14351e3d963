"""Fits prompts of a toy tokenizer: `python fit_check.py`, a job as JSON on standard input, prints what came out.

Job: {"prompts": [{"sample_id", "prompt" or "messages", "max_tokens"}], "max_model_length", "overflow"}.
A token is a letter, and one token starts a text; a chat template adds six.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "runners" / "python"))

from fit import Prompt, fit_prompts  # noqa: E402
from samples import JobError  # noqa: E402


class Letters:
    """One token a letter; token 0 starts a text and is special."""

    def encode(self, text: str) -> list[int]:
        return [0, *map(ord, text)]

    def decode(self, ids: list[int], skip_special_tokens: bool) -> str:
        return "".join(chr(token) for token in ids if token or not skip_special_tokens)


def encode(tokenizer: Letters, sample: dict) -> tuple[str, list[int]]:
    if "prompt" in sample:
        return sample["prompt"], tokenizer.encode(sample["prompt"])
    text = "<u>" + sample["messages"][-1]["content"] + "<a>"
    return text, tokenizer.encode(text)[1:]


job = json.load(sys.stdin)
letters = Letters()
prompts = [Prompt(sample, *encode(letters, sample), sample["max_tokens"]) for sample in job["prompts"]]
try:
    fitted, missing, warnings = fit_prompts(letters, encode, prompts, job["max_model_length"], job["overflow"])
    print(json.dumps({"fitted": [[p.name, p.text, len(p.ids)] for p in fitted], "missing": missing,
                      "warnings": warnings}))
except JobError as error:
    print(json.dumps({"error": str(error)}))
