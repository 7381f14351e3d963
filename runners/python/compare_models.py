"""Whether a checkpoint made elsewhere can stand beside the baseline."""

import json
from pathlib import Path

from packed_weights import empty_model


def compare_models(base: Path, other: Path, compressed: bool, trust_remote_code: bool) -> list[str]:
    """Returns what must be known about the comparison.

    Raises ValueError when `other` is not what it is taken for: a compression of the base model must have its layers,
    any model its vocabulary size, since logits are compared entry by entry.
    """
    ours, theirs = (empty_model(folder, trust_remote_code, "meta") for folder in (base, other))
    if compressed:
        shapes = [{name: tuple(p.shape) for name, p in model.named_parameters()} for model in (ours, theirs)]
        if shapes[0] != shapes[1]:
            different = sorted(set(shapes[0].items()) ^ set(shapes[1].items()))[0]
            raise ValueError(f"{other} is no compression of the baseline: the models differ in {different[0]}; "
                             "name another model under the method distilled")
    sizes = [model.get_output_embeddings().weight.shape[0] for model in (ours, theirs)]
    if sizes[0] != sizes[1]:
        raise ValueError(f"{other} has logits for {sizes[1]} tokens, the baseline for {sizes[0]}: they cannot be "
                         "compared; make it a model of its own in the experiment")
    if vocabulary(base) != vocabulary(other):
        return ["Its tokenizer is not the baseline's: logits on the baseline's text do not compare token by token"]
    return []


def vocabulary(folder: Path) -> object:
    """What decides how a fast tokenizer cuts text; None where the folder has none."""
    path = folder / "tokenizer.json"
    if not path.is_file():
        return None
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    return [tokenizer.get(key) for key in ("model", "added_tokens", "pre_tokenizer", "normalizer")]
