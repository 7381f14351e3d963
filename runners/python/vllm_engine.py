"""The vLLM engine: its settings, its start and its end. Several follow each other in one process.

Import it after `set_environment`: vLLM reads the environment while it is imported.
"""

import gc
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cpu_kernels import register_cpu_kernels
from engine import Answer, Progress, Request, batch_tokens
from simulation import read_simulation
from steps import run_requests

MAX_CPU_CACHE_BYTES = 2**30


def import_vllm() -> None:
    """Imports vLLM (about 10 s), so that a missing or broken one fails before any task."""
    import vllm  # noqa: F401

    from vllm.platforms import current_platform

    if current_platform.is_cpu():
        import torch

        # vLLM compiles the counting of ranks in prompt scores, on CPU for 17 s, also with enforce_eager.
        torch._dynamo.config.disable = True
    register_cpu_kernels()
    # What was imported stays anyway: without this, each of the many collections around a load looks through
    # all of it again (0.3 s each).
    gc.freeze()


class VllmEngine:
    """vLLM with a checkpoint loaded: an `Engine`."""

    def __init__(self, llm, settings: dict, checkpoint: dict) -> None:
        self.llm, self.settings, self.checkpoint = llm, settings, checkpoint
        self.tokenizer = llm.get_tokenizer()
        self.vocabulary = llm.model_config.get_vocab_size()

    def prepare_capture(self) -> None:
        from recorder import install

        self.llm.collective_rpc(install)

    def answer(self, requests: list[Request], progress: Progress) -> list[Answer]:
        from vllm import SamplingParams

        if not requests:
            return []
        outputs = run_requests(self.llm, [
            (request.ids, SamplingParams(temperature=request.temperature, max_tokens=request.max_tokens,
                                         seed=request.seed, skip_reading_prefix_cache=not request.reuse))
            for request in requests
        ], progress)
        return [answer_of(output) for output in outputs]

    def record(self, task: dict, job: dict, samples: list[dict], progress: Progress) -> dict:
        from vllm_capture import record_by_vllm

        if task["by"] != "transformers":
            return record_by_vllm(self.llm, task, job, samples, progress)
        from transformers_engine import transformers_engine

        # On the CPU: this engine holds the device's memory.
        dtype = str(self.llm.model_config.dtype).removeprefix("torch.")
        other = {**self.settings, "dtype": dtype, "transformers": {"device": "cpu"}}
        with transformers_engine(other, self.checkpoint) as engine:
            return engine.record(task, job, samples, progress)

    def forget(self) -> None:
        self.llm.llm_engine.reset_prefix_cache()


def answer_of(output) -> Answer:
    """vLLM's answer to a request."""
    [completion] = output.outputs
    times = output.metrics
    timed = times is not None and times.scheduled_ts > 0 and times.last_token_ts > 0
    return Answer(list(completion.token_ids), completion.text, completion.finish_reason,
                  times.last_token_ts - times.scheduled_ts if timed else None)


@contextmanager
def vllm_engine(settings: dict, checkpoint: dict, keep_prefixes: bool) -> Iterator[VllmEngine]:
    """Loads a checkpoint (`settings` and `checkpoint` as in `EvaluateJob`), and frees all of it in the end.

    With `keep_prefixes` requests with `reuse` begin with what an earlier one computed. That pays where chats grow
    turn by turn.
    """
    from vllm import LLM
    from vllm.distributed import destroy_distributed_environment, destroy_model_parallel

    config = read_config(checkpoint["path"])
    gc.collect()  # an engine that failed is held by its exception's traceback until that is handled
    simulation = read_simulation(checkpoint["path"])
    # What is rounded in hooks must not be compiled away.
    eager = {"enforce_eager": True} if simulation else {}
    llm = None
    try:
        llm = LLM(checkpoint["path"], trust_remote_code=checkpoint["trustRemoteCode"],
                  **engine_arguments(settings, config, keep_prefixes) | eager)
        if simulation:
            from simulate import install_simulation

            llm.collective_rpc(install_simulation, args=(simulation,))
        yield VllmEngine(llm, settings, checkpoint)
    finally:
        if llm is not None:
            llm.llm_engine.engine_core.shutdown()
            del llm
        destroy_model_parallel()
        destroy_distributed_environment()
        gc.collect()


def read_config(checkpoint: str) -> dict:
    """Reads the checkpoint's config.json; raises FileNotFoundError with the checkpoint's folder."""
    path = Path(checkpoint, "config.json")
    if not path.is_file():
        raise FileNotFoundError(f"{checkpoint} is no checkpoint: it has no config.json")
    return json.loads(path.read_text(encoding="utf-8"))


def engine_arguments(settings: dict, config: dict, keep_prefixes: bool) -> dict:
    """The arguments of `vllm.LLM`: ours, then the job's options, then those that the logs depend on."""
    from vllm.platforms import current_platform

    options = settings["options"]
    text = config.get("text_config", config)
    batch = batch_tokens(text.get("vocab_size", 2**17))
    arguments: dict = {"max_num_batched_tokens": batch}
    if current_platform.is_cpu():
        _register_model_class(config.get("architectures") or [])
        arguments["enforce_eager"] = True
        # vLLM cannot draw with a seed while it has a prompt cut in pieces ("CPU Generator does not use offset").
        arguments["enable_chunked_prefill"] = False
        arguments["max_num_batched_tokens"] = max(batch, settings["maxModelLength"])
        if "VLLM_CPU_KVCACHE_SPACE" not in os.environ:
            arguments["kv_cache_memory_bytes"] = cpu_cache_bytes(text, settings["maxModelLength"])
    # Tensor and pipeline parallel engines keep vLLM's choice of executor. Not tested here: no machine with
    # several GPUs was at hand.
    if options.get("tensor_parallel_size", 1) == options.get("pipeline_parallel_size", 1) == 1:
        arguments["distributed_executor_backend"] = "uni"
    return arguments | options | {
        "dtype": settings["dtype"],
        "max_model_len": settings["maxModelLength"],
        # A cached prefix has no logits: vLLM does not read it where a prompt is scored.
        "enable_prefix_caching": keep_prefixes,
        "logprobs_mode": "raw_logits",  # `vllm_capture.py` checks its rows against them
        "disable_log_stats": False,  # times of each request
    }


def cpu_cache_bytes(config: dict, max_model_length: int) -> int:
    """Key-value cache for 32 full-length requests, at most 1 GiB but room for two.

    It is written with zeros at the start: 1 GiB for a tiny model costs more time than loading it.
    """
    heads = config.get("num_attention_heads")
    layers = config.get("num_hidden_layers")
    if not heads or not layers:
        return MAX_CPU_CACHE_BYTES
    width = config.get("head_dim") or config["hidden_size"] // heads
    token = 2 * layers * (config.get("num_key_value_heads") or heads) * width * 4
    # Blocks hold up to 128 tokens.
    request = token * (max_model_length + 128)
    return max(2 * request, min(32 * request, MAX_CPU_CACHE_BYTES))


def _register_model_class(architectures: list[str]) -> None:
    """Imports the model's class here. vLLM would start a second interpreter to look at it: 14 s."""
    from vllm import ModelRegistry

    for name in architectures:
        known = ModelRegistry.models.get(name)
        if hasattr(known, "load_model_cls") and hasattr(known, "module_name"):
            ModelRegistry.register_model(name, known.load_model_cls())
