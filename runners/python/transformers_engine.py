"""The engine of transformers: slower than vLLM, but it runs whatever transformers runs, in plain arithmetic.

Compressed weights are expanded when they are loaded; activations and caches that a checkpoint quantizes besides are
rounded as they come (`transformers_rounding.py`).
"""

import gc
import inspect
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import recorder
import torch
from engine import Answer, Progress, Request, batch_tokens
from models import load_dense
from packed_weights import empty_model, quantization_of
from simulation import read_simulation, simulation_of
from transformers import AutoTokenizer, Cache
from transformers_generate import answer_requests
from transformers_rounding import new_caches, round_activations


class TransformersEngine:
    """A model of transformers: an `Engine`."""

    def __init__(self, model: torch.nn.Module, tokenizer, stops: set[int], caches: Callable[[], Cache],
                 options: dict) -> None:
        self.model, self.tokenizer, self.stops, self.caches = model, tokenizer, stops, caches
        config = model.config.get_text_config()
        self.vocabulary, self.hidden_size = config.vocab_size, config.hidden_size
        self.rows = options.get("max_num_seqs", 32)
        self.tokens = options.get("max_num_batched_tokens", 2**15)
        # Logits of a whole prompt are large, and all but the last are not looked at.
        takes = inspect.signature(model.forward).parameters
        self.last_only = {"logits_to_keep": 1} if "logits_to_keep" in takes else {}

    def prepare_capture(self) -> None:
        pass

    def answer(self, requests: list[Request], progress: Progress) -> list[Answer]:
        return answer_requests(self, requests, progress)

    def record(self, task: dict, job: dict, samples: list[dict], progress: Progress) -> dict:
        """Scores the samples one after another. The hidden state is the one after the final norm, as vLLM's is."""
        capture = recorder.open_capture(task, samples, job["schemas"], job["schemaVersion"],
                                        self.vocabulary, self.hidden_size)
        try:
            for index, sample in enumerate(samples):
                progress(index, len(samples))
                self._read(capture, index, sample["token_ids"])
        finally:
            report = recorder.close_capture(capture)
        progress(len(samples), len(samples))
        for sample, seen in zip(samples, report["seen"], strict=True):
            if seen != len(sample["token_ids"]) - 1:
                raise RuntimeError(f'sample "{sample["sample_id"]}": {seen} rows of logits came')
        return report

    @torch.inference_mode()
    def _read(self, capture, index: int, ids: list[int]) -> None:
        """Records one sample, part by part where all of its logits at once would be too many."""
        cache, part = self.caches(), batch_tokens(self.vocabulary)
        for first in range(0, len(ids), part):
            tokens = torch.tensor([ids[first : first + part]], device=self.model.device)
            output = self.model(tokens, past_key_values=cache, use_cache=True, output_hidden_states=True)
            # What follows the last token is not logged.
            count = min(part, len(ids) - 1 - first)
            recorder.take(capture, str(index), first, ids, output.hidden_states[-1][0, :count],
                          output.logits[0, :count])

    def forget(self) -> None:
        pass  # it keeps nothing


@contextmanager
def transformers_engine(settings: dict, checkpoint: dict) -> Iterator[TransformersEngine]:
    """Loads a checkpoint (`settings` and `checkpoint` as in `EvaluateJob`), and frees it in the end."""
    folder, trust = Path(checkpoint["path"]), checkpoint["trustRemoteCode"]
    if not (folder / "config.json").is_file():
        raise FileNotFoundError(f"{folder} is no checkpoint: it has no config.json")
    options = settings["transformers"]
    dtype = None if settings["dtype"] == "auto" else getattr(torch, settings["dtype"])
    model, simulation = load_plain(folder, trust, dtype)
    if "attn_implementation" in options:
        model.set_attn_implementation(options["attn_implementation"])
    model = model.to(options.get("device") or ("cuda" if torch.cuda.is_available() else "cpu")).eval()
    round_activations(model, simulation["activations"])
    tokenizer = AutoTokenizer.from_pretrained(folder, trust_remote_code=trust)
    try:
        yield TransformersEngine(model, tokenizer, stop_tokens(folder, tokenizer),
                                 new_caches(model, simulation["cache"]), options)
    finally:
        del model
        gc.collect()
        if torch.cuda.is_available():
            torch.cuda.empty_cache()


def load_plain(folder: Path, trust_remote_code: bool, dtype: torch.dtype | None) -> tuple[torch.nn.Module, dict]:
    """The model with plain weights, and what has to be rounded while it computes (`simulation.py`)."""
    quantization = quantization_of(folder)
    if quantization is None:
        model = load_dense(folder, trust_remote_code, dtype)
        return model, read_simulation(str(folder)) or {"activations": {}, "cache": None}
    dense = load_dense(folder, trust_remote_code, dtype).state_dict()
    model = empty_model(folder, trust_remote_code, dtype=dtype)
    # The expanded model keeps its scales, and hooks that round activations in a way of their own.
    model.load_state_dict({name: dense[name] for name in model.state_dict()})
    if quantization["quant_method"] != "compressed-tensors":
        return model, {"activations": {}, "cache": None}
    return model, simulation_of(folder, model)


def stop_tokens(folder: Path, tokenizer) -> set[int]:
    """The tokens that end an answer: the tokenizer's, and those of the checkpoint's files, as in vLLM."""
    stops = {tokenizer.eos_token_id}
    for name in ("generation_config.json", "config.json"):
        if not (folder / name).is_file():
            continue
        found = json.loads((folder / name).read_text(encoding="utf-8")).get("eos_token_id")
        stops |= set(found) if isinstance(found, list) else {found}
        break
    return stops - {None}
