"""What the libraries of `evaluate.py` read at import."""

import os


def set_environment(threads: int) -> None:
    """Sets what vLLM and torch read at import: the engine in this process, nothing sent or downloaded."""
    os.environ.update(
        # The hooks and the hand-over of logits want the engine's core in this process; it also makes the
        # order of work, and so the output, the same each time.
        VLLM_ENABLE_V1_MULTIPROCESSING="0",
        # `recorder.py` knows the first generation of the model runner only.
        VLLM_USE_V2_MODEL_RUNNER="0",
        VLLM_NO_USAGE_STATS="1",
        DO_NOT_TRACK="1",
        HF_HUB_OFFLINE="1",
        OMP_NUM_THREADS=str(threads),
        TOKENIZERS_PARALLELISM="false",
    )
    # Two runs on one machine would be bound to the same cores.
    os.environ.setdefault("VLLM_CPU_OMP_THREADS_BIND", "nobind")
    os.environ.setdefault("VLLM_LOGGING_LEVEL", "WARNING")
