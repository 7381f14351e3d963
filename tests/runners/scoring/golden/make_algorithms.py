"""Golden values of the algorithms that the scorers stand on, from the packages themselves.

Run: python make_algorithms.py > algorithms.json
CPython 3.11, networkx 3.6.1, rouge 1.0.1, rouge_score 0.1.2, nltk 3.10.4, thefuzz 0.19.0, numpy 2.4.6
"""

import difflib
import json
import platform
import random
import warnings
from importlib.metadata import version

warnings.simplefilter("ignore")

import networkx as nx
import numpy as np
from nltk.stem.porter import PorterStemmer
from rouge import Rouge
from rouge_score import rouge_scorer
from thefuzz import fuzz

WORDS = (
    "the a of sandwich sandwiches eating eaten park sunny days day's best thing San Francisco sit sitting "
    "generously relational conditional digitizer radically vietnamization operator feudalism hopefulness "
    "sensibility triplicate formalize electrical goodness revival allowance inference airliner adjustable "
    "replacement adoption communism angularity effective probate rate cease controlling rolled theology "
    "skies dying flies dies spied died happy enjoy by sky agreed feed plastered hopping falling filing "
    "yyy syzygy toy bees caresses ponies ties cats fully carefully x1 42 3rd").split()


def text(rng, alphabet, length):
    return "".join(rng.choice(alphabet) for _ in range(length))


def pairs(rng):
    out = [("", ""), ("a", ""), ("", "a"), ("abc", "abc"), ("abxcd", "abcd"), ("😀a😀", "a😀"), (" abcd", "abcd abcd")]
    for alphabet, lengths in (("ab", (5, 40)), ("abcdefgh ", (20, 120)), ("abcdefghijklmnopqrstuvwxyz    ", (150, 260))):
        for _ in range(25):
            a = text(rng, alphabet, rng.randint(*lengths))
            b = list(a) if rng.random() < 0.6 else list(text(rng, alphabet, rng.randint(*lengths)))
            for _ in range(rng.randint(0, 8)):
                at = rng.randrange(len(b) + 1)
                b[at:at + rng.randint(0, 4)] = text(rng, alphabet, rng.randint(0, 4))
            out.append((a, "".join(b)))
    return out


def difflib_cases(rng):
    return [[a, b, difflib.SequenceMatcher(None, a, b).ratio(), difflib.SequenceMatcher(None, a, b, autojunk=False).ratio(),
             fuzz.ratio(a, b)] for a, b in pairs(rng)]


def token_set_cases(rng):
    parts = ["natural", "hair", "long-lasting", "long lasting", "Café", "café!", "20 inch", "20inch", "#1b", "100%", "北京",
             "x_y", "ﬁne", "ÀB", "", "  ", "...", "Ünder", "(b, a)", "naïve"]
    cases = []
    for _ in range(60):
        a = " ".join(rng.choice(parts) for _ in range(rng.randint(0, 4)))
        b = " ".join(rng.choice(parts) for _ in range(rng.randint(0, 4)))
        cases.append([a, b, fuzz.token_set_ratio(a, b)])
    return cases


def sentence_text(rng):
    words = [rng.choice(WORDS[:14]) for _ in range(rng.randint(0, 25))]
    out = ""
    for word in words:
        out += word + rng.choice([" ", " ", " ", ". ", "  ", "\n", ".", "\u3000", ""])
    return out


def rouge_cases(rng):
    cases = []
    texts = [(sentence_text(rng), sentence_text(rng)) for _ in range(60)]
    texts += [("", "x"), ("x", ""), (".", "x"), ("...", "..."), (" ", " "), ("a.b", "a. b"), ("a b c", "a b c"), (" . ", "x y")]
    for hyp, ref in texts:
        try:
            score = Rouge().get_scores([hyp], [ref], avg=True)
            cases.append([hyp, ref, [score[m][s] for m in ("rouge-1", "rouge-2", "rouge-l") for s in "rpf"]])
        except Exception as error:
            cases.append([hyp, ref, str(error)])
    return cases


def stemmed_cases(rng):
    scorer = rouge_scorer.RougeScorer(["rouge1"], use_stemmer=True)
    out = []
    for _ in range(30):
        a = " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 12)))
        b = " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 12)))
        out.append([a, b, scorer.score(a, b)["rouge1"].fmeasure])
    return out


def stems(rng):
    stemmer = PorterStemmer()
    endings = ["", "s", "es", "ies", "ed", "ing", "eed", "ational", "ization", "fulness", "alli", "logi", "fulli", "ement",
               "ion", "sion", "tion", "er", "ly", "y", "e", "ll", "ate", "able", "ousli", "biliti", "iviti", "ied", "ness"]
    words = list(WORDS)
    for _ in range(400):
        words.append(text(rng, "bcdfghlmnprstvwxyz" + "aeiou" * 3, rng.randint(0, 6)) + rng.choice(endings))
    words = [w.lower() for w in words if w.isalnum()]
    return [[w, stemmer.stem(w)] for w in sorted(set(words))]


def matchings(rng):
    cases = []
    for _ in range(150):
        n, m = rng.randint(1, 7), rng.randint(1, 7)
        levels = rng.choice([[1.0], [0.7, 0.9], [0.61, 0.75, 1.0, 1.0000001192092896], None])
        edges = []
        for i in range(n):
            for j in range(m):
                w = rng.random() if levels is None else rng.choice(levels + [0.1])
                if w > 0.6:
                    edges.append([i, j, w])
        graph = nx.Graph()
        for i, j, w in edges:
            graph.add_edge(i, str(j), weight=np.float64(w))
        pairs = {}
        for a, b in nx.max_weight_matching(graph):
            a, b = (a, b) if isinstance(a, int) else (b, a)
            pairs[a] = int(b)
        cases.append([edges, sorted(pairs.items())])
    return cases


def orders(rng):
    cases = []
    for _ in range(60):
        n = rng.randint(0, 8)
        edges = [(rng.randrange(n), rng.randrange(n)) for _ in range(rng.randint(0, 2 * n))] if n else []
        if rng.random() < 0.8:
            edges = [(min(e), max(e)) for e in edges if e[0] != e[1]]
        graph = nx.DiGraph()
        graph.add_nodes_from(range(n))
        graph.add_edges_from(edges)
        try:
            found = []
            for order in nx.all_topological_sorts(graph):
                found.append(order)
                if len(found) == 20:
                    break
        except nx.NetworkXUnfeasible:
            found = None
        cases.append([n, edges, found])
    return cases


def means(rng):
    out = []
    for n in (0, 1, 5, 8, 9, 31, 127, 128, 129, 300, 1001):
        values = [rng.choice([0.0, 1.0, 1 / 3, rng.random()]) for _ in range(n)]
        mean = float(np.mean(values)) if n else None
        out.append([values if n < 40 else None, n, mean, None if mean is None else float(np.round(mean, 4))])
    return [c for c in out if c[0] is not None]


def shuffles():
    out = []
    for n, seed in ((10, 233), (7405, 233), (5, 0), (100, 4294967295)):
        items = list(range(n))
        random.Random(seed).shuffle(items)
        out.append([n, seed, items[:12]])
    return out


def main():
    rng = random.Random(11)
    names = ["networkx", "rouge", "rouge_score", "nltk", "thefuzz", "numpy"]
    print(json.dumps({
        "source": ", ".join([f"CPython {platform.python_version()}"] + [f"{n} {version(n)}" for n in names]),
        "difflib": difflib_cases(rng),
        "tokenSetRatio": token_set_cases(rng),
        "rouge": rouge_cases(rng),
        "stemmedRouge1": stemmed_cases(rng),
        "stems": stems(rng),
        "matchings": matchings(rng),
        "orders": orders(rng),
        "means": means(rng),
        "shuffles": shuffles(),
    }, indent=None).replace("]], ", "]],\n"))


main()
