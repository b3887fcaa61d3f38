"""Small decision trees that tell right readings from wrong ones by their scores, grown one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np

from wrongfix.evidence.trust import checked

if TYPE_CHECKING:
    from wrongfix.evidence.trust import Tree

_COUNT, _LEAVES, _PACE = 60, 8, 0.15
"""So many trees with so many leaves, each mending so much of what those before it left; more were no better."""

_GROWING = {
    "objective": "binary",
    "num_leaves": _LEAVES,
    "learning_rate": _PACE,
    "lambda_l2": 5,
    "min_data_in_leaf": 20,
    "max_bin": 63,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 0,
    "verbose": -1,
}
_DIGITS = 5


def grow(values: np.ndarray, right: np.ndarray, counts: np.ndarray) -> tuple[Tree, ...]:
    """Return the trees; `counts` says how much each reading counts."""
    grown = lightgbm.train(_GROWING, lightgbm.Dataset(values, right.astype(float), weight=counts), _COUNT)
    return tuple(_tree(each["tree_structure"]) for each in grown.dump_model()["tree_info"])


def chances(trees: tuple[Tree, ...], values: np.ndarray) -> np.ndarray:
    """Return the chance of each reading, as the reader computes it."""
    ready = checked(trees, values.shape[1])
    return np.array([ready.chance(row) for row in values.tolist()])


def _tree(node: dict[str, Any]) -> Tree:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), _DIGITS)
    bound = round(float(node["threshold"]), _DIGITS)
    return [int(node["split_feature"]), bound, _tree(node["left_child"]), _tree(node["right_child"])]
