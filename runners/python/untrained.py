"""The untrained twin of a model: the same architecture with the weights that training would begin with."""

from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForCausalLM


def untrained_twin(folder: Path, trust_remote_code: bool, seed: int) -> torch.nn.Module:
    """The model of `folder`'s config.json with its own random initialisation, drawn in float32, in the model's type.

    Without touching the random state of others. The same seed gives the same weights.
    """
    settings = AutoConfig.from_pretrained(folder, trust_remote_code=trust_remote_code)
    if hasattr(settings, "quantization_config"):
        del settings.quantization_config
    dtype = settings.dtype or torch.float32
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = AutoModelForCausalLM.from_config(settings, dtype=torch.float32, trust_remote_code=trust_remote_code)
    return model.to(dtype).eval()
