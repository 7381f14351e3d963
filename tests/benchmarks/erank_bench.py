"""The matrices of erank_bench.ts, and what NumPy and torch make of them.

    python erank_bench.py SPECTRUM ROWS COLUMNS THREADS ROUNDS FILE

Writes the matrix to FILE (row-major float64) and prints one JSON object: the singular values by a float64 SVD
(numpy.linalg.svd), and for each of torch's routes its seconds of each round and the ERank that it gives.
"""

import json
import sys
import time
from collections.abc import Callable

import numpy
import torch


def matrix(spectrum: str, rows: int, columns: int) -> numpy.ndarray:
    draw = numpy.random.default_rng(1)
    n = min(rows, columns)
    steps = numpy.arange(n)
    if spectrum == "normal":
        return draw.normal(size=(rows, columns))
    if spectrum == "rank-deficient":  # an eighth of full rank
        return draw.normal(size=(rows, n // 8)) @ draw.normal(size=(n // 8, columns))
    values = {"flat": numpy.ones(n), "power-law": 1 / (1 + steps), "decaying": 1e-9 ** (steps / n)}[spectrum]
    left = numpy.linalg.qr(draw.normal(size=(rows, n)))[0]
    right = numpy.linalg.qr(draw.normal(size=(columns, n)))[0]
    return (left * values) @ right.T


def erank(values: torch.Tensor) -> float:
    p = values.double() / values.double().sum()
    return float(torch.exp(-torch.special.xlogy(p, p).sum()))


def gram(a: torch.Tensor) -> torch.Tensor:
    wide = a if a.shape[0] <= a.shape[1] else a.T
    return torch.linalg.eigvalsh(wide @ wide.T).clamp_min(0).sqrt()


def timed(work: Callable[[], torch.Tensor], rounds: int) -> dict:
    times = []
    for _ in range(rounds):
        wall, processor = time.perf_counter(), time.process_time()
        values = work()
        times.append([time.perf_counter() - wall, time.process_time() - processor])
    return {"times": times, "erank": erank(values)}


def main(spectrum: str, rows: int, columns: int, threads: int, rounds: int, file: str) -> dict:
    torch.set_num_threads(threads)
    a = matrix(spectrum, rows, columns)
    a.tofile(file)
    double = torch.from_numpy(a)
    single = double.float()
    return {
        "versions": {"numpy": numpy.__version__, "torch": torch.__version__},
        "singularValues": numpy.linalg.svd(a, compute_uv=False).tolist(),
        "implementations": {
            "torch": timed(lambda: torch.linalg.svdvals(double), rounds),
            "torch_float32": timed(lambda: torch.linalg.svdvals(single), rounds),
            "torch_gram": timed(lambda: gram(double), rounds),
            "torch_gram_float32": timed(lambda: gram(single), rounds),
        },
    }


if __name__ == "__main__":
    kind, m, n, count, repeats, path = sys.argv[1:]
    print(json.dumps(main(kind, int(m), int(n), int(count), int(repeats), path)))
