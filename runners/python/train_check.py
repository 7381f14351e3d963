"""Greedy answers of a model on test records: `python train_check.py MODEL FILE...`, exact match by subtask."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

BATCH_SIZE = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("files", type=Path, nargs="+", help="test.jsonl files of tool_call and needle")
    parser.add_argument("--max-new-tokens", type=int, default=64)
    parser.add_argument("--show-wrong", type=int, default=0, metavar="N", help="show the first N wrong answers")
    options = parser.parse_args()
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
    for file in options.files:
        records = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        answers = answer(model, tokenizer, [record["messages"] for record in records], options.max_new_tokens)
        report(file, records, answers, options.show_wrong)
    return 0


def answer(
    model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, prompts: list[list[dict[str, str]]], limit: int
) -> list[str]:
    """Greedy completions in the order of the prompts, special tokens removed."""
    tokenizer.padding_side = "left"
    completions = []
    for first in range(0, len(prompts), BATCH_SIZE):
        batch = tokenizer.apply_chat_template(
            prompts[first : first + BATCH_SIZE],
            add_generation_prompt=True,
            padding=True,
            return_tensors="pt",
            return_dict=True,
        )
        with torch.inference_mode():
            ids = model.generate(**batch, max_new_tokens=limit, do_sample=False)
        new = ids[:, batch["input_ids"].shape[1] :]
        completions += tokenizer.batch_decode(new, skip_special_tokens=True)
    return completions


def expected(record: dict[str, Any]) -> str:
    """The exact answer, as data/suites renders it."""
    gold = record["gold"]
    if isinstance(gold, str):
        return gold
    if record["subtask"] == "json":
        return json.dumps(gold)
    arguments = ", ".join(f"{key}={json.dumps(value)}" for key, value in gold["args"].items())
    return f"{gold['name']}({arguments})"


def report(file: Path, records: list[dict[str, Any]], answers: list[str], show: int) -> None:
    """Prints the share of exact answers, overall and by subtask."""
    exact: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for record, text in zip(records, answers, strict=True):
        right = text == expected(record)
        exact[record["subtask"]].append(right)
        if not right:
            wrong.append(f"  {record['id']}: expected {expected(record)!r}, but got {text!r}")
    total = [right for rights in exact.values() for right in rights]
    parts = ", ".join(f"{name} {sum(rights)}/{len(rights)}" for name, rights in exact.items())
    print(f"{file}: exact {sum(total) / len(total):.3f} ({parts})")
    print("\n".join(wrong[:show]), end="\n" if wrong[:show] else "")


if __name__ == "__main__":
    sys.exit(main())
