"""The fit matrix and what it says of a record: which pairs of failure and approach fit, miss or harm; no rules here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from wrongfix.evidence.model import Approach, Evidence, Failure
from wrongfix.frozen import dataclass
from wrongfix.vocabulary import Vocabulary

Mention = TypeVar("Mention", Failure, Approach)


class Fit(StrEnum):
    """What an approach does to a failure."""

    FIRST_FIX = "first-fix"
    ONCE_TRIED = "once-tried"
    """Fits once a first fix of the row is recorded as tried, ruled out or also chosen."""
    HELPS = "helps"
    WRONG_FIX = "wrong-fix"
    MAKES_WORSE = "makes-worse"

    @property
    def serves(self) -> bool:
        """Say whether the approach does the failure any good."""
        return self in (Fit.FIRST_FIX, Fit.ONCE_TRIED, Fit.HELPS)


@dataclass(frozen=True, slots=True)
class Cell:
    """One filled cell of the matrix; `severity` caps what a finding on it may be."""

    fit: Fit
    sources: tuple[str, ...] = ()
    note: str = ""
    severity: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the matrix says of one claimed failure and one chosen approach.

    `approach_id` is the approach judged: a member of a combined approach where the matrix has no cell for the whole.
    `open` says that the pair deserves a finding: not covered, compensated or waiting for a first fix already tried.
    """

    failure: Failure
    approach: Approach
    approach_id: str
    fit: Fit
    open: bool
    severity: str | None = None


@dataclass(frozen=True)
class Matrix:
    """The fit matrix: cells by failure and approach, and what compensates a cell that makes things worse.

    `measuring` is the approach that lets every failure be seen: it serves only those whose first fix it is.
    """

    cells: Mapping[tuple[str, str], Cell]
    compensated: tuple[Mapping[str, Any], ...]
    measuring: str
    vocabulary: Vocabulary

    def cell(self, failure: str, approach: str) -> Cell | None:
        """Return the cell of a pair; nothing where the matrix makes no claim."""
        return self.cells.get((failure, approach))

    def fitting(self, failure: str, *fits: Fit) -> tuple[str, ...]:
        """Return the approaches with one of the fits for a failure: by fit as given, then in the matrix's order."""
        row = self._rows.get(failure, {})
        return tuple(approach for fit in fits for approach, cell in row.items() if cell.fit is fit)

    def judged(self, failure: str, approach: str) -> tuple[tuple[str, Cell], ...]:
        """Return the cells that judge a pair: its own, or those of the members of a combined approach without one."""
        own = self.cell(failure, approach)
        if own is not None:
            return ((approach, own),)
        term = self.vocabulary.approaches.get(approach)
        members = term.expands if term else ()
        cells = ((member, self.cell(failure, member)) for member in members)
        return tuple((member, cell) for member, cell in cells if cell is not None)

    @cached_property
    def _rows(self) -> Mapping[str, Mapping[str, Cell]]:
        rows: dict[str, dict[str, Cell]] = {}
        for (failure, approach), cell in self.cells.items():
            rows.setdefault(failure, {})[approach] = cell
        return rows


@dataclass(frozen=True)
class Assessment:
    """The matrix held against one record's evidence."""

    verdicts: tuple[Verdict, ...]
    unaddressed: tuple[Failure, ...]
    """Claimed failures no chosen approach does any good."""
    idle: tuple[Approach, ...]
    """Chosen approaches that do no claimed failure any good."""


def assess(evidence: Evidence, matrix: Matrix) -> Assessment:
    """Judge every pair of a claimed failure and a chosen approach."""
    failures = _one_each(evidence.claimed)
    chosen = _one_each(evidence.chosen)
    served: dict[str, set[str]] = {failure.id: set() for failure in failures}
    busy: set[str] = set()
    for failure in failures:
        for approach in chosen:
            if _serves(matrix, failure.id, approach.id):
                served[failure.id].add(approach.id)
                busy.add(approach.id)
    verdicts = tuple(
        Verdict(
            failure,
            approach,
            member,
            cell.fit,
            _open(evidence, matrix, served, failure.id, member, cell),
            cell.severity,
        )
        for failure in failures
        for approach in chosen
        for member, cell in _telling(matrix, failure.id, approach.id)
    )
    return Assessment(
        verdicts=verdicts,
        unaddressed=tuple(failure for failure in failures if not served[failure.id]),
        idle=tuple(approach for approach in chosen if approach.id not in busy and approach.id != matrix.measuring),
    )


def read_matrix(data: Mapping[str, Any], vocabulary: Vocabulary) -> Matrix:
    """Make the matrix from the content of `rules/fit.yaml`. Raises ValueError on a value that is no fit."""
    cells: dict[tuple[str, str], Cell] = {}
    for failure, row in data["rows"].items():
        for approach, value in row.items():
            cells[failure, approach] = _cell(value)
    return Matrix(cells, tuple(data.get("compensated", ())), data["measuring"], vocabulary)


def _cell(value: str | Mapping[str, Any]) -> Cell:
    if isinstance(value, str):
        return Cell(Fit(value))
    return Cell(Fit(value["fit"]), tuple(value.get("sources", ())), value.get("note", ""), value.get("severity"))


def _serves(matrix: Matrix, failure: str, approach: str) -> bool:
    if approach == matrix.measuring:
        cell = matrix.cell(failure, approach)
        return cell is not None and cell.fit is Fit.FIRST_FIX
    return any(cell.fit.serves for _, cell in matrix.judged(failure, approach))


def _telling(matrix: Matrix, failure: str, approach: str) -> tuple[tuple[str, Cell], ...]:
    """Return what judges the pair; of a combined approach's members, the ones that serve silence the others."""
    judged = matrix.judged(failure, approach)
    serving = tuple(pair for pair in judged if pair[1].fit.serves)
    return serving or judged


def _open(
    evidence: Evidence, matrix: Matrix, served: Mapping[str, set[str]], failure: str, approach: str, cell: Cell
) -> bool:
    if cell.fit is Fit.WRONG_FIX:
        return not served[failure]
    if cell.fit is Fit.MAKES_WORSE:
        return not _compensated(evidence, matrix, failure, approach)
    if cell.fit is Fit.ONCE_TRIED:
        settled = {attempt.id for attempt in (*evidence.tried, *evidence.ruled_out)}
        settled |= {chosen.id for chosen in evidence.chosen}
        return not settled.intersection(matrix.fitting(failure, Fit.FIRST_FIX))
    return False


def _compensated(evidence: Evidence, matrix: Matrix, failure: str, approach: str) -> bool:
    chosen = {mention.id for mention in evidence.chosen}
    layers = {matrix.vocabulary.failures[mention.id].group for mention in evidence.claimed}
    claimed = {mention.id for mention in evidence.claimed}
    return any(
        approach in entry["approaches"]
        and failure in entry["failures"]
        and (
            chosen.intersection(entry.get("by-chosen", ()))
            or claimed.intersection(entry.get("by-failure", ()))
            or layers.intersection(entry.get("by-layer", ()))
        )
        for entry in matrix.compensated
    )


def _one_each(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.id, mention)
    return tuple(first.values())
