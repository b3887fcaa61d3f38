"""Small decision trees say how far to trust a reading, and damaged ones are refused before they are asked."""

import pytest

from wrongfix.evidence.trust import (
    FAINT,
    MARGINS,
    RIVALS_BEYOND,
    RIVALS_WITHIN,
    SUPPORT,
    VALUES,
    Trees,
    checked,
    support,
)


def test_leaves_add_up_to_a_logit():
    """Each tree adds the leaf it leads to; a value at the bound goes below it."""
    trees = checked([[0, 0.5, -2.0, [1, 3, 1.0, 2.0]], 0.0], 2)
    low, middle, high = trees.chance((0.5, 9)), trees.chance((0.6, 3)), trees.chance((0.6, 3.1))
    assert low < 0.5 < middle < high
    assert middle == pytest.approx(0.7310585)
    assert low == pytest.approx(1 - high)


def test_no_tree_knows_nothing():
    """Without trees everything is as likely as not."""
    assert Trees([]).chance(()) == 0.5


@pytest.mark.parametrize(
    "tree",
    [
        [2, 0.5, 1.0, 2.0],
        [-1, 0.5, 1.0, 2.0],
        ["0", 0.5, 1.0, 2.0],
        [0, None, 1.0, 2.0],
        [0, 0.5, 1.0],
        [0, 0.5, "low", 2.0],
        [0, 0.5, 1.0, [0, 0.5, {}, 2.0]],
        None,
    ],
)
def test_what_is_no_tree_is_refused(tree):
    """A tree that asks for a value beyond those given, or that is none, is refused when it is read."""
    with pytest.raises(ValueError, match=r"damaged|unpack"):
        checked([tree], 2)


def test_values_are_counted_once():
    """Reader and training agree on the number of values."""
    assert VALUES == MARGINS + RIVALS_WITHIN + RIVALS_BEYOND + 1 + SUPPORT


def test_support_counts_what_speaks_for_a_score():
    """The strongest word, all that speak for the score, and how many do so audibly; what speaks against is left out."""
    assert support([0.5, 0.25, FAINT / 2, 0.0, -3.0]) == (0.5, 0.75 + FAINT / 2, 2)
    assert support([]) == (0.0, 0, 0)
