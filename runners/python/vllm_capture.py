"""Logits and hidden states of given text, scored by vLLM.

Prompt and continuation are given as one prompt: the engine scores each of its tokens. `recorder.py` takes the
rows out of the engine; here each is checked against the raw logit that vLLM reports for the same token of
the same sample, bit for bit. A row that went to a wrong place does not survive that.
"""

import math

import recorder
from engine import Progress
from steps import run_requests


def record_by_vllm(llm, task: dict, job: dict, samples: list[dict], progress: Progress) -> dict:
    """Has the engine score the samples while the recorder listens; returns the recorder's checked report.

    `llm` must have been prepared by `recorder.install`.
    """
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
