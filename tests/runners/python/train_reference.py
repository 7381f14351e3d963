"""What the training scripts do, as numbers for train_test.ts: `python train_reference.py TRAIN_FOLDER` (JSON)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "runners/python"))

from train_data import Conversation, batch_size, collate, plan_batches, read_conversations, tokenize  # noqa: E402
from train_model import grow, make_model  # noqa: E402
from train_muon import Muon, orthogonalise  # noqa: E402
from train_tokenizer import train_tokenizer  # noqa: E402


def muon() -> dict[str, object]:
    """Singular values after orthogonalising, and one step against torch.optim.Muon, which computes in bfloat16."""
    torch.manual_seed(0)
    matrices = torch.randn(3, 24, 64) @ torch.diag(torch.logspace(0, -1, 64))
    values = torch.linalg.svdvals(orthogonalise(matrices).double())
    tall = torch.linalg.svdvals(orthogonalise(matrices.mT).double())
    ours, theirs = (torch.nn.Parameter(torch.randn(24, 64, generator=torch.Generator().manual_seed(1))) for _ in range(2))
    start = ours.detach().clone()
    optimizers = [
        Muon([ours], lr=0.1, momentum=0.95, weight_decay=0.1),
        torch.optim.Muon([theirs], lr=0.1, momentum=0.95, weight_decay=0.1, adjust_lr_fn="match_rms_adamw"),
    ]
    for _ in range(3):
        for parameter, optimizer in zip((ours, theirs), optimizers):
            parameter.grad = (parameter.detach() - 1) ** 3
            optimizer.step()
    a, b = (ours.detach() - start).flatten(), (theirs.detach() - start).flatten()
    return {
        "singularValues": [values.min().item(), values.max().item()],
        "tall": [tall.min().item(), tall.max().item()],
        "cosine": torch.nn.functional.cosine_similarity(a, b, dim=0).item(),
        "lengthRatio": (a.norm() / b.norm()).item(),
    }


def data(folder: Path) -> dict[str, object]:
    """What is learnt of conversations, and the shares of a plan."""
    suites = {file.stem: read_conversations(file, 60) for file in sorted(folder.glob("*.jsonl"))}
    tokenizer = train_tokenizer([c for part in suites.values() for c in part], 400, 2048)
    tokens = {suite: tokenize(tokenizer, part) for suite, part in suites.items()}
    learnt, whole = {}, {}
    for suite, part in tokens.items():
        ids, targets = collate(tokens, [(suite, 0)])
        learnt[suite] = tokenizer.decode(targets[0][targets[0] >= 0])
        whole[suite] = tokenizer.decode(ids[0])
    mix = {"household": 0.6, "longbench": 0.3, "needle_in_a_haystack": 0.1}
    stages = [
        {"tokens": 4000, "batch_tokens": 600, "max_tokens": 300, "mix": {"longbench": 1}},
        {"tokens": 150_000, "batch_tokens": 2500, "mix": mix},
    ]
    plan = plan_batches(tokens, stages, seed=3)
    used = {suite: sum(int(tokens[s].lengths[i]) for batch in plan[1] for s, i in batch if s == suite) for suite in mix}
    return {
        "learnt": learnt,
        "whole": whole,
        "shares": {suite: count / sum(used.values()) for suite, count in used.items()},
        "stageTokens": [sum(batch_size(tokens, batch) for batch in stage) for stage in plan],
        "longestOfFirstStage": max(int(tokens[s].lengths[i]) for batch in plan[0] for s, i in batch),
        "widestBatch": max(len(batch) * max(int(tokens[s].lengths[i]) for s, i in batch) for batch in plan[1] if len(batch) > 1),
        "repeatable": plan == plan_batches(tokens, stages, seed=3) and plan != plan_batches(tokens, stages, seed=4),
    }


def growth() -> dict[str, object]:
    """A model and the wider one that was grown from it: how far their logits are apart, and what learns."""
    tokenizer = train_tokenizer([Conversation([{"role": "user", "content": "one two three"}], True)], 265, 64)
    size = {"num_hidden_layers": 2, "max_position_embeddings": 64, "rope_theta": 10000.0, "tie_word_embeddings": True}
    narrow = {"hidden_size": 32, "num_attention_heads": 2, "num_key_value_heads": 2, "intermediate_size": 48, **size}
    wide = {"hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 4, "intermediate_size": 80, **size}
    models = [make_model({"seed": seed, "model": {**part, "initializer_range": 0.3}}, tokenizer, None) for seed, part in ((1, narrow), (2, wide))]
    ids = torch.arange(40).reshape(2, 20) % len(tokenizer)
    before = (models[0](ids).logits - models[1](ids).logits).abs().max().item()
    grow(*models)
    logits = [model(ids).logits for model in models]
    logits[1].logsumexp(dim=-1).mean().backward()
    # new parts that write nothing yet, but are to learn
    writer = models[1].model.layers[0].self_attn.o_proj.weight.grad[:, 32:].abs().max().item()
    stream = models[1].model.embed_tokens.weight.grad[:, 32:].abs().max().item()
    try:
        grow(models[1], models[0])
        refused = ""
    except ValueError as error:
        refused = str(error)
    return {
        "before": before,
        "after": (logits[0] - logits[1]).abs().max().item(),
        "scale": logits[0].abs().max().item(),
        "gradients": [writer, stream],
        "refused": refused,
    }


if __name__ == "__main__":
    torch.set_num_threads(1)
    np.seterr(all="raise")
    print(json.dumps({"muon": muon(), "growth": growth(), "data": data(Path(sys.argv[1]))}))
