"""Logits and hidden states on given text, teacher-forced.

Prompt and continuation are given as one prompt: the engine scores each of its tokens. `recorder.py` takes the
rows out of the engine; here each is checked against the raw logit that vLLM reports for the same token of
the same sample, bit for bit. A row that went to a wrong place does not survive that.
"""

import math
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import recorder
from atomic_file import atomic_file
from samples import JobError, check_lengths, is_token_ids, read_samples, wait_for
from steps import run_requests


def capture(llm, task: dict, job: dict, progress: Callable[[float, int], None]) -> list[str]:
    """Does a `CaptureTask`: writes `logits.arrow`, `logit_sketch.arrow` and `hidden_states.arrow`, whichever are
    asked for; returns warnings.

    `llm` must have been prepared by `recorder.install`.

    Raises JobError when a sample is malformed or too long, and RuntimeError naming the sample where a row is
    missing or differs from vLLM's own report.
    """
    wait_for(task["samples"])
    samples = read_texts(task["samples"], llm.model_config.get_vocab_size())
    check_lengths([(sample["sample_id"], len(sample["token_ids"]), 0) for sample in samples],
                  job["engine"]["maxModelLength"])
    names = (["logits"] * (task["logits"] != "sketch") + ["logit_sketch"] * (task["sketch"] is not None)
             + ["hidden_states"] * task["hiddenStates"])
    with ExitStack() as files:
        for name in names:
            files.enter_context(atomic_file(Path(task["out"], f"{name}.arrow")))
        if task["by"] == "transformers":
            from capture_transformers import record_by_transformers

            report = record_by_transformers(llm.model_config, task, job, samples, progress)
        else:
            report = record_by_vllm(llm, task, job, samples, progress)
    if report["not_finite"]:
        return [f"{report['not_finite']} logits are not finite (NaN or infinite) and were logged as they are"]
    return []


def record_by_vllm(llm, task: dict, job: dict, samples: list[dict],
                   progress: Callable[[float, int], None]) -> dict:
    """Has the engine score the samples while the recorder listens; returns the recorder's checked report."""
    from vllm import SamplingParams

    llm.collective_rpc(recorder.begin, args=(task, samples, job["schemas"], job["schemaVersion"]))
    try:
        outputs = run_requests(llm, [
            (sample["token_ids"],
             SamplingParams(prompt_logprobs=0, max_tokens=1, temperature=0, detokenize=False))
            for sample in samples
        ], progress, one_by_one=task["by"] == "one-by-one")
    finally:
        [report] = [part for part in llm.collective_rpc(recorder.end) if part is not None]
    check_rows(samples, outputs, report)
    return report


def read_texts(path: str, vocabulary: int) -> list[dict]:
    """Reads the texts: `sample_id`, `prompt_length`, and `token_ids` of prompt and continuation."""
    texts = []
    for sample in read_samples(path, {"prompt_token_ids": is_token_ids,
                                      "continuation_token_ids": is_token_ids}):
        ids = sample["prompt_token_ids"] + sample["continuation_token_ids"]
        if not ids:
            raise JobError(f'{path}: sample "{sample["sample_id"]}" has no tokens')
        if max(ids) >= vocabulary:
            raise JobError(f'{path}: sample "{sample["sample_id"]}" has token {max(ids)}, '
                           f"but the model's vocabulary ends at {vocabulary - 1}: is it another model's text?")
        texts.append({"sample_id": sample["sample_id"], "prompt_length": len(sample["prompt_token_ids"]),
                      "token_ids": ids})
    return texts


def check_rows(samples: list[dict], outputs: list, report: dict) -> None:
    """Raises RuntimeError unless every row came, and each belongs where it was put."""
    if report["error"]:
        raise RuntimeError(f"the logits could not be recorded: {report['error']}")
    for sample, output, seen, logits in zip(samples, outputs, report["seen"], report["token_logits"], strict=True):
        name, ids = sample["sample_id"], sample["token_ids"]
        if seen != len(ids) - 1:
            raise RuntimeError(f'sample "{name}": {seen} rows of logits came, expected {len(ids) - 1}')
        for at, (token, ours, theirs) in enumerate(
            zip(ids[1:], logits, output.prompt_logprobs[1:], strict=True), 1
        ):
            value = theirs[token].logprob
            if ours != value and not (math.isnan(ours) and math.isnan(value)):
                raise RuntimeError(f'sample "{name}", token {at}: logit {ours} was recorded, but vLLM reports '
                                   f"{value}")
