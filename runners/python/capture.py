"""Logits and hidden states on given text, teacher-forced."""

from contextlib import ExitStack
from pathlib import Path

from atomic_file import atomic_file
from engine import Engine, Progress
from samples import JobError, check_lengths, is_token_ids, read_samples, wait_for


def capture(engine: Engine, task: dict, job: dict, progress: Progress) -> list[str]:
    """Does a `CaptureTask`: writes `logits.arrow`, `logit_sketch.arrow` and `hidden_states.arrow`, whichever are
    asked for; returns warnings.

    `prepare_capture` of the engine must have been called.

    Raises JobError when a sample is malformed or too long, and RuntimeError naming the sample where a row is
    missing or not what the engine says of it.
    """
    wait_for(task["samples"])
    samples = read_texts(task["samples"], engine.vocabulary)
    check_lengths([(sample["sample_id"], len(sample["token_ids"]), 0) for sample in samples],
                  job["engine"]["maxModelLength"])
    names = (["logits"] * (task["logits"] != "sketch") + ["logit_sketch"] * (task["sketch"] is not None)
             + ["hidden_states"] * task["hiddenStates"])
    with ExitStack() as files:
        for name in names:
            files.enter_context(atomic_file(Path(task["out"], f"{name}.arrow")))
        report = engine.record(task, job, samples, progress)
    if report["not_finite"]:
        return [f"{report['not_finite']} logits are not finite (NaN or infinite) and were logged as they are"]
    return []


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
