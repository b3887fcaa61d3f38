"""How far to trust what was heard, from the scores of all labels, through small decision trees; it reads no text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from typing import TYPE_CHECKING

from wrongfix.frozen import dataclass, field

if TYPE_CHECKING:
    from typing import TypeAlias

    Tree: TypeAlias = float | list["int | float | Tree"]
    """A leaf is what it adds to the logit; else: which value is asked, its bound, the tree up to it, the tree above."""

RIVALS_WITHIN, RIVALS_BEYOND = 4, 3
"""So many scores next to the best one are looked at: of the same kind, and of the other kind."""

MARGINS, SUPPORT = 6, 3
VALUES = MARGINS + RIVALS_WITHIN + RIVALS_BEYOND + 1 + SUPPORT
"""So many values tell right readings from wrong ones: margins, the scores of rivals, that of something failing, and
how the words share in the score of the best label."""

FAINT = 0.02
"""A word that adds less to a score does not speak for it."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Trees whose leaves add up to a logit."""

    trees: Sequence[Tree] = field(repr=False)

    def chance(self, values: Sequence[float]) -> float:
        """Return how likely a reading with these values is right."""
        total = 0.0
        for tree in self.trees:
            node = tree
            while isinstance(node, list):
                node = node[2] if values[node[0]] <= node[1] else node[3]  # type: ignore[index, operator] # as `checked`
            total += node
        return 1 / (1 + exp(-total))


def support(added: Iterable[float]) -> tuple[float, float, int]:
    """Return what the strongest word adds to a score, what all that speak for it add, and how many these are.

    One strong word among many that are indifferent misleads more often than several do.
    """
    for_it = [each for each in added if each > 0]
    return max(for_it, default=0.0), sum(for_it), sum(each > FAINT for each in for_it)


def checked(trees: Sequence[Tree], values: int) -> Trees:
    """Return the trees; ValueError tells that one of them asks for a value beyond so many, or is no tree."""
    waiting = [*trees]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            at, bound, below, above = node
            if not (isinstance(at, int) and 0 <= at < values and isinstance(bound, int | float)):
                raise ValueError("the learned model is damaged: a tree asks for a value that nobody computes")
            waiting += [below, above]
        elif not isinstance(node, int | float):
            raise ValueError("the learned model is damaged: a leaf is no number")  # noqa: TRY004 # of a file, not a caller
    return Trees(trees)
