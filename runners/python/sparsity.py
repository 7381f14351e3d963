"""Masks by magnitude, and how sparse a set of weights came out."""

import torch


def parse_pattern(pattern: str) -> tuple[int, int] | None:
    """(2, 4) for `2:4`; None for `0:0`, which is unstructured."""
    try:
        keep, group = (int(part) for part in pattern.split(":"))
    except ValueError as error:
        raise ValueError(f"A sparsity pattern looks like 2:4 or 0:0, found {pattern!r}") from error
    if (keep, group) == (0, 0):
        return None
    if not 0 < keep < group:
        raise ValueError(f"A sparsity pattern N:M needs 0 < N < M, found {pattern!r}")
    return keep, group


def magnitude_mask(weight: torch.Tensor, sparsity: float, pattern: str) -> torch.Tensor:
    """True where a weight (rows x columns) is removed.

    Unstructured: the smallest share of the layer, as `prune_magnitude` of the Wanda repository, but by
    rank and not by threshold, since bfloat16 weights tie at the threshold and too many would go.
    N:M: all but the N largest of every M neighbours of a row.
    """
    size = weight.abs().float()
    groups = parse_pattern(pattern)
    mask = torch.zeros_like(size, dtype=torch.bool)
    if groups is None:
        smallest = torch.argsort(size.flatten(), stable=True)[: int(size.numel() * sparsity)]
        mask.view(-1)[smallest] = True
        return mask
    keep, group = groups
    if size.shape[1] % group:
        raise ValueError(f"{size.shape[1]} columns are not whole groups of {group}")
    order = torch.argsort(size.view(-1, group), dim=1, stable=True)
    mask.view(-1, group).scatter_(1, order[:, : group - keep], True)
    return mask


@torch.no_grad()
def prune_by_magnitude(layers: dict[str, torch.nn.Linear], sparsity: float, pattern: str) -> None:
    """Sets the smallest weights of each layer to zero, in place."""
    for name, layer in layers.items():
        try:
            layer.weight.masked_fill_(magnitude_mask(layer.weight, sparsity, pattern), 0)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error


def groups_over(weight: torch.Tensor, pattern: str) -> int:
    """How many groups of the pattern hold more weights than it allows."""
    groups = parse_pattern(pattern)
    if groups is None:
        return 0
    keep, group = groups
    return int(((weight.reshape(-1, group) != 0).sum(dim=1) > keep).sum())


def measure_sparsity(weights: dict[str, torch.Tensor], expect: dict | None) -> float:
    """Share of zeros over all layers.

    Raises ValueError when it is more than 0.005 from `expect["sparsity"]` (only below it where `expect["atLeast"]`:
    rounding adds zeros), or a group breaks the pattern.
    """
    zeros = sum(int((weight == 0).sum()) for weight in weights.values())
    share = zeros / sum(weight.numel() for weight in weights.values())
    if expect is None:
        return share
    too_many = share - expect["sparsity"] > 0.005 and not expect.get("atLeast")
    if too_many or expect["sparsity"] - share > 0.005:
        raise ValueError(f"Sparsity came out as {share:.4f}, expected {expect['sparsity']} within 0.005")
    for name, weight in weights.items():
        if over := groups_over(weight, expect["pattern"]):
            raise ValueError(f"{name}: {over} groups break the pattern {expect['pattern']}")
    return share
