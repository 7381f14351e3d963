"""Trains a tiny agent model of our own from scratch: `python train.py data/models/tiny-agent`.

The folder's recipe.json says everything; the model, its tokenizer and the loss curve are written beside
it. Ctrl-C saves the state, and the same command goes on from there.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import math
import signal
import sys
import time
from pathlib import Path
from typing import Any

import torch
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from train_checkpoint import load_checkpoint, save_checkpoint, write_atomically
from train_data import IGNORED, Tokens, collate, plan_batches, read_conversations, tokenize
from train_tokenizer import train_tokenizer

STEPS_PER_LOG_ROW = 50
REPOSITORY = Path(__file__).resolve().parents[2]


def main() -> int:
    options = parse_options()
    torch.set_num_threads(options.threads)
    try:
        conversations = read_conversations(options.data, options.recipe["data"]["records"])
        tokenizer = make_tokenizer(options.recipe, conversations)
        state = load_checkpoint(options.checkpoint, options.inputs)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    tokens = tokenize(tokenizer, conversations)
    model = make_model(options.recipe, tokenizer)
    finished = train(model, tokens, options, state)
    export(model, tokenizer, options.out)
    return 0 if finished else 130


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder with recipe.json")
    parser.add_argument("--out", type=Path, help="folder to write to (default: the model's folder)")
    parser.add_argument("--data", type=Path, help="file of conversations (default: the recipe's)")
    parser.add_argument("--tokens", type=int, help="another budget than the recipe's; 0 writes a random model")
    parser.add_argument("--threads", type=int, default=2, help="threads of torch (default: 2)")
    parser.add_argument("--fresh", action="store_true", help="forget a saved state and start anew")
    options = parser.parse_args()
    try:
        recipe = json.loads((options.model / "recipe.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        parser.error(f"cannot read the recipe: {error}")
    if options.tokens is not None:
        recipe["training"]["tokens"] = options.tokens
    options.recipe = recipe
    options.out = options.out or options.model
    options.data = options.data or REPOSITORY / recipe["data"]["file"]
    if not options.data.exists():
        parser.error(f"{options.data} is missing: make it with `{recipe['data']['command']}`")
    found = hashlib.sha256(options.data.read_bytes()).hexdigest()
    if recipe["data"].get("sha256") not in (None, found):
        parser.error(f"{options.data} has SHA-256 {found}, but the recipe expects {recipe['data']['sha256']}")
    options.inputs = hashlib.sha256((json.dumps(recipe, sort_keys=True) + found).encode()).hexdigest()
    options.checkpoint = options.out / "training" / "checkpoint.pt"
    if options.fresh:
        options.checkpoint.unlink(missing_ok=True)
    return options


def make_tokenizer(recipe: dict[str, Any], conversations: list[list[dict[str, str]]]) -> PreTrainedTokenizerFast:
    part = conversations[: recipe["tokenizer"]["records"]]
    texts = (f"{message['role']}\n{message['content']}" for messages in part for message in messages)
    return train_tokenizer(texts, recipe["tokenizer"]["vocabulary"], recipe["model"]["max_position_embeddings"])


def make_model(recipe: dict[str, Any], tokenizer: PreTrainedTokenizerFast) -> LlamaForCausalLM:
    settings = dict(recipe["model"])
    rope = {"rope_type": "default", "rope_theta": settings.pop("rope_theta")}
    torch.manual_seed(recipe["seed"])
    return LlamaForCausalLM(
        LlamaConfig(
            **settings,
            rope_parameters=rope,
            vocab_size=recipe["tokenizer"]["vocabulary"],
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def train(model: LlamaForCausalLM, tokens: Tokens, options: argparse.Namespace, state: dict[str, Any] | None) -> bool:
    """Runs the training to its end, or until an interrupt; True when it has ended."""
    recipe = options.recipe["training"]
    batches = plan_batches(
        tokens.lengths, recipe["tokens"], recipe["batch_size"], recipe["curriculum"], options.recipe["seed"]
    )
    optimizer = make_optimizer(model, recipe)
    state = state or {"step": 0, "tokens": 0, "seconds": 0.0, "rows": []}
    if "model" in state:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
    interrupted: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _: interrupted.append(number))
    began = saved = time.monotonic()
    earlier, losses = state["seconds"], []
    total = sum(int(tokens.lengths[batch].sum()) for batch in batches)

    def save() -> None:
        state.update(inputs=options.inputs, model=model.state_dict(), optimizer=optimizer.state_dict())
        save_checkpoint(options.checkpoint, state)
        write_atomically(options.out / "loss.csv", loss_csv(state["rows"]))

    model.train()
    for step in range(state["step"], len(batches)):
        rate = learning_rate(step, len(batches), recipe)
        losses.append(take_step(model, optimizer, *collate(tokens, batches[step]), rate, recipe["gradient_clip"]))
        state["step"] = step + 1
        state["tokens"] += int(tokens.lengths[batches[step]].sum())
        state["seconds"] = earlier + time.monotonic() - began
        if state["step"] % STEPS_PER_LOG_ROW == 0 or state["step"] == len(batches):
            loss = math.fsum(losses) / len(losses)
            losses.clear()
            state["rows"].append([state["step"], state["tokens"], round(state["seconds"], 1), rate, loss])
            left = state["seconds"] / state["tokens"] * (total - state["tokens"])
            print(
                f"step {state['step']}/{len(batches)}  {state['tokens'] / 1e6:.2f} M tokens  loss {loss:.4f}  "
                f"{state['tokens'] / state['seconds']:.0f} tokens/s  {left / 60:.1f} min left",
                flush=True,
            )
        if interrupted or time.monotonic() - saved > recipe["checkpoint_seconds"]:
            save()
            saved = time.monotonic()
        if interrupted:
            print(f"Interrupted; the same command goes on from step {state['step']}", file=sys.stderr)
            return False
    save()
    return True


def make_optimizer(model: LlamaForCausalLM, recipe: dict[str, Any]) -> torch.optim.AdamW:
    matrices = [p for p in model.parameters() if p.dim() > 1]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    groups = [
        {"params": matrices, "weight_decay": recipe["weight_decay"]},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=recipe["learning_rate"], betas=tuple(recipe["betas"]), fused=True)


def learning_rate(step: int, steps: int, recipe: dict[str, Any]) -> float:
    """Linear warm-up, then half a cosine down to the final rate."""
    peak, final, warmup = recipe["learning_rate"], recipe["final_learning_rate"], recipe["warmup_steps"]
    if step < warmup:
        return peak * (step + 1) / warmup
    progress = (step - warmup) / max(1, steps - warmup)
    return final + (peak - final) * 0.5 * (1 + math.cos(math.pi * progress))


def take_step(
    model: LlamaForCausalLM,
    optimizer: torch.optim.AdamW,
    ids: torch.Tensor,
    targets: torch.Tensor,
    rate: float,
    clip: float,
) -> float:
    """One step on the answers' cross-entropy (nats a token), which it returns."""
    for group in optimizer.param_groups:
        group["lr"] = rate
    # No attention mask: the padding is on the right, where causal attention never looks back from.
    hidden = model.model(input_ids=ids, use_cache=False).last_hidden_state
    answers = targets != IGNORED
    loss = torch.nn.functional.cross_entropy(model.lm_head(hidden[answers]), targets[answers])
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    return loss.item()


def loss_csv(rows: list[list[float]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["step", "tokens", "seconds", "learning_rate", "loss"])
    writer.writerows([[step, tokens, seconds, f"{rate:.6g}", f"{loss:.5f}"] for step, tokens, seconds, rate, loss in rows])
    return text.getvalue().encode()


def export(model: LlamaForCausalLM, tokenizer: PreTrainedTokenizerFast, out: Path) -> None:
    """Writes the model in bfloat16 and its tokenizer in the layout of Hugging Face."""
    stops = [tokenizer.eos_token_id, tokenizer.pad_token_id]
    model.generation_config = GenerationConfig(
        do_sample=False, eos_token_id=stops, pad_token_id=tokenizer.pad_token_id
    )
    model.to(torch.bfloat16).save_pretrained(out)
    tokenizer.save_pretrained(out)


if __name__ == "__main__":
    sys.exit(main())
