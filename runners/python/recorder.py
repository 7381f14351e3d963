"""Takes logits and hidden states out of a running vLLM engine, and writes them as logs.

vLLM scores a prompt (`prompt_logprobs`) in `GPUModelRunner._get_prompt_logprobs_dict`: for each request of the
step it slices the request's rows out of the batch's hidden states and calls `model.compute_logits` on them.
`install` wraps both. The slice is a view of the batch: where it starts in memory tells the row of the
batch, and with it the request and the position in its prompt, whatever else is in the batch and however the
prompt was cut into steps. `capture.py` then checks each row against what vLLM itself reports for that token.

The functions run in the engine's worker (`llm.collective_rpc`). With tensor or pipeline parallelism there are
several: only the one that gets the logits records. That case is not tested: it needs several GPUs.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from arrow_log import ArrowLog, arrow_schema
from sketch_log import SketchLog


@dataclass
class Capture:
    """One capture under way."""

    samples: list[dict]
    prompt_positions: bool
    vocabulary: int
    logs: dict[str, list[ArrowLog | SketchLog]]
    """The logs that are made of each kind of vectors, `logits` and `hidden_states`."""
    current: int = 0
    """Samples before this one are written."""
    seen: list[int] = field(default_factory=list)
    """Rows of each sample that came so far: the next one predicts token `seen + 1`."""
    waiting: dict[int, list[tuple]] = field(default_factory=dict)
    """Blocks of later samples: rows are written in the order of the samples."""
    token_logits: list[list[float]] = field(default_factory=list)
    """Of each sample, the logit of the token that stands there, row by row."""
    not_finite: int = 0
    error: str | None = None


def install(worker) -> None:
    """Wraps the worker's model runner; nothing is recorded before `begin`."""
    if worker.use_v2_model_runner:
        raise RuntimeError("logits can be captured from vLLM's first model runner only: "
                           "unset VLLM_USE_V2_MODEL_RUNNER")
    runner = worker.model_runner
    compute_logits, score_prompts = runner.model.compute_logits, runner._get_prompt_logprobs_dict
    batch: torch.Tensor | None = None
    worker.capture = None

    def recording_compute_logits(hidden_states, *arguments, **keywords):
        logits = compute_logits(hidden_states, *arguments, **keywords)
        # Outside of `score_prompts` these are rows for sampling; ranks that get no logits have None.
        if batch is not None and worker.capture is not None and logits is not None:
            try:
                name, first = locate(runner, batch, hidden_states)
                take(worker.capture, name, first, runner.requests[name].prompt_token_ids, hidden_states, logits)
            except Exception as error:  # an exception within a step would break the engine for other tasks
                worker.capture.error = worker.capture.error or f"{type(error).__name__}: {error}"
        return logits

    def recording_score_prompts(hidden_states, *arguments, **keywords):
        nonlocal batch
        batch = hidden_states
        try:
            return score_prompts(hidden_states, *arguments, **keywords)
        finally:
            batch = None

    runner.model.compute_logits = recording_compute_logits
    runner._get_prompt_logprobs_dict = recording_score_prompts


def locate(runner, batch: torch.Tensor, rows: torch.Tensor) -> tuple[str, int]:
    """The request that `rows`, a view of `batch`, belongs to, and the position of its first row in the prompt."""
    row_bytes = batch.stride(0) * batch.element_size()
    offset, rest = divmod(rows.data_ptr() - batch.data_ptr(), row_bytes)
    if rest or not 0 <= offset <= len(batch) - len(rows):
        raise RuntimeError("the engine computed logits from states that are not those of its batch")
    count = runner.input_batch.num_reqs
    starts = runner.query_start_loc.np[: count + 1]
    index = int(np.searchsorted(starts, offset, side="right")) - 1
    if index >= count or offset + len(rows) > starts[index + 1]:
        raise RuntimeError("the engine computed logits of several requests at once")
    name = runner.input_batch.req_ids[index]
    return name, runner.requests[name].num_computed_tokens + offset - int(starts[index])


def begin(worker, task: dict, samples: list[dict], schemas: dict, schema_version: int) -> None:
    """Starts to record; request `i` must be sample `i`. `task` is a `CaptureTask`.

    The logs are written to `<name>.arrow.partial` in the task's folder.
    """
    if not records(worker):
        return
    model = worker.model_config
    worker.capture = open_capture(task, samples, schemas, schema_version,
                                  model.get_vocab_size(), model.get_hidden_size())


def open_capture(task: dict, samples: list[dict], schemas: dict, schema_version: int,
                 vocabulary: int, hidden_size: int) -> Capture:
    """A capture whose logs are open."""
    folder = Path(task["out"])
    folder.mkdir(parents=True, exist_ok=True)

    def arrow_log(name: str, width: int) -> ArrowLog:
        schema = arrow_schema(schemas[name], width, schema_version, vocabulary)
        return ArrowLog(folder / f"{name}.arrow.partial", schema)

    logs: dict[str, list] = {"logits": []}
    if task["logits"] != "sketch":
        logs["logits"].append(arrow_log("logits", vocabulary))
    if task["sketch"]:
        logs["logits"].append(SketchLog(folder / "logit_sketch.arrow.partial", task["sketch"], vocabulary))
    if task["hiddenStates"]:
        logs["hidden_states"] = [arrow_log("hidden_states", hidden_size)]
    return Capture(samples, task["promptPositions"], vocabulary, logs,
                   seen=[0] * len(samples), token_logits=[[] for _ in samples])


def records(worker) -> bool:
    """Whether this worker gets the logits: the first of the tensor-parallel group in the last stage."""
    from vllm.distributed.parallel_state import get_pp_group, get_tp_group

    return get_pp_group().is_last_rank and get_tp_group().is_first_rank


def take(capture: Capture, name: str, first: int, token_ids: list[int],
         hidden_states: torch.Tensor, logits: torch.Tensor) -> None:
    """Records the logits that follow the tokens `first`, `first + 1`, ... of the request `name`."""
    index = int(name.split("-")[0])
    sample = capture.samples[index]
    if token_ids != sample["token_ids"]:
        raise RuntimeError(f'sample "{sample["sample_id"]}": the engine reads other tokens under its name')
    # A request that was pushed out of the cache starts over.
    known = capture.seen[index] - first
    if known < 0:
        raise RuntimeError(f'sample "{sample["sample_id"]}": rows {capture.seen[index]} to {first} did not come')
    if known >= len(logits):
        return
    predicted = range(first + known + 1, first + len(logits) + 1)
    capture.seen[index] = first + len(logits)
    logits = logits[known:, : capture.vocabulary].float()
    tokens = torch.tensor([token_ids[at] for at in predicted], device=logits.device)
    capture.token_logits[index] += logits.gather(1, tokens[:, None])[:, 0].tolist()
    capture.not_finite += int((~torch.isfinite(logits)).sum())
    skipped = 0 if capture.prompt_positions else max(0, sample["prompt_length"] - predicted.start)
    block = {"logits": logits[skipped:]}
    if "hidden_states" in capture.logs:
        block["hidden_states"] = hidden_states[known + skipped :].float()
    arrays = {kind: values.cpu().numpy() for kind, values in block.items()}
    if index == capture.current:
        write(capture, index, predicted[skipped:], arrays)
    else:
        # The engine may use the memory of the states again.
        kept = {kind: values.copy() for kind, values in arrays.items()}
        capture.waiting.setdefault(index, []).append((predicted[skipped:], kept))
    advance(capture)


def write(capture: Capture, index: int, predicted: range, arrays: dict[str, np.ndarray]) -> None:
    """Appends rows of a sample to the logs."""
    if len(predicted) == 0:
        return
    sample = capture.samples[index]
    scalars = {
        "sample_id": [sample["sample_id"]] * len(predicted),
        "token_index": list(predicted),
        "position": [at - sample["prompt_length"] for at in predicted],
        "token_id": [sample["token_ids"][at] for at in predicted],
    }
    for kind, values in arrays.items():
        for log in capture.logs[kind]:
            log.append(scalars, values)


def advance(capture: Capture) -> None:
    """Goes on to the next sample where the current one is whole, and writes what waited for that."""
    while (capture.current < len(capture.samples)
           and capture.seen[capture.current] == len(capture.samples[capture.current]["token_ids"]) - 1):
        capture.current += 1
        for predicted, arrays in capture.waiting.pop(capture.current, []):
            write(capture, capture.current, predicted, arrays)


def end(worker) -> dict | None:
    """Stops recording and closes the logs; None from a worker that does not record.

    Returns `error` (None when all went well), `seen`, `token_logits` and `not_finite` of `Capture`.
    """
    capture, worker.capture = worker.capture, None
    return None if capture is None else close_capture(capture)


def close_capture(capture: Capture) -> dict:
    """Closes the logs; returns what `end` does."""
    for logs in capture.logs.values():
        for log in logs:
            log.close()
    return {name: getattr(capture, name) for name in ("error", "seen", "token_logits", "not_finite")}
