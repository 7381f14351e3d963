"""Golden values for the metrics beyond the papers, from NumPy, SciPy, PyTorch and scikit-learn.

    python tests/analysis/golden/make_beyond.py

Writes beyond.json beside itself, with the versions and the calls.
"""

import json

import numpy as np
import scipy.special
import sklearn
import torch
from make import HERE, VERSIONS, float32, number
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

BINS = 15
SURE = 0.9


def logits_case(draw: np.random.Generator, offset: float) -> dict:
    """A baseline, a variant and tokens that the variant often finds most likely."""
    rows, width = 80, 24
    base = draw.normal(0, 3, (rows, width)).astype(np.float32)
    base[: rows // 2] *= 2  # half of the rows are peaked, so that all bins are met
    variant = (base + draw.normal(0, 1.5, base.shape) + offset).astype(np.float32)
    tokens = np.where(draw.random(rows) < 0.7, base.argmax(1), draw.integers(0, width, rows))
    b, v = base.astype(np.float64), variant.astype(np.float64)
    p = scipy.special.softmax(v, axis=1)
    confidence, hits = p.max(1), (p.argmax(1) == tokens).astype(int)
    accuracy, mean_confidence = calibration_curve(hits, confidence, n_bins=BINS, strategy="uniform")
    sizes = np.histogram(confidence, np.linspace(0, 1, BINS + 1))[0]
    brier = [brier_score_loss([t], row[None], labels=list(range(width)), scale_by_half=False)
             for row, t in zip(p, tokens)]
    centred = [-torch.logsumexp(torch.tensor(x - x.mean(1, keepdims=True)), 1) for x in (b, v)]
    flips = (b.argmax(1) != v.argmax(1)).astype(int)
    sure = scipy.special.softmax(b, axis=1).max(1) >= SURE
    return {
        "width": width,
        "tokens": tokens.tolist(),
        "baseline": float32(base),
        "variant": float32(variant),
        "expected_calibration_error": number(np.average(np.abs(accuracy - mean_confidence), weights=sizes[sizes > 0])),
        "brier_score": [number(x) for x in brier],
        "energy_shift_centred": [number(x) for x in (centred[0] - centred[1]).abs()],
        "top1_flip baseline=any": flips.tolist(),
        "top1_flip baseline=sure": [int(f) if s else None for f, s in zip(flips, sure)],
    }


def hsic_unbiased(k: np.ndarray, l: np.ndarray) -> float:
    """Song et al. 2012, Eq. 5, from the whole kernels."""
    n = len(k)
    k, l = (m - np.diag(np.diag(m)) for m in (k, l))
    return (np.trace(k @ l) + k.sum() * l.sum() / ((n - 1) * (n - 2)) - 2 * (k @ l).sum() / (n - 2)) / (n * (n - 3))


def hsic(k: np.ndarray, l: np.ndarray) -> float:
    """Kornblith et al. 2019, Eq. 3, with the centring matrix."""
    n = len(k)
    h = np.eye(n) - 1 / n
    return np.trace(k @ h @ l @ h) / (n - 1) ** 2


def states_case(draw: np.random.Generator, rows: int, width: int, noise: float) -> dict:
    base = (draw.normal(0, 1, (rows, width)) * np.geomspace(4, 0.1, width) + 3).astype(np.float32)
    turned = base @ np.linalg.qr(draw.normal(size=(width, width)))[0]
    variant = (2 * turned + noise * draw.normal(size=base.shape)).astype(np.float32)
    kernels = [x @ x.T for x in (base.astype(np.float64), variant.astype(np.float64))]
    a = variant.astype(np.float64)

    def aligned(of) -> float:
        k, l = kernels
        return float(of(k, l) / np.sqrt(of(k, k) * of(l, l)))

    return {
        "width": width,
        "baseline": float32(base),
        "variant": float32(variant),
        "cka biased": aligned(hsic),
        "cka unbiased": aligned(hsic_unbiased),
        "spectral_norm": float(np.linalg.norm(a, 2)),
        "stable_rank": float((np.linalg.norm(a, "fro") / np.linalg.norm(a, 2)) ** 2),
    }


if __name__ == "__main__":
    draw = np.random.default_rng(2026)
    content = {
        "versions": {**VERSIONS, "scikit-learn": sklearn.__version__},
        "calls": {
            "expected_calibration_error": "sklearn.calibration.calibration_curve(n_bins=15, strategy='uniform'), "
            "weighted by numpy.histogram",
            "brier_score": "sklearn.metrics.brier_score_loss(scale_by_half=False) of scipy.special.softmax, a row at a time",
            "energy_shift_centred": "torch.logsumexp of the rows less numpy.mean, float64",
            "top1_flip": "numpy.argmax; sure where scipy.special.softmax gives 0.9 or more",
            "cka": "the HSIC formulas on whole N x N kernels in numpy, with the centring matrix or zeroed diagonals",
            "spectral_norm": "numpy.linalg.norm(A, 2)",
            "stable_rank": "(numpy.linalg.norm(A, 'fro') / numpy.linalg.norm(A, 2)) ** 2",
        },
        "cases": {
            "logits": [logits_case(draw, 0.0), logits_case(draw, 500.0)],
            "states": [states_case(draw, 12, 30, 0.3), states_case(draw, 30, 12, 1.0), states_case(draw, 50, 7, 5.0)],
        },
    }
    (HERE / "beyond.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
