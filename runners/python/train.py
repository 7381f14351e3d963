"""Trains a tiny agent model of our own, from scratch or from another: `python train.py data/models/tiny-agent-s`.

The folder's recipe.json says everything; the model, its tokenizer and the loss curve are written beside
it. Ctrl-C saves the state, and the same command goes on from there.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, PreTrainedTokenizerFast

from train_checkpoint import checkpoint_file, load_checkpoint
from train_data import Conversation, plan_batches, read_conversations, tokenize
from train_loop import train
from train_model import export_model, make_model
from train_restart import stage_folder, state_before, weights_hash
from train_tokenizer import train_tokenizer

REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> int:
    options = parse_options()
    torch.set_num_threads(options.threads)
    recipe = options.recipe
    try:
        conversations = {
            suite: read_conversations(file, recipe["data"]["records"]) for suite, file in options.files.items()
        }
        tokenizer = make_tokenizer(recipe, options.start, conversations)
        tokens = {suite: tokenize(tokenizer, part) for suite, part in conversations.items()}
        plan = plan_batches(tokens, recipe["training"]["stages"], recipe["seed"])
        state = load_checkpoint(checkpoint_file(options.out), options.inputs)
        if state is None and options.stage:
            state = state_before(options.stage, plan, tokens, options.start / "loss.csv")
        model = make_model(recipe, tokenizer, options.start)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    del conversations

    def export(folder: Path) -> None:
        export_model(model, tokenizer, folder)

    finished = train(model, tokens, plan, recipe["training"], state, options.inputs, options.out, export)
    if finished:
        export(options.out)
    return 0 if finished else 130


def make_tokenizer(
    recipe: dict[str, Any], start: Path | None, conversations: dict[str, list[Conversation]]
) -> PreTrainedTokenizerFast:
    """The tokenizer of the model that training starts from, or a new one of the recipe's conversations."""
    if start:
        return AutoTokenizer.from_pretrained(start)
    settings = recipe["tokenizer"]
    texts = [c for part in conversations.values() for c in part[: settings["records"]]]
    return train_tokenizer(texts, settings["vocabulary"], recipe["model"]["max_position_embeddings"])


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder with recipe.json")
    parser.add_argument("--out", type=Path, help="folder to write to (default: the model's folder)")
    parser.add_argument("--data", type=Path, help="folder of conversations, a file for each suite (default: the recipe's)")
    parser.add_argument("--tokens", type=int, help="another budget than the recipe's, for its first stage alone; 0 writes a random model")
    parser.add_argument("--threads", type=int, default=2, help="threads of torch (default: 2)")
    parser.add_argument("--fresh", action="store_true", help="forget a saved state and start anew")
    options = parser.parse_args()
    try:
        recipe = json.loads((options.model / "recipe.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        parser.error(f"cannot read the recipe: {error}")
    if options.tokens is not None:
        recipe["training"]["stages"] = [{**recipe["training"]["stages"][0], "tokens": options.tokens}]
    options.recipe = recipe
    options.out = options.out or options.model
    data = recipe["data"]
    folder = options.data or REPOSITORY / data["folder"]
    options.files = {suite: folder / f"{suite}.jsonl" for suite in data["sha256"]}
    for suite, file in options.files.items():
        if not file.exists():
            parser.error(f"{file} is missing: make it with `{data['command']}`")
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if data["sha256"][suite] not in (None, found):
            parser.error(f"{file} has SHA-256 {found}, but the recipe expects {data['sha256'][suite]}")
        data["sha256"][suite] = found
    try:
        options.start, options.stage = find_start(recipe, options.model, options.tokens is None)
    except ValueError as error:
        parser.error(str(error))
    options.inputs = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode()).hexdigest()
    if options.fresh:
        checkpoint_file(options.out).unlink(missing_ok=True)
    return options


def find_start(recipe: dict[str, Any], model: Path, restart: bool) -> tuple[Path | None, int | None]:
    """The folder of the model that a training starts from (None: random weights), and the stage that follows.

    With `restart` that is the last stage whose `restart` is the hash of weights that the model's folder has;
    else the recipe's `start`, and no stage (None).

    Raises ValueError when the weights of `start` are not there.
    """
    stages = recipe["training"]["stages"]
    for number in range(len(stages), 0, -1) if restart else ():
        for folder in (model, stage_folder(model, number)):
            if "restart" in stages[number - 1] and weights_hash(folder) == stages[number - 1]["restart"]:
                return folder, number
    if "start" not in recipe:
        return None, None
    start = recipe["start"]
    folder = REPOSITORY / start["model"]
    tried = [folder, stage_folder(folder, start["beforeStage"])] if "beforeStage" in start else [folder]
    for folder in tried:
        if weights_hash(folder) == start["sha256"]:
            return folder, None
    found = ", ".join(f"{folder / 'model.safetensors'} has SHA-256 {weights_hash(folder)}" for folder in tried)
    raise ValueError(f"{found}, but the recipe starts from {start['sha256']}: train {start['model']} first")


if __name__ == "__main__":
    sys.exit(main())
