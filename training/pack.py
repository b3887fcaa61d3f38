"""The bytes of a model: a header in JSON, then tables; `wrongfix.evidence.weights.load` reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from training.fit import STANCES, Calibration, Labels, Weights
from training.origin import digest
from training.sentences import Sentence
from wrongfix.evidence.tokens import END, START, stem, words
from wrongfix.evidence.weights import EMPTY, MAGIC, scattered

_LARGEST = 127


def pack(
    weights: Weights, columns: Labels, calibrations: Sequence[Calibration], sentences: Sequence[Sentence]
) -> bytes:
    """Return the model as bytes; the sentences give the written forms of its words."""
    singles, beginnings, pairs = _tables(weights.words.terms)
    ids = {name: row for row, name in enumerate([*singles, *beginnings])}
    rows, scale = _rows(weights, [*ids, *pairs])
    keys = {_key(pair, ids): len(ids) + row for row, pair in enumerate(pairs)}
    sections = {
        **_word_table({**_names(ids), **_forms(ids, sentences)}),
        **_pair_table(keys),
        "rows": rows.tobytes(),
        "runs": np.asarray([*weights.frames.of_runs], "<u8").tobytes(),
        "run-weights": np.asarray([*weights.frames.of_runs.values()], "<f4").tobytes(),
    }
    failures, approaches, stances = calibrations
    lanes = rows.shape[1]
    hands = sorted({sentence.hand for sentence in sentences})
    header = {
        "hands": hands,
        "digest": digest(hands),
        "lanes": lanes,
        "beginnings": len(singles),
        "singles": len(ids),
        "scale": scale,
        "intercepts": [round(float(value), 5) for value in weights.intercepts],
        "nothing": len(columns.all) - 1,
        "failures": _kind(columns.failures, 0, failures),
        "approaches": _kind(columns.approaches, len(columns.failures), approaches),
        "stances": _kind(STANCES, len(columns.all), stances),
        "fails": len(columns.all) + len(STANCES),
        "frames": {"common": [*weights.frames.frames.common], "signs": weights.frames.of_signs},
        "sections": {name: len(data) for name, data in sections.items()},
    }
    return MAGIC + json.dumps(header, separators=(",", ":")).encode() + b"\n" + b"".join(sections.values())


def _tables(found: dict[str, int]) -> tuple[list[str], list[str], list[str]]:
    """Return stems, beginnings and pairs."""
    singles, beginnings, pairs = [START, END], [], []
    for term in found:
        if " " in term:
            pairs.append(term)
        elif term.startswith("^"):
            beginnings.append(term)
        elif term not in (START, END):
            singles.append(term)
    return singles, beginnings, pairs


def _names(ids: dict[str, int]) -> dict[str, int]:
    """Return marks and beginnings under their own name, and stems under a name no word of a text has."""
    return {name if name in (START, END) or name.startswith("^") else "=" + name: row for name, row in ids.items()}


def _forms(ids: dict[str, int], sentences: Sequence[Sentence]) -> dict[str, int]:
    forms = {word: stem(word) for sentence in sentences for word in words(sentence.text)}
    return {form: ids[forms[form]] for form in sorted(forms) if forms[form] in ids and not form.isdigit()}


def _key(pair: str, ids: dict[str, int]) -> int:
    first, second = pair.split(" ")
    return ids[first] << 16 | ids[second]


def _word_table(names: dict[str, int]) -> dict[str, bytes]:
    """Return the names one after another, where each starts, its row, and the places in which it is looked for."""
    written = [name.encode() for name in names]
    return {
        "names": b"".join(written),
        "starts": _bytes(np.cumsum([0, *map(len, written)])),
        "ids": _bytes([*names.values()]),
        "slots": _bytes(_placed([crc32(name) for name in written])),
    }


def _pair_table(rows: dict[int, int]) -> dict[str, bytes]:
    """Return for each place the pair that is looked for there, and its row."""
    keys, found = [*rows, EMPTY], [*rows.values(), 0]
    places = [min(place, len(rows)) for place in _placed([scattered(key) for key in rows])]
    return {"keys": _bytes([keys[place] for place in places]), "pairs": _bytes([found[place] for place in places])}


def _placed(hashes: Sequence[int]) -> list[int]:
    """Return a table at least twice as long in which each number stands at its hash or at the next free place."""
    places = [EMPTY] * (1 << (2 * len(hashes)).bit_length())
    for at, value in enumerate(hashes):
        slot = value % len(places)
        while places[slot] != EMPTY:
            slot = (slot + 1) % len(places)
        places[slot] = at
    return places


def _bytes(numbers: Sequence[int] | np.ndarray) -> bytes:
    return np.asarray(numbers, "<u4").tobytes()


def _rows(weights: Weights, terms: Sequence[str]) -> tuple[np.ndarray, float]:
    """Return a row of bytes for each term, and what one step of a byte is worth against the length lane."""
    places = [weights.words.terms.get(term, -1) for term in terms]
    marks = [row for row, place in enumerate(places) if place < 0]
    values, lengths = weights.words.rows(weights.rows)[places], weights.words.squares[places]
    values[marks], lengths[marks] = 0.0, 0.0
    step = float(np.abs(values).max()) / _LARGEST
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
        "trees": calibration.trees,
        "asked": calibration.asked,
        "sure": calibration.sure,
        "likely": calibration.likely,
        "floor": calibration.floor,
    }
