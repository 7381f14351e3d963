"""How many answers of held-out conversations a model gives exactly: `python train_check.py MODEL FILE...`.

A quick look at a training. A file holds conversations as `deno task suites --calibration N` writes them; the
model answers the last turn, greedily, and the answer counts when it is the same text.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from train_data import Conversation, read_conversations, split_pieces

BATCH_SIZE = 25


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("files", type=Path, nargs="+", help="files of conversations")
    parser.add_argument("--samples", type=int, default=100, help="conversations of each file (default: 100)")
    parser.add_argument("--max-new-tokens", type=int, default=200)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--show-wrong", type=int, default=0, metavar="N", help="show the first N wrong answers")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    tokenizer = AutoTokenizer.from_pretrained(options.model)
    model = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
    for file in options.files:
        try:
            conversations = read_conversations(file, options.samples)
        except (OSError, ValueError) as error:
            print(error, file=sys.stderr)
            return 2
        conversations.sort(key=lambda c: sum(len(text) for text, _ in split_pieces(c)))
        answers = answer(model, tokenizer, [prompt_text(c) for c in conversations], options.max_new_tokens)
        report(file, conversations, answers, options.show_wrong)
    return 0


def prompt_text(conversation: Conversation) -> str:
    """All that comes before the last answer."""
    *before, last = conversation.messages
    text = "".join(piece for piece, _ in split_pieces(Conversation(before, conversation.chat)))
    return text + (f"<|im_start|>{last['role']}\n" if conversation.chat else "")


def answer(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, prompts: list[str], limit: int) -> list[str]:
    """Greedy completions in the order of the prompts, special tokens removed."""
    tokenizer.padding_side = "left"
    completions = []
    for first in range(0, len(prompts), BATCH_SIZE):
        batch = tokenizer(prompts[first : first + BATCH_SIZE], padding=True, return_tensors="pt", add_special_tokens=False)
        with torch.inference_mode():
            ids = model.generate(
                input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], max_new_tokens=limit, do_sample=False
            )
        completions += tokenizer.batch_decode(ids[:, batch["input_ids"].shape[1] :], skip_special_tokens=True)
    return completions


def report(file: Path, conversations: list[Conversation], answers: list[str], show: int) -> None:
    """Prints the share of exact answers, overall and by subtask."""
    exact: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for conversation, text in zip(conversations, answers, strict=True):
        expected = conversation.messages[-1]["content"]
        exact[conversation.subtask].append(text == expected)
        if text != expected:
            wrong.append(f"  {conversation.messages[-2]['content'][-200:]!r}\n    expected {expected!r}\n    but got  {text!r}")
    total = [right for rights in exact.values() for right in rights]
    parts = ", ".join(f"{name} {sum(rights)}/{len(rights)}" for name, rights in sorted(exact.items()))
    print(f"{file.stem}: exact {sum(total) / len(total):.3f} ({parts})", flush=True)
    print("\n".join(wrong[:show]), end="\n" if wrong[:show] else "")


if __name__ == "__main__":
    sys.exit(main())
