"""Writes a compressed-tensors checkpoint of packed integers in the forms of GPTQ and AWQ, number by number.

    python packed_fixture.py SOURCE MODEL TARGET gptq|awq

SOURCE is the compressed checkpoint, MODEL the base model. The packing follows AutoGPTQ 0.7 (QuantLinear.pack, zero
points stored one too low) and AutoAWQ 0.2 (WQLinear_GEMM.from_linear), here with Python's own integers.
"""

import json
import shutil
import sys
from pathlib import Path

import numpy
import torch
from compressed_tensors.compressors.pack_quantized.helpers import unpack_from_int32
from safetensors.torch import load_file, save_file

AWQ_ORDER = [0, 2, 4, 6, 1, 3, 5, 7]


def bitstream(numbers: list[int], bits: int) -> list[int]:
    """The numbers one after another, lowest bits first, cut into 32-bit words."""
    total = sum(number << (bits * index) for index, number in enumerate(numbers))
    words = [(total >> (32 * index)) & 0xFFFFFFFF for index in range(len(numbers) * bits // 32)]
    return [word - 2**32 if word >= 2**31 else word for word in words]


def columns(matrix: numpy.ndarray, bits: int) -> torch.Tensor:
    """Each column packed downwards."""
    packed = [bitstream([int(n) for n in matrix[:, column]], bits) for column in range(matrix.shape[1])]
    return torch.tensor(packed, dtype=torch.int32).T.contiguous()


def awq_rows(matrix: numpy.ndarray) -> torch.Tensor:
    """Each row packed to the right, eight numbers an int32, in AWQ's order."""
    rows = []
    for row in matrix:
        ordered = [int(row[start + place]) for start in range(0, len(row), 8) for place in AWQ_ORDER]
        rows.append(bitstream(ordered, 4))
    return torch.tensor(rows, dtype=torch.int32)


def convert(source: Path, model: Path, target: Path, form: str) -> None:
    config = json.loads((source / "config.json").read_text())
    weights = config.pop("quantization_config")["config_groups"]["group_0"]["weights"]
    bits, group = weights["num_bits"], weights["group_size"]
    stored, result = load_file(source / "model.safetensors"), {}
    for name, tensor in stored.items():
        layer, _, last = name.rpartition(".")
        if f"{layer}.weight_packed" not in stored:
            result[name] = tensor
        if last != "weight_packed":
            continue
        shape = torch.Size(stored[f"{layer}.weight_shape"].tolist())
        numbers = unpack_from_int32(tensor, bits, shape).numpy().astype(int) + 2 ** (bits - 1)
        scales = stored[f"{layer}.weight_scale"]
        zeros = numpy.full(scales.shape, 2 ** (bits - 1))
        if f"{layer}.weight_zero_point" in stored:
            packed_zeros = stored[f"{layer}.weight_zero_point"]
            zeros = unpack_from_int32(packed_zeros, bits, scales.shape, packed_dim=0).numpy().astype(int) + 2 ** (bits - 1)
        result[f"{layer}.scales"] = scales.T.contiguous()
        if form == "gptq":
            result[f"{layer}.qweight"] = columns(numbers.T, bits)
            result[f"{layer}.qzeros"] = columns((zeros - 1) % 2**bits, bits).T.contiguous()
            result[f"{layer}.g_idx"] = torch.arange(shape[1], dtype=torch.int32) // group
        else:
            result[f"{layer}.qweight"] = awq_rows(numbers.T)
            result[f"{layer}.qzeros"] = awq_rows(zeros.T)
    shutil.copytree(model, target, dirs_exist_ok=True)
    save_file(result, target / "model.safetensors", metadata={"format": "pt"})
    more = {"desc_act": False, "sym": weights["symmetric"]} if form == "gptq" else {"version": "gemm", "zero_point": True}
    config["quantization_config"] = {"quant_method": form, "bits": bits, "group_size": group, **more}
    (target / "config.json").write_text(json.dumps(config))


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
