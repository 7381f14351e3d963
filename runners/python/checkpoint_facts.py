"""What the weight files of a checkpoint say about it, read from the files themselves."""

import hashlib
import json
import math
import struct
from collections.abc import Callable, Collection
from pathlib import Path
from typing import NamedTuple

from safetensors import safe_open

# A layer's weight as the known formats store it, without the shape that some keep beside it.
WEIGHT = ("weight", "weight_packed", "weight_scale", "weight_zero_point", "weight_global_scale", "weight_g_idx",
          "qweight", "qzeros", "scales", "g_idx")
# One of these stands where a layer is compressed.
COMPRESSED = ("weight_packed", "weight_scale", "qweight")


class Stored(NamedTuple):
    """One tensor as a safetensors file holds it."""

    dtype: str
    shape: list[int]
    bytes: int


def weight_files(checkpoint: Path) -> list[Path]:
    """The safetensors files in the order of their names.

    Raises FileNotFoundError when there are none.
    """
    files = sorted(checkpoint.glob("*.safetensors"))
    if not files:
        raise FileNotFoundError(
            f"{checkpoint} holds no .safetensors files; convert the model with save_pretrained first"
        )
    return files


def stored_tensors(checkpoint: Path) -> dict[str, Stored]:
    """Every stored tensor by name, from the files' headers."""
    tensors = {}
    for path in weight_files(checkpoint):
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(length))
        for name, entry in header.items():
            if name != "__metadata__":
                begin, end = entry["data_offsets"]
                tensors[name] = Stored(entry["dtype"], entry["shape"], end - begin)
    return tensors


def read_tensors(checkpoint: Path, wanted: Collection[str] | Callable[[str], bool]) -> dict[str, list]:
    """The values of the small tensors that are wanted, flat, as far as the checkpoint has them."""
    chosen = wanted if callable(wanted) else lambda name: name in wanted
    values = {}
    for path in weight_files(checkpoint):
        with safe_open(path, framework="pt") as file:
            for name in filter(chosen, file.keys()):
                values[name] = file.get_tensor(name).float().flatten().tolist()
    return values


def compressed_layers(checkpoint: Path) -> set[str]:
    """Names of the layers whose stored weights are not plain numbers."""
    return {
        layer for layer, _, last in (name.rpartition(".") for name in stored_tensors(checkpoint)) if last in COMPRESSED
    }


def stored_bytes(checkpoint: Path) -> int:
    """Bytes of the weight files on disk, headers included."""
    return sum(path.stat().st_size for path in weight_files(checkpoint))


def effective_bits(checkpoint: Path, layers: dict[str, int]) -> float:
    """Stored bits per weight over the layers (name -> number of weights), scales and zero points included.

    The shape that packed formats store beside a weight, biases, and the scales of activations are left out.
    """
    stored = stored_tensors(checkpoint)
    bits = 0
    for layer in layers:
        own = [stored[name] for name in (f"{layer}.{last}" for last in WEIGHT) if name in stored]
        if not own:
            raise ValueError(f"{checkpoint}: no weight of {layer} in its files")
        bits += 8 * sum(tensor.bytes for tensor in own)
    return bits / math.fsum(layers.values())


def weights_hash(checkpoint: Path) -> str:
    """SHA-256 over the weight files' names and contents, in the order of the names."""
    digest = hashlib.sha256()
    for path in weight_files(checkpoint):
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
