"""The training loop: cross-entropy of the answers, with checkpoints and a log of the loss."""

from __future__ import annotations

import csv
import io
import math
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from transformers import LlamaForCausalLM

from train_checkpoint import checkpoint_file, save_checkpoint, write_atomically
from train_data import IGNORED, Tokens, batch_size, collate
from train_muon import Muon
from train_restart import restart_steps, stage_folder, tell_other_weights

STEPS_PER_LOG_ROW = 50


def train(
    model: LlamaForCausalLM,
    tokens: dict[str, Tokens],
    plan: list[list[list[tuple[str, int]]]],
    recipe: dict[str, Any],
    state: dict[str, Any] | None,
    inputs: str,
    out: Path,
    export: Callable[[Path], None],
) -> bool:
    """Runs the training to its end, or until an interrupt; True when it has ended.

    `plan` holds the batches of every stage. `state` is a saved one to go on from, `inputs` the hash that a
    saved state is recognised by; the state and loss.csv are written below `out`. `export` writes the model
    into a folder and rounds its weights to what was written, before each stage that has a `restart`.
    """
    batches = [batch for stage in plan for batch in stage]
    restarts = restart_steps(plan, recipe["stages"])
    ends = {*restarts, len(batches)}
    rates = [
        learning_rate(step, len(stage), settings)
        for stage, settings in zip(plan, recipe["stages"], strict=True)
        for step in range(len(stage))
    ]
    optimizers = make_optimizers(model, recipe)
    state = state or {"step": 0, "tokens": 0, "seconds": 0.0, "rows": []}
    if "model" in state:
        model.load_state_dict(state["model"])
        for optimizer, saved_state in zip(optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(saved_state)
    interrupted: list[int] = []
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda number, _: interrupted.append(number))
    began = saved = time.monotonic()
    earlier, losses = state["seconds"], SuiteLosses(sorted(tokens))
    total = sum(batch_size(tokens, batch) for batch in batches)

    def save() -> None:
        state.update(inputs=inputs, model=model.state_dict(), optimizers=[o.state_dict() for o in optimizers])
        save_checkpoint(checkpoint_file(out), state)
        write_atomically(out / "loss.csv", loss_csv(state["rows"], sorted(tokens)))

    model.train()
    for step in range(state["step"], len(batches)):
        if step in restarts:
            folder = stage_folder(out, restarts[step])
            export(folder)
            tell_other_weights(folder, recipe["stages"][restarts[step] - 1]["restart"])
            optimizers = make_optimizers(model, recipe)
        inputs_and_targets = collate(tokens, batches[step])
        loss_by_token = take_step(model, optimizers, *inputs_and_targets, rates[step], recipe["gradient_clip"])
        losses.add(batches[step], inputs_and_targets[1], loss_by_token)
        state["step"] = step + 1
        state["tokens"] += batch_size(tokens, batches[step])
        state["seconds"] = earlier + time.monotonic() - began
        if state["step"] % STEPS_PER_LOG_ROW == 0 or state["step"] in ends:
            means = losses.take()
            rows = [state["step"], state["tokens"], round(state["seconds"], 1), rates[step], *means.values()]
            state["rows"].append(rows)
            left = state["seconds"] / state["tokens"] * (total - state["tokens"])
            shown = "  ".join(f"{suite} {mean:.3f}" for suite, mean in means.items() if mean is not None)
            print(
                f"step {state['step']}/{len(batches)}  {state['tokens'] / 1e6:.2f} M tokens  {shown}  "
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


def make_optimizers(model: LlamaForCausalLM, recipe: dict[str, Any]) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the blocks, AdamW for the embeddings (with its decay) and the norms."""
    blocks = [p for p in model.model.layers.parameters() if p.dim() > 1]
    in_blocks = set(map(id, blocks))
    embeddings = [p for p in model.parameters() if p.dim() > 1 and id(p) not in in_blocks]
    vectors = [p for p in model.parameters() if p.dim() == 1]
    decay, betas = recipe["weight_decay"], tuple(recipe["betas"])
    groups = [{"params": embeddings, "weight_decay": decay}, {"params": vectors, "weight_decay": 0.0}]
    if recipe["optimizer"] == "adamw":
        groups[0]["params"] += blocks
        return [torch.optim.AdamW(groups, betas=betas, fused=True)]
    return [Muon(blocks, 0.0, recipe["momentum"], decay), torch.optim.AdamW(groups, betas=betas, fused=True)]


def learning_rate(step: int, steps: int, stage: dict[str, Any]) -> float:
    """Linear warm-up, then half a cosine down to the final rate."""
    peak, final, warmup = stage["learning_rate"], stage["final_learning_rate"], stage["warmup_steps"]
    if step < warmup:
        return peak * (step + 1) / warmup
    progress = (step - warmup) / max(1, steps - warmup)
    return final + (peak - final) * 0.5 * (1 + math.cos(math.pi * progress))


def take_step(
    model: LlamaForCausalLM,
    optimizers: list[torch.optim.Optimizer],
    ids: torch.Tensor,
    targets: torch.Tensor,
    rate: float,
    clip: float,
) -> torch.Tensor:
    """One step on the mean cross-entropy of what is learnt; returns that of each learnt token, in nats."""
    # No attention mask: the padding is on the right, where causal attention never looks back from.
    hidden = model.model(input_ids=ids, use_cache=False).last_hidden_state
    answers = targets != IGNORED
    losses = torch.nn.functional.cross_entropy(model.lm_head(hidden[answers]), targets[answers], reduction="none")
    losses.mean().backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    for optimizer in optimizers:
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
    return losses.detach()


class SuiteLosses:
    """Sums of the learnt tokens' losses, by suite."""

    def __init__(self, suites: list[str]) -> None:
        self._sums = {suite: [0.0, 0] for suite in suites}

    def add(self, batch: list[tuple[str, int]], targets: torch.Tensor, losses: torch.Tensor) -> None:
        """Adds the losses [learnt tokens] of a batch, in the order of its targets [batch, length]."""
        counts = (targets != IGNORED).sum(dim=1).tolist()
        for (suite, _), part in zip(batch, losses.double().split(counts), strict=True):
            self._sums[suite][0] += part.sum().item()
            self._sums[suite][1] += len(part)

    def take(self) -> dict[str, float | None]:
        """Mean loss of each suite, None for one without tokens; starts again from nothing."""
        means = {suite: total / count if count else None for suite, (total, count) in self._sums.items()}
        self._sums = {suite: [0.0, 0] for suite in self._sums}
        return means


def loss_csv(rows: list[list[Any]], suites: list[str]) -> bytes:
    """The log of a training; the columns of the suites hold their mean loss in nats a token."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["step", "tokens", "seconds", "learning_rate", *suites])
    for step, tokens, seconds, rate, *losses in rows:
        shown = ["" if loss is None else f"{loss:.5f}" for loss in losses]
        writer.writerow([step, tokens, seconds, f"{rate:.6g}", *shown])
    return text.getvalue().encode()
