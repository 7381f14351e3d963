"""What is known of a variant's key-value cache."""

import json
from pathlib import Path

SCALE_BITS = 32


def integer_cache(recipe: list[dict]) -> dict | None:
    """The cache that a recipe's `cache` step asks for, as `simulation.json` holds it; None without such a step."""
    for step in recipe:
        if step.get("torch") == "cache":
            return {"arguments": {"type": "int", "bits": step["arguments"]["bits"]}, "scales": None}
    return None


def stored_cache_scheme(checkpoint: Path) -> dict | None:
    """The cache that a compressed-tensors checkpoint asks of the engine; None when it leaves it alone."""
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    scheme = (config.get("quantization_config") or {}).get("kv_cache_scheme")
    return scheme and {"arguments": {"type": scheme["type"], "bits": scheme["num_bits"]}, "scales": None}


def cache_bits(cache: dict | None, config) -> float | None:
    """Bits that a number of the cache takes; None where the engine keeps its own type.

    Integers carry 32 bits a token and head: a float32 scale, or a scale and a zero point of 16 bits each. Floats
    share one scale a layer, which does not count.
    """
    if cache is None:
        return None
    arguments = cache["arguments"]
    if arguments["type"] == "float":
        return arguments["bits"]
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return arguments["bits"] + SCALE_BITS / width
