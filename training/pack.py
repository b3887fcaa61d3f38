"""The bytes of a model: a header in JSON, then tables; `wrongfix.evidence.learned.load` reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np

from training.fit import STANCES, Calibration, Labels, Weights
from training.origin import digest
from training.sentences import Sentence
from wrongfix.evidence.learned import MAGIC
from wrongfix.evidence.tokens import END, START, stem, words

_LARGEST = 127


def pack(
    weights: Weights, columns: Labels, calibrations: Sequence[Calibration], sentences: Sequence[Sentence]
) -> bytes:
    """Return the model as bytes; the sentences give the written forms of its words."""
    singles, pairs, triples = _tables(weights.words.terms)
    terms = [*singles, *pairs, *triples]
    ids = {name: row for row, name in enumerate(singles)}
    names = {**_names(ids), **_forms(ids, sentences)}
    rows, scale = _rows(weights, terms)
    sections = {
        "names": "\n".join(names).encode(),
        "ids": np.array([*names.values()], "<u2").tobytes(),
        "pairs": _keys(pairs, ids, ids),
        "triples": _keys(triples, {pair: len(singles) + row for row, pair in enumerate(pairs)}, ids),
        "rows": rows.tobytes(),
    }
    failures, approaches, stances = calibrations
    lanes = rows.shape[1]
    hands = sorted({sentence.hand for sentence in sentences})
    header = {
        "hands": hands,
        "digest": digest(hands),
        "lanes": lanes,
        "singles": len(singles),
        "scale": scale,
        "intercepts": [round(float(value), 5) for value in weights.intercepts],
        "nothing": len(columns.all) - 1,
        "failures": _kind(columns.failures, 0, failures),
        "approaches": _kind(columns.approaches, len(columns.failures), approaches),
        "stances": _kind(STANCES, len(columns.all), stances),
        "sections": {name: len(data) for name, data in sections.items()},
    }
    return MAGIC + json.dumps(header, separators=(",", ":")).encode() + b"\n" + b"".join(sections.values())


def _tables(found: dict[str, int]) -> tuple[list[str], list[str], list[str]]:
    by_length: list[list[str]] = [[START, END], [], []]
    for term in found:
        by_length[term.count(" ")].append(term)
    return by_length[0], by_length[1], by_length[2]


def _names(ids: dict[str, int]) -> dict[str, int]:
    """Return marks and beginnings under their own name, and stems under a name no word of a text has."""
    return {name if name in (START, END) or name.startswith("^") else "=" + name: row for name, row in ids.items()}


def _forms(ids: dict[str, int], sentences: Sequence[Sentence]) -> dict[str, int]:
    forms = {word: stem(word) for sentence in sentences for word in words(sentence.text)}
    return {form: ids[forms[form]] for form in sorted(forms) if forms[form] in ids and not form.isdigit()}


def _keys(terms: Sequence[str], first: dict[str, int], second: dict[str, int]) -> bytes:
    parts = [term.rsplit(" ", 1) for term in terms]
    return np.array([first[one] << 16 | second[two] for one, two in parts], "<u4").tobytes()


def _rows(weights: Weights, terms: Sequence[str]) -> tuple[np.ndarray, float]:
    """Return a row of bytes for each term, and what one step of a byte is worth against the length lane."""
    places = [weights.words.terms.get(term, -1) for term in terms]
    marks = [row for row, place in enumerate(places) if place < 0]
    values, lengths = weights.words.rows(weights.rows)[places], weights.words.squares[places]
    values[marks], lengths[marks] = 0.0, 0.0
    step = float(np.quantile(np.abs(values), 0.9999)) / _LARGEST
    unit = float(lengths.max()) / 255
    lanes = np.clip(np.rint(values / step), -_LARGEST, _LARGEST) + 128
    table = np.column_stack([lanes, np.rint(lengths / unit)]).astype(np.uint8)
    return table, float(f"{step / np.sqrt(unit):.9g}")


def _kind(ids: Sequence[str], first: int, calibration: Calibration) -> dict[str, object]:
    return {
        "ids": ids,
        "first": first,
        "slopes": calibration.slopes,
        "intercept": calibration.intercept,
        "sure": calibration.sure,
        "likely": calibration.likely,
        "floor": calibration.floor,
    }
