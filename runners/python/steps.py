"""Requests, worked off step by step."""

import time
from collections import deque
from collections.abc import Callable

SECONDS_BETWEEN_EVENTS = 0.5


def run_requests(llm, requests: list[tuple[list[int], "SamplingParams"]],  # noqa: F821
                 progress: Callable[[float, int], None], one_by_one: bool = False) -> list:
    """Has the engine answer `requests` (token ids, parameters); returns vLLM's outputs in the same order.

    The name of request `i` is `str(i)`. With `one_by_one` each is given only when the one before it is done, so
    that none shares a batch. When a step raises, the engine must not be used any more.
    """
    from vllm.inputs.engine import tokens_input
    from vllm.sampling_params import RequestOutputKind

    core = llm.llm_engine
    waiting = deque(enumerate(requests))

    def give() -> None:
        index, (ids, parameters) = waiting.popleft()
        parameters.output_kind = RequestOutputKind.FINAL_ONLY
        core.add_request(str(index), tokens_input(ids), parameters)

    while waiting and not one_by_one:
        give()
    outputs: list = [None] * len(requests)
    done, told = 0, time.monotonic()
    progress(0, len(requests))
    while waiting or core.has_unfinished_requests():
        if not core.has_unfinished_requests():
            give()
        for output in core.step():
            if output.finished:
                outputs[int(output.request_id)] = output
                done += 1
        if time.monotonic() - told >= SECONDS_BETWEEN_EVENTS:
            told = time.monotonic()
            progress(round(done + _running_share(core), 2), len(requests))
    progress(done, len(requests))
    missing = [index for index, output in enumerate(outputs) if output is None]
    if missing:
        raise RuntimeError(f"the engine left {len(missing)} requests unanswered, the first is number {missing[0]}")
    return outputs


def _running_share(core) -> float:
    """How far the requests in work are, each as a share of the tokens it may generate."""
    share = 0.0
    for state in core.output_processor.request_states.values():
        if state.stats is not None and state.max_tokens_param:
            share += min(state.stats.num_generation_tokens / state.max_tokens_param, 1.0)
    return share
