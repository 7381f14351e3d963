"""Golden values for the statistics behind the choice of a method, from SciPy.

    python tests/analysis/golden/make_choice.py

Writes choice.json beside itself.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import scipy.stats

draw = np.random.default_rng(11)
differences = draw.normal(-0.01, 0.06, 30)
margin = 0.05
above = scipy.stats.ttest_1samp(differences, -margin, alternative="greater")
below = scipy.stats.ttest_1samp(differences, margin, alternative="less")
inner = scipy.stats.ttest_1samp(differences, 0).confidence_interval(0.9)
few = draw.normal(0.3, 1, 9)
flips = scipy.stats.permutation_test((few,), np.sum, permutation_type="samples", n_resamples=np.inf)
raw = draw.uniform(0, 0.06, 7)
strata = [draw.normal(0.02, 0.1, 6), draw.normal(-0.03, 0.2, 11)]
welch_above = scipy.stats.ttest_ind(strata[0] / 2 + margin, -strata[1] / 2, equal_var=False, alternative="greater")
pair, single = draw.normal(0, 0.1, 2), draw.normal(0, 0.1, 5)
pooled = scipy.stats.ttest_ind(pair, -single).confidence_interval(0.9)
cases = {
    "t tail": [
        {"t": t, "degrees": d, "tail": float(scipy.stats.t.sf(t, d))}
        for t in (-3.0, -0.2, 0.0, 0.7, 2.5, 9.0)
        for d in (1, 2.5, 8, 120)
    ],
    "normal tail": [{"z": z, "tail": float(scipy.stats.norm.sf(z))} for z in (-4.0, -1.0, 0.0, 0.5, 2.9, 3.1, 8.0)],
    "normal quantile": [{"p": p, "z": float(scipy.stats.norm.ppf(p))} for p in (0.9, 0.95, 0.975)],
    "equivalence": {
        "differences": differences.tolist(),
        "margin": margin,
        "equivalence": float(max(above.pvalue, below.pvalue)),
        "nonInferiority": float(above.pvalue),
        "low90": float(inner.low),
        "high90": float(inner.high),
    },
    "stratified": {"strata": [s.tolist() for s in strata], "margin": margin, "nonInferiority": float(welch_above.pvalue)},
    "pooled": {"strata": [pair.tolist(), single.tolist()], "low90": pooled.low / 2, "high90": pooled.high / 2},
    "sign flip": {"differences": few.tolist(), "p": float(flips.pvalue)},
    "mcnemar": [
        {"gained": g, "lost": lost, "p": float(scipy.stats.binomtest(g, g + lost).pvalue)}
        for g, lost in ((0, 5), (3, 9), (4, 4), (1, 0), (12, 40))
    ],
    "holm": {
        "raw": raw.tolist(),
        "adjusted": [
            float(min(1, max((len(raw) - k) * np.sort(raw)[k] for k in range(int(np.sum(raw <= p)))))) for p in raw
        ],
    },
}
calls = {
    "t tail": "scipy.stats.t.sf",
    "normal tail": "scipy.stats.norm.sf",
    "normal quantile": "scipy.stats.norm.ppf",
    "equivalence": "scipy.stats.ttest_1samp(d, -margin, alternative='greater'), (d, margin, alternative='less')",
    "stratified": "scipy.stats.ttest_ind(a / 2 + margin, -b / 2, equal_var=False, alternative='greater')",
    "pooled": "scipy.stats.ttest_ind(a, -b).confidence_interval(0.9), halved",
    "sign flip": "scipy.stats.permutation_test((d,), numpy.sum, permutation_type='samples', n_resamples=inf)",
    "mcnemar": "scipy.stats.binomtest(gained, gained + lost)",
    "holm": "step-down by its definition in NumPy: max over ranks k of (m - k) p(k), cut at 1",
}
content = {"versions": {"numpy": np.__version__, "scipy": scipy.__version__}, "calls": calls, "cases": cases}
Path(__file__).with_name("choice.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
