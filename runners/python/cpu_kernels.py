"""Kernels of ours for CPUs on which those of vLLM are missing or wrong."""

import os

from int8_kernel import exact_int8_kernel
from wna16_kernel import unpacking_kernel


def register_cpu_kernels() -> None:
    """Replaces the kernels that this CPU cannot run, or not in float32. Call it once, before a checkpoint is loaded."""
    from vllm.platforms import CpuArchEnum, current_platform

    if not current_platform.is_cpu():
        return
    current_platform.import_kernels()
    # On processors with AMX, vLLM would round the activations of W4A16 to 8 bits.
    os.environ["VLLM_CPU_INT4_W4A8"] = "0"
    _replace("CPUWNA16LinearKernel", unpacking_kernel(), "mp")
    if current_platform.get_cpu_architecture() == CpuArchEnum.X86 and not has_vnni():
        _replace("CPUInt8ScaledMMLinearKernel", exact_int8_kernel(), "int8")


def has_vnni() -> bool:
    """Whether the processor adds 8-bit products in 32 bits; taken as true where Linux does not tell."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            flags = {flag for line in file if line.startswith("flags") for flag in line.split()}
    except OSError:
        return True
    return not flags.isdisjoint({"avx512_vnni", "avx_vnni"}) or not flags


def _replace(name: str, kernel: type, kind: str) -> None:
    from vllm.model_executor.kernels.linear import register_linear_kernel
    from vllm.platforms import PlatformEnum

    disabled = os.environ.get("VLLM_DISABLED_KERNELS")
    os.environ["VLLM_DISABLED_KERNELS"] = ",".join(filter(None, [disabled, name]))
    register_linear_kernel(kernel, PlatformEnum.CPU, kind)
