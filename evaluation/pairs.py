"""Every failure with every approach that the matrix speaks of, a sentence each, judged by the engine as a record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from training.sentences import Sentence

from evaluation.counting import ratio
from evaluation.single import minimal
from wrongfix import engine
from wrongfix.fit import Fit
from wrongfix.settings import Settings
from wrongfix.text import Source

if TYPE_CHECKING:
    from evaluation.weights import Readers

_EACH = 4
"""So many pairs of sentences are judged for each cell of the matrix."""


def report(part: Iterable[Sentence], readers: Readers, *, listing: bool) -> None:
    """Print how many fitting pairs were flagged and how many wrong fixes were found."""
    by_id: defaultdict[str, list[Sentence]] = defaultdict(list)
    for one in part:
        if one.kind in ("failure", "approach") and one.language == "en":
            by_id[f"{one.kind} {one.id}"].append(one)
    matrix = readers(next(iter(by_id.values()))[0].hand).fit if by_id else None
    counts: Counter[str] = Counter()
    for (failure, approach), cell in sorted(matrix.cells.items()) if matrix is not None else ():
        kind = "fitting" if cell.fit.serves else "wrong" if cell.fit is Fit.WRONG_FIX else ""
        for said, done in _pairs(by_id[f"failure {failure}"], by_id[f"approach {approach}"]) if kind else ():
            named = _named(said, done, readers)
            hit = bool(named) if kind == "fitting" else (failure, approach) in named
            counts[kind] += 1
            counts[f"{kind} flagged"] += hit
            if listing and hit is (kind == "fitting"):
                print(f"{kind} pair {failure} x {approach}: {sorted(named)}\n    {said.text}\n    {done.text}")
    print(f"fitting pairs flagged  {ratio(counts['fitting flagged'], counts['fitting'])}")
    print(f"wrong fixes found      {ratio(counts['wrong flagged'], counts['wrong'])}")


def _pairs(failures: list[Sentence], approaches: list[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Yield a few pairs spread over both lists, the same ones each time."""
    for step in range(min(_EACH, len(failures), len(approaches))):
        yield failures[step * len(failures) // _EACH], approaches[step * len(approaches) // _EACH]


def _named(said: Sentence, done: Sentence, readers: Readers) -> set[tuple[str, str]]:
    """Return the pairs that findings on the record name; the approach's sentence is read as its own hand's is."""
    source = Source("0001-record.md", minimal(said.text, done.text))
    found = engine.check(source, readers(done.hand), Settings())
    return {(failure, approach) for each in found for failure in each.failures for approach in each.approaches}
