"""Singular values of weights, in float64."""

from collections.abc import Iterator

import torch

# Above it the eigenvalues of the Gram matrix are taken: many times faster, and apart from singular values
# below 1e-8 of the largest the same.
LARGEST_SVD = 1024


def singular_values(matrix: torch.Tensor) -> torch.Tensor:
    """The min(rows, columns) singular values, largest first."""
    if min(matrix.shape) <= LARGEST_SVD:
        return torch.linalg.svdvals(matrix)
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    return torch.linalg.eigvalsh(wide @ wide.T).clamp_min(0).sqrt().flip(0)


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
        normalised = singular_values(normalise(matrix)).square() / rows
        for transform, values in (("raw", raw), ("normalised", normalised)):
            yield {
                "source": "weight",
                "layer": layer,
                "transform": transform,
                "row_count": rows,
                "column_count": columns,
                "singular_values": values.tolist(),
            }
