"""What a failure tag, an approach or a status means and what fits it, in Markdown: for hover and completion alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from wrongfix.fit import Fit, Matrix
from wrongfix.vocabulary import Vocabulary

_SIGNS = re.compile(r"([\\`*_{}\[\]()<>#+!|~&$])")
_FITS = (
    ("First fix", (Fit.FIRST_FIX,)),
    ("Once that was tried", (Fit.ONCE_TRIED,)),
    ("Helps", (Fit.HELPS,)),
    ("Does not fix it", (Fit.WRONG_FIX,)),
    ("Makes it worse", (Fit.MAKES_WORSE,)),
)
ORDER = {fit: rank for rank, fit in enumerate((Fit.FIRST_FIX, Fit.ONCE_TRIED, Fit.HELPS))}
NO_CLAIM, MISFIT = 3, 4


def of_failure(id_: str, vocabulary: Vocabulary, matrix: Matrix) -> str:
    """Return what a failure tag means, and what the matrix says of each approach to it."""
    term = vocabulary.failures[id_]
    rows = [(label, matrix.fitting(id_, *fits)) for label, fits in _FITS]
    told = [f"- {label}: {_codes(ids)}" for label, ids in rows if ids]
    return _page(f"**{term.title}** · `{id_}` · failure of the layer {term.group}", term.definition, told)


def of_approach(id_: str, vocabulary: Vocabulary, matrix: Matrix) -> str:
    """Return what an approach is, and which failures it fixes or does not."""
    term = vocabulary.approaches[id_]
    cells: dict[Fit, list[str]] = {}
    for failure in vocabulary.failures:
        for _, cell in matrix.judged(failure, id_):
            cells.setdefault(cell.fit, []).append(failure)
    rows = (
        ("First fix for", Fit.FIRST_FIX),
        ("Fits, once a first fix was tried, for", Fit.ONCE_TRIED),
        ("Does not fix", Fit.WRONG_FIX),
        ("Makes worse", Fit.MAKES_WORSE),
    )
    told = [f"- {label}: {_codes(dict.fromkeys(cells[fit]))}" for label, fit in rows if fit in cells]
    return _page(f"**{term.title}** · `{id_}` · {term.group}", term.definition, told)


def of_status(entry: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """Return what a status means to the rules."""
    if entry["id"] in vocabulary.data("defaults")["ended-statuses"]:
        said = "The decision does not stand: the record's content gets no findings."
    elif entry["settled"] == "accepted":
        said = "The decision binds: rules about evidence, order and operation weigh more than in a draft."
    else:
        said = "The decision is on its way: rules about evidence, order and operation weigh less than once accepted."
    return _page(f"**{entry['title']}** · status `{entry['id']}`", said, [])


def fit_of(approach: str, failures: Iterable[str], matrix: Matrix) -> tuple[int, str]:
    """Return how well an approach fits some failures, from 0 (first fix) to 4 (misfit), and that in words."""
    best, told = NO_CLAIM, ""
    for failure in failures:
        for _, cell in matrix.judged(failure, approach):
            if not cell.fit.serves:
                says = "does not fix" if cell.fit is Fit.WRONG_FIX else "makes worse"
                return MISFIT, f"{says} {failure}"
            if ORDER[cell.fit] < best:
                best, told = ORDER[cell.fit], f"{_SERVES[cell.fit]} {failure}"
    return best, told


_SERVES = {
    Fit.FIRST_FIX: "first fix for",
    Fit.ONCE_TRIED: "once the first fix was tried, for",
    Fit.HELPS: "helps with",
}


def escaped(words: str) -> str:
    """Return the words of a record so that Markdown shows them and runs nothing."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def plain(markdown: str) -> str:
    """Return Markdown of ours as plain text."""
    return re.sub(r"[*`]|\\(?=\W)", "", markdown)


def _codes(ids: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in ids)


def _page(head: str, said: str, rows: list[str]) -> str:
    return "\n\n".join(part for part in (head, said, "\n".join(rows)) if part)
