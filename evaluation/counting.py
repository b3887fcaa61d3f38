"""Counts of right, wrong and missed readings, and the ratios they make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Count:
    """How many readings were right and wrong, and how many were there to be found."""

    right: int = 0
    wrong: int = 0
    labelled: int = 0

    def add(self, found: set[str], expected: set[str]) -> None:
        """Count what was found beside what was expected."""
        self.right += len(found & expected)
        self.wrong += len(found - expected)
        self.labelled += len(expected)

    def __str__(self) -> str:
        """Say precision and recall with their counts."""
        said = self.right + self.wrong
        return f"precision {ratio(self.right, said)}  recall {ratio(self.right, self.labelled)}"


def ratio(part: int, whole: int) -> str:
    """Say a share with its counts."""
    share = f"{part / whole:.3f}" if whole else "-"
    return f"{share} ({part}/{whole})"
