"""Singular values of weights, in float64."""

from collections.abc import Iterator

import torch

# Above it the eigenvalues of the Gram matrix are tried first: many times faster.
LARGEST_SVD = 1024
# Relative error of the effective rank that the Gram matrix may cause, and the error of its eigenvalues in units
# of the machine's epsilon times the largest; both as in analysis/kernels.
TOLERANCE = 5e-10
NOISE = 4


def singular_values(matrix: torch.Tensor) -> torch.Tensor:
    """The min(rows, columns) singular values of a float64 matrix, largest first.

    Their effective rank is good to 1e-9: where squaring would drown small ones, an SVD is made.
    """
    if min(matrix.shape) <= LARGEST_SVD:
        return torch.linalg.svdvals(matrix)
    squared = squared_singular_values(matrix)
    if gram_erank_error(squared) <= TOLERANCE:
        return squared.sqrt()
    return torch.linalg.svdvals(matrix)


def squared_singular_values(matrix: torch.Tensor) -> torch.Tensor:
    """The same squared, by the smaller Gram matrix: enough for whatever goes with the squares."""
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    return torch.linalg.eigvalsh(wide @ wide.T).clamp_min(0).flip(0)


def gram_erank_error(squared: torch.Tensor) -> float:
    """The estimate of `gramErankError` in analysis/kernels/gram_error.ts, where it is explained."""
    noise = NOISE * torch.finfo(torch.float64).eps * squared[0]
    values, floored = squared.sqrt(), squared.clamp_min(noise).sqrt()
    total = values.sum()
    entropy = -torch.special.xlogy(values / total, values / total).sum()
    above = squared > 16 * noise
    error = torch.where(above, noise / (2 * floored), floored)
    effect = error / total * ((floored / total).log() + entropy).abs()
    return float(3 * effect[above].square().sum().sqrt() + effect[~above].sum())


def normalise(matrix: torch.Tensor) -> torch.Tensor:
    """Rows minus the mean row, then scaled to unit length (Diff-eRank; Wei et al. 2024).

    A row that equals the mean stays zero.
    """
    centred = matrix - matrix.mean(dim=0)
    return centred / centred.norm(dim=1, keepdim=True).clamp_min(1e-12)


def spectra_of(weights: dict[str, torch.Tensor]) -> Iterator[dict]:
    """Rows of the `spectra` log: each layer's weight W (outputs x inputs) as `raw` and `normalised`.

    `normalised` holds the min(rows, columns) largest singular values of Z^T Z / N, Z the normalised W and N
    its rows; the rest of them are zero.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    for layer, weight in weights.items():
        matrix = weight.to(device=device, dtype=torch.float64)
        rows, columns = matrix.shape
        raw = singular_values(matrix)
        normalised = squared_singular_values(normalise(matrix)) / rows
        for transform, values in (("raw", raw), ("normalised", normalised)):
            yield {
                "source": "weight",
                "layer": layer,
                "transform": transform,
                "row_count": rows,
                "column_count": columns,
                "singular_values": values.tolist(),
            }
