"""The same work as the row kernels in numpy, SciPy and torch, for `deno task bench`.

Reads one request a line as JSON from standard input and answers each with one line of JSON. Logits are made up:
normal with a standard deviation of 3, the variant's with noise of 0.3 on top.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

CHECKED_ROWS = 32
"""Rows whose results are held against float64."""

CHUNK_ROWS = 16
"""Rows that torch takes at a time in the fused work: they stay in the cache."""

Arrays = tuple[np.ndarray, np.ndarray]


def write_logits(path: Path, values: np.ndarray, tokens: np.ndarray) -> None:
    """Writes a log of logits as the runners do: Arrow IPC, uncompressed."""
    rows, width = values.shape
    item = pa.field("item", pa.float32(), nullable=False)
    columns = {
        "sample_id": pa.array(["s"] * rows),
        "token_index": pa.array(np.arange(rows, dtype=np.int32)),
        "position": pa.array(np.arange(rows, dtype=np.int32)),
        "token_id": pa.array(tokens),
        "logits": pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)),
                                                    type=pa.list_(item, width)),
    }
    table = pa.table(columns)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=max(1, (16 << 20) // (4 * width)))


def make(folder: str, rows: int, vocabulary: int) -> dict:
    """Makes both files."""
    random = np.random.default_rng(0)
    baseline = random.standard_normal((rows, vocabulary), np.float32)
    baseline *= 3
    variant = random.standard_normal((rows, vocabulary), np.float32)
    variant *= np.float32(0.3)
    variant += baseline
    tokens = random.integers(0, vocabulary, rows, np.int32)
    write_logits(Path(folder) / "baseline.arrow", baseline, tokens)
    write_logits(Path(folder) / "variant.arrow", variant, tokens)
    return {}


def make_large(path: str, gigabytes: float, vocabulary: int) -> dict:
    """Writes a log of about so many gigabytes, the same few batches again and again."""
    random = np.random.default_rng(0)
    rows = max(1, (16 << 20) // (4 * vocabulary))
    batches = []
    for _ in range(4):
        values = random.standard_normal((rows, vocabulary), np.float32) * np.float32(3)
        vectors = pa.FixedSizeListArray.from_arrays(
            pa.array(values.reshape(-1)),
            type=pa.list_(pa.field("item", pa.float32(), nullable=False), vocabulary))
        batches.append(vectors)
    count = max(1, round(gigabytes * 1e9 / (rows * vocabulary * 4)))
    names = ["sample_id", "token_index", "position", "token_id", "logits"]
    with pa.OSFile(path, "wb") as sink:
        writer = None
        for index in range(count):
            place = pa.array(np.arange(rows, dtype=np.int32) + np.int32(index * rows))
            tokens = pa.array(random.integers(0, vocabulary, rows, np.int32))
            columns = [pa.array(["s"] * rows), place, place, tokens, batches[index % 4]]
            batch = pa.record_batch(columns, names)
            writer = writer or pa.ipc.new_file(sink, batch.schema)
            writer.write_batch(batch)
        writer.close()
    return {}


def load(path: str) -> np.ndarray:
    with pa.memory_map(path) as source:
        table = pa.ipc.open_file(source).read_all()
        column = table.column("logits")
        width = column.type.list_size
        return np.concatenate([chunk.flatten().to_numpy().reshape(-1, width)
                               for chunk in column.chunks])


def reference(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Five numbers a row in float64: both logsumexps, KL(a || b), both entropies."""
    a, b = a[:CHECKED_ROWS].astype(np.float64), b[:CHECKED_ROWS].astype(np.float64)

    def parts(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        largest = x.max(1, keepdims=True)
        rest = np.log(np.exp(x - largest).sum(1, keepdims=True))
        return (largest + rest)[:, 0], x - largest - rest

    (sum_a, log_a), (sum_b, log_b) = parts(a), parts(b)
    p, q = np.exp(log_a), np.exp(log_b)
    return np.stack([sum_a, sum_b, (p * (log_a - log_b)).sum(1), -(p * log_a).sum(1),
                     -(q * log_b).sum(1)], 1)


class Works:
    """The works over one pair of files."""

    def __init__(self, baseline: str, variant: str, bins: int, low: float, high: float) -> None:
        self.paths = (baseline, variant)
        self.bins, self.low, self.high = bins, low, high
        self.a, self.b = load(baseline), load(variant)
        self.reference = reference(self.a, self.b)
        self.top = np.argsort(-self.a[:CHECKED_ROWS], axis=1, kind="stable")[:, :64]
        self.into = np.empty_like(self.a)
        self.counts = self.numpy_histogram(0)

    def scipy_logsumexp(self, k: int) -> np.ndarray:
        from scipy.special import logsumexp
        return np.stack([logsumexp(self.a, axis=1), logsumexp(self.b, axis=1)], 1)

    def scipy_fused(self, k: int) -> np.ndarray:
        """As one writes it with SciPy."""
        from scipy.special import logsumexp, softmax
        from scipy.stats import entropy
        p, q = softmax(self.a, axis=1), softmax(self.b, axis=1)
        return np.stack([logsumexp(self.a, axis=1), logsumexp(self.b, axis=1), entropy(p, q, axis=1),
                         entropy(p, axis=1), entropy(q, axis=1)], 1)

    def numpy_fused(self, k: int) -> np.ndarray:
        """By hand, row by row: everything stays in the cache, and each exponential is taken once."""
        out = np.empty((len(self.a), 5))
        for row, (x, y) in enumerate(zip(self.a, self.b)):
            x_max, y_max = x.max(), y.max()
            x, y = x - x_max, y - y_max
            p, q = np.exp(x), np.exp(y)
            p_sum, q_sum = p.sum(), q.sum()
            p_log, q_log = np.log(p_sum), np.log(q_sum)
            divergence = np.dot(p, x - y) / p_sum - p_log + q_log
            out[row] = (x_max + p_log, y_max + q_log, divergence,
                        p_log - np.dot(p, x) / p_sum, q_log - np.dot(q, y) / q_sum)
        return out

    def numpy_top_k(self, k: int) -> np.ndarray:
        ids = None
        for values in (self.b, self.a):
            some = np.argpartition(values, values.shape[1] - k, axis=1)[:, -k:]
            logits = np.take_along_axis(values, some, 1)
            ids = np.take_along_axis(some, np.argsort(-logits, axis=1, kind="stable"), 1)
        return ids

    def ranked(self, k: int) -> Arrays:
        if getattr(self, "ranked_k", None) != k:
            top = self.numpy_top_k(k)
            self.ranked_k = k
            self.x, self.y = (np.take_along_axis(v, top, 1) for v in (self.a, self.b))
        return self.x, self.y

    def scipy_kendall(self, k: int) -> np.ndarray:
        from scipy.stats import kendalltau
        return np.array([kendalltau(x, y).statistic for x, y in zip(self.x, self.y)])

    def scipy_spearman(self, k: int) -> np.ndarray:
        from scipy.stats import spearmanr
        return np.array([spearmanr(x, y).statistic for x, y in zip(self.x, self.y)])

    def numpy_histogram(self, k: int) -> np.ndarray:
        return np.histogram(self.a, self.bins, (self.low, self.high))[0]

    def numpy_read(self, k: int) -> None:
        with pa.memory_map(self.paths[0]) as source:
            begin = 0
            for chunk in pa.ipc.open_file(source).read_all().column("logits").chunks:
                rows = chunk.flatten().to_numpy().reshape(-1, self.into.shape[1])
                self.into[begin : begin + len(rows)] = rows
                begin += len(rows)

    def torch_logsumexp(self, k: int) -> np.ndarray:
        import torch
        return torch.stack([torch.logsumexp(torch.from_numpy(v), 1) for v in (self.a, self.b)],
                           1).numpy()

    def torch_fused(self, k: int) -> np.ndarray:
        import torch
        a, b = torch.from_numpy(self.a), torch.from_numpy(self.b)
        parts = []
        for begin in range(0, len(a), CHUNK_ROWS):
            x, y = a[begin : begin + CHUNK_ROWS], b[begin : begin + CHUNK_ROWS]
            log_p, log_q = torch.log_softmax(x, 1), torch.log_softmax(y, 1)
            p, q = log_p.exp(), log_q.exp()
            parts.append(torch.stack([x[:, 0] - log_p[:, 0], y[:, 0] - log_q[:, 0],
                                      (p * (log_p - log_q)).sum(1), -(p * log_p).sum(1),
                                      -(q * log_q).sum(1)], 1))
        return torch.cat(parts).numpy()

    def torch_top_k(self, k: int) -> np.ndarray:
        import torch
        torch.topk(torch.from_numpy(self.b), k, 1)
        return torch.topk(torch.from_numpy(self.a), k, 1).indices.numpy()

    def torch_histogram(self, k: int) -> np.ndarray:
        import torch
        return torch.histc(torch.from_numpy(self.a), self.bins, self.low, self.high).numpy()

    def torch_memory(self, k: int) -> None:
        import torch
        torch.from_numpy(self.a).sum()

    def error(self, work: str, found: np.ndarray | None, k: int) -> float | None:
        """Largest difference from float64; for top-k the rows checked whose ids differ; from numpy's counts."""
        if found is None:
            return None
        if work in ("logsumexp", "fused"):
            columns = found.shape[1]
            return float(np.abs(found[:CHECKED_ROWS] - self.reference[:, :columns]).max())
        if work == "histogram":
            return float(np.abs(found - self.counts).max())
        if work == "top_k":
            return float((found[:CHECKED_ROWS] != self.top[:, :k]).any(1).sum())
        return None


def answer(request: dict, works: Works | None) -> tuple[dict, Works | None]:
    match request["do"]:
        case "make":
            return make(request["folder"], request["rows"], request["vocabulary"]), works
        case "make_large":
            return make_large(request["path"], request["gigabytes"],
                              request["vocabulary"]), works
        case "open":
            opened = Works(request["baseline"], request["variant"], request["bins"],
                           request["low"], request["high"])
            return {"sums": opened.reference.tolist(), "top": opened.top.tolist(),
                    "histogram": opened.counts.tolist()}, opened
        case "run":
            return run(request, works), works
    raise ValueError(f"unknown request {request['do']}")


def run(request: dict, works: Works) -> dict:
    work, k = request["work"], request["k"]
    if request["implementation"] == "torch":
        import torch
        torch.set_num_threads(request["threads"])
    call: Callable = getattr(works, f"{request['implementation']}_{work}")
    if work in ("kendall", "spearman"):
        works.ranked(k)
    began, cpu_began = time.perf_counter(), time.process_time()
    found = call(k)
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu_began
    return {"seconds": seconds, "cpuSeconds": cpu_seconds, "maxError": works.error(work, found, k)}


def main() -> None:
    works: Works | None = None
    for line in sys.stdin:
        result, works = answer(json.loads(line), works)
        print(json.dumps(result), flush=True)


main()
