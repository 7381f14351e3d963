"""Golden values for the metrics and statistics, from NumPy, SciPy and PyTorch.

    python tests/analysis/golden/make.py

Writes logits.json, matrices.json and statistics.json beside itself. Each names the versions and the calls.
"""

import base64
import json
import math
import platform
from pathlib import Path

import numpy as np
import scipy
import scipy.special
import scipy.stats
import torch

HERE = Path(__file__).parent
VERSIONS = {
    "python": platform.python_version(),
    "numpy": np.__version__,
    "scipy": scipy.__version__,
    "torch": torch.__version__,
}
INF = np.float32(np.inf)


def number(value: float) -> float | str | None:
    """JSON has no infinities; NaN stands for what has no value."""
    value = float(value)
    if math.isnan(value):
        return None
    return value if math.isfinite(value) else ("Infinity" if value > 0 else "-Infinity")


def float32(values: np.ndarray) -> str:
    """Base64 of the little-endian bytes."""
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


def write(name: str, calls: dict[str, str], cases: object) -> None:
    content = {"versions": VERSIONS, "calls": calls, "cases": cases}
    (HERE / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


# --- logits: pairs of rows -------------------------------------------------------------------------------


def logit_cases() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    draw = np.random.default_rng(20250)
    width = 48
    base = draw.normal(0, 3, (6, width)).astype(np.float32)
    near = (base + draw.normal(0, 0.3, base.shape)).astype(np.float32)
    coarse = np.round(base * 2).astype(np.float32) / 2
    masked, masked_too = base.copy(), near.copy()
    masked[:, ::5] = -INF
    masked_too[:, ::5] = -INF
    lost = near.copy()
    lost[:, 3] = -INF
    peaked = base.copy()
    peaked[:, 7] += 80
    plus = base.copy()
    plus[2, 9] = INF
    flat = np.zeros((3, width), np.float32)
    flat[1] = 5
    flat[2] = -1e30
    return {
        "random, nearby": (base, near),
        "random, unrelated": (base, draw.normal(0, 3, base.shape).astype(np.float32)),
        "identical": (base, base),
        "ranking reversed": (base, -base),
        "many ties in both": (coarse, np.round(near).astype(np.float32)),
        "constant rows against random": (flat, base[:3]),
        "random against constant rows": (base[:3], flat),
        "entries of -inf in both": (masked, masked_too),
        "-inf only in the variant": (base, lost),
        "+inf in the baseline": (plus, near),
        "large offset in the variant": (base, (near.astype(np.float64) + 1e4).astype(np.float32)),
        "huge logits": ((base * 1e4).astype(np.float32), (near * 1e4).astype(np.float32)),
        "peaked": (peaked, near),
    }


def top_ids(row: np.ndarray, k: int) -> np.ndarray:
    """Largest first, equal ones by the lower id."""
    return np.argsort(-row.astype(np.float64), kind="stable")[:k]


def logits_golden() -> None:
    draw = np.random.default_rng(7)
    cases = []
    for name, (base, variant) in logit_cases().items():
        rows, width = base.shape
        tokens = draw.integers(0, width, rows)
        b, v = torch.tensor(base).double(), torch.tensor(variant).double()
        with np.errstate(all="ignore"):
            kl = scipy.special.rel_entr(torch.softmax(b, 1).numpy(), torch.softmax(v, 1).numpy()).sum(1)
        nll = torch.nn.functional.cross_entropy(v, torch.tensor(tokens), reduction="none")
        expected: dict[str, object] = {
            "logsumexp": [number(x) for x in torch.logsumexp(v, 1)],
            "kl_divergence": [number(x) for x in kl],
            "negative_log_likelihood": [number(x) for x in nll],
            "perplexity": number(torch.exp(nll.mean())),
        }
        for k in (3, 10, 20):
            tau, rho, jaccard = [], [], []
            for x, y in zip(base, variant):
                ids = top_ids(x, k)
                ours, theirs = set(ids.tolist()), set(top_ids(y, k).tolist())
                jaccard.append(len(ours & theirs) / len(ours | theirs))
                with np.errstate(all="ignore"):
                    # Ranks, since scipy forms differences of ranks but refuses infinities in some versions.
                    rank_x = scipy.stats.rankdata(x[ids])
                    rank_y = scipy.stats.rankdata(y[ids])
                    constant = len(set(rank_x)) == 1 or len(set(rank_y)) == 1
                    tau.append(math.nan if constant else scipy.stats.kendalltau(rank_x, rank_y).statistic)
                    rho.append(math.nan if constant else scipy.stats.spearmanr(rank_x, rank_y).statistic)
            expected[f"kendall_tau k={k}"] = [number(x) for x in tau]
            expected[f"spearman_rho k={k}"] = [number(x) for x in rho]
            expected[f"topk_jaccard k={k}"] = [number(x) for x in jaccard]
        cases.append({
            "name": name,
            "rows": rows,
            "width": width,
            "tokens": tokens.tolist(),
            "baseline": float32(base),
            "variant": float32(variant),
            "expected": expected,
        })
    calls = {
        "logsumexp": "torch.logsumexp, float64, of the variant",
        "kl_divergence": "scipy.special.rel_entr(softmax(baseline), softmax(variant)).sum(), torch.softmax in float64",
        "negative_log_likelihood": "torch.nn.functional.cross_entropy(reduction='none'), float64",
        "perplexity": "exp of its mean",
        "top ids": "numpy.argsort(-row, kind='stable')[:k]",
        "kendall_tau": "scipy.stats.kendalltau of scipy.stats.rankdata on the baseline's top ids (tau-b)",
        "spearman_rho": "scipy.stats.spearmanr of the same",
        "topk_jaccard": "Python sets",
    }
    write("logits.json", calls, cases)


# --- matrices: effective ranks ----------------------------------------------------------------------------


def matrices() -> dict[str, np.ndarray]:
    draw = np.random.default_rng(31)

    def with_spectrum(rows: int, columns: int, spectrum: np.ndarray) -> np.ndarray:
        n = min(rows, columns)
        left = np.linalg.qr(draw.normal(size=(rows, n)))[0]
        right = np.linalg.qr(draw.normal(size=(columns, n)))[0]
        return (left * spectrum) @ right.T

    steps = np.arange(40)
    low = draw.normal(size=(40, 3)).astype(np.float32) @ draw.normal(size=(3, 90)).astype(np.float32)
    repeated = np.repeat(draw.normal(size=(5, 90)).astype(np.float32), 8, axis=0)
    return {
        "decaying, wide": with_spectrum(40, 90, 0.7**steps),
        "decaying, tall": with_spectrum(90, 40, 0.7**steps),
        "decaying to 1e-12": with_spectrum(40, 90, 0.5**steps),
        "power law": with_spectrum(40, 90, 1 / (1 + steps)),
        "flat": with_spectrum(40, 90, np.ones(40)),
        "normal": draw.normal(size=(40, 90)),
        "square": draw.normal(size=(40, 40)),
        "rank 3 of 40": low,
        "rank 5 of 40, equal rows": repeated,
        "rank 1": np.outer(draw.normal(size=40), draw.normal(size=90)),
        "large offset": draw.normal(size=(40, 90)) + 1000,
        "tiny": 1e-20 * draw.normal(size=(40, 90)),
        "one outlier": np.where(np.arange(3600).reshape(40, 90) == 77, 1e6, draw.normal(size=(40, 90))),
    }


def effective_rank(spectrum: np.ndarray) -> float:
    return float(np.exp(scipy.stats.entropy(spectrum)))


def matrices_golden() -> None:
    cases = []
    for name, matrix in matrices().items():
        stored = matrix.astype(np.float32)
        a = stored.astype(np.float64)
        centred = a - a.mean(axis=0)
        z = centred / np.linalg.norm(centred, axis=1, keepdims=True)
        cases.append({
            "name": name,
            "rows": a.shape[0],
            "columns": a.shape[1],
            "values": float32(stored),
            "singular_values": np.linalg.svd(a, compute_uv=False).tolist(),
            "erank": effective_rank(np.linalg.svd(a, compute_uv=False)),
            "erank_covariance": effective_rank(np.linalg.svd(z.T @ z / len(z), compute_uv=False)),
        })
    calls = {
        "singular_values": "numpy.linalg.svd(compute_uv=False), float64, of the float32 matrix",
        "erank": "exp(scipy.stats.entropy(singular values))",
        "erank_covariance": "the same of numpy.linalg.svd(Z.T @ Z / N); Z = rows minus their mean, to unit length",
    }
    write("matrices.json", calls, cases)


# --- statistics -----------------------------------------------------------------------------------------


def statistics_golden() -> None:
    draw = np.random.default_rng(5)
    degrees = [1, 1.5, 2, 3, 4.7, 9, 23, 99, 1000, 1e6]
    values = draw.normal(2, 3, 12)
    others = values + draw.normal(0.5, 1, 12)
    strata = [draw.normal(1, 1, 7), draw.normal(2, 3, 15)]
    mean_interval = scipy.stats.ttest_1samp(values, 0).confidence_interval(0.95)
    paired_interval = scipy.stats.ttest_rel(values, others).confidence_interval(0.95)
    # Half the difference of two means is the mean of the means of one sample and the other's negative.
    welch = scipy.stats.ttest_ind(strata[0], -strata[1], equal_var=False).confidence_interval(0.95)
    wilson = []
    for successes, n in [(0, 24), (24, 24), (1, 1), (7, 24), (120, 121), (500, 1000)]:
        interval = scipy.stats.binomtest(successes, n).proportion_ci(0.95, method="wilson")
        wilson.append({"successes": successes, "n": n, "low": interval.low, "high": interval.high})
    cases = {
        "t quantile": [
            {"probability": p, "degrees": d, "quantile": float(scipy.stats.t.ppf(p, d))}
            for p in (0.6, 0.95, 0.975, 0.9995)
            for d in degrees
        ],
        "t": {"values": values.tolist(), "mean": values.mean(), "low": mean_interval.low, "high": mean_interval.high},
        "paired t": {
            "values": values.tolist(),
            "others": others.tolist(),
            "mean": (values - others).mean(),
            "low": paired_interval.low,
            "high": paired_interval.high,
        },
        "stratified t": {
            "strata": [stratum.tolist() for stratum in strata],
            "mean": (strata[0].mean() + strata[1].mean()) / 2,
            "low": welch.low / 2,
            "high": welch.high / 2,
        },
        "wilson": wilson,
    }
    calls = {
        "t quantile": "scipy.stats.t.ppf",
        "t": "scipy.stats.ttest_1samp(...).confidence_interval(0.95)",
        "paired t": "scipy.stats.ttest_rel(...).confidence_interval(0.95)",
        "stratified t": "scipy.stats.ttest_ind(a, -b, equal_var=False).confidence_interval(0.95), halved",
        "wilson": "scipy.stats.binomtest(...).proportion_ci(0.95, method='wilson')",
    }
    write("statistics.json", calls, cases)


if __name__ == "__main__":
    logits_golden()
    matrices_golden()
    statistics_golden()
