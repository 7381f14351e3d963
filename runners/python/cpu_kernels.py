"""Kernels of ours for CPUs on which those of vLLM are missing, wrong or slow."""

import os

from fp8_kernel import float32_fp8_kernel
from w8a8_kernel import exact_w8a8_kernel, products_are_exact
from wna16_kernel import unpacking_kernel


def register_cpu_kernels() -> None:
    """Replaces the kernels that this CPU cannot run, or not in float32. Call it once, before a checkpoint is loaded."""
    from vllm.platforms import current_platform

    if not current_platform.is_cpu():
        return
    current_platform.import_kernels()
    # On processors with AMX, vLLM would round the activations of W4A16 to 8 bits.
    os.environ["VLLM_CPU_INT4_W4A8"] = "0"
    _replace("CPUWNA16LinearKernel", unpacking_kernel(), "mp")
    _replace("ChannelWiseTorchFP8ScaledMMLinearKernel", float32_fp8_kernel(), "fp8")
    if not products_are_exact():
        _replace("CPUInt8ScaledMMLinearKernel", exact_w8a8_kernel(), "int8")


def _replace(name: str, kernel: type, kind: str) -> None:
    from vllm.model_executor.kernels.linear import register_linear_kernel
    from vllm.platforms import PlatformEnum

    disabled = os.environ.get("VLLM_DISABLED_KERNELS")
    os.environ["VLLM_DISABLED_KERNELS"] = ",".join(filter(None, [disabled, name]))
    register_linear_kernel(kernel, PlatformEnum.CPU, kind)
