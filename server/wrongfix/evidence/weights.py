"""The weights of the learned model, from bytes: a header in JSON, then tables of terms and their rows.

It refuses bytes that are not a model of this version, and it runs no code from them.
"""

from __future__ import annotations

import json
import sys
from array import array
from typing import Any

from wrongfix.evidence.tokens import END, START
from wrongfix.frozen import dataclass, field

MAGIC = b"wrongfix learned 1\n"


@dataclass(frozen=True, slots=True)
class Kind:
    """One list of ids the model chooses from, and how its weights become a probability.

    `lanes` are the columns of the ids; `slopes` belong to the margins that reading computes.
    A reading of at least `sure` was right in 97 of 100 cases on sentences of a hand not trained on;
    one of at least `likely` needs another sign beside it; below `floor` nothing is said.
    """

    ids: tuple[str, ...]
    lanes: range
    slopes: tuple[float, ...]
    intercept: float
    sure: float
    likely: float
    floor: float


class Spread(dict[int, int]):
    """Rows of bytes as integers with two bytes a lane, each made when it is first asked for.

    One addition of such integers adds all lanes at once; at most every row is kept once.
    """

    __slots__ = ("_lanes", "_rows")

    def __init__(self, rows: bytes, lanes: int) -> None:
        super().__init__()
        self._rows, self._lanes = rows, lanes

    def __missing__(self, row: int) -> int:
        """Return the row's integer and keep it."""
        both = bytearray(2 * self._lanes)
        both[::2] = self._rows[row * self._lanes : (row + 1) * self._lanes]
        self[row] = spread = int.from_bytes(both, "little")
        return spread


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of terms, made from bytes; nothing changes what it says.

    `hands` are the files of sentences it was learned from, `digest` the hash of these and of the training scripts.
    A row holds one byte for each lane; the last lane is the square of the term's length.
    """

    failures: Kind
    approaches: Kind
    stances: Kind
    nothing: int
    hands: tuple[int, ...]
    digest: str
    lanes: int
    singles: int
    scale: float
    intercepts: tuple[float, ...] = field(repr=False)
    ids: dict[str, int] = field(repr=False)
    pairs: dict[int, int] = field(repr=False)
    triples: dict[int, int] = field(repr=False)
    rows: bytes = field(repr=False)
    wide: Spread = field(repr=False)
    rivals: range


def load(data: bytes) -> Model:
    """Return the model the bytes hold; ValueError says what is wrong with them."""
    if not data.startswith(MAGIC):
        raise ValueError("these bytes are no learned model of this version")
    try:
        header_end = data.index(b"\n", len(MAGIC))
        header = json.loads(data[len(MAGIC) : header_end])
        sections = _sections(data, header_end + 1, header["sections"])
        return _model(header, sections)
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as problem:
        raise ValueError(f"the learned model is damaged: {problem!r}") from problem


def _sections(data: bytes, start: int, lengths: dict[str, int]) -> dict[str, bytes]:
    sections = {}
    for name, length in lengths.items():
        sections[name] = data[start : start + length]
        start += length
    if start != len(data):
        raise ValueError(f"the learned model is {len(data)} bytes long and should be {start}")
    return sections


def _model(header: dict[str, Any], sections: dict[str, bytes]) -> Model:
    names = sections["names"].decode().split("\n")
    pairs, triples = _numbers("I", sections["pairs"]), _numbers("I", sections["triples"])
    name_ids = _numbers("H", sections["ids"])
    singles, lanes = header["singles"], header["lanes"]
    count = singles + len(pairs) + len(triples)
    if (
        len(sections["rows"]) != count * lanes
        or len(names) != len(name_ids)
        or max(name_ids) >= singles
        or len(header["intercepts"]) != lanes - 1
        or not {START, END}.issubset(names)
    ):
        raise ValueError("the tables of the learned model do not fit one another")
    failures, approaches = _kind(header["failures"]), _kind(header["approaches"])
    return Model(
        failures=failures,
        approaches=approaches,
        stances=_kind(header["stances"]),
        nothing=int(header["nothing"]),
        hands=tuple(map(int, header["hands"])),
        digest=str(header["digest"]),
        lanes=lanes,
        singles=singles,
        scale=float(header["scale"]),
        intercepts=tuple(map(float, header["intercepts"])),
        ids=dict(zip(names, name_ids, strict=True)),
        pairs=dict(zip(pairs, range(singles, singles + len(pairs)), strict=True)),
        triples=dict(zip(triples, range(singles + len(pairs), count), strict=True)),
        rows=sections["rows"],
        wide=Spread(sections["rows"], lanes),
        rivals=range(failures.lanes.start, approaches.lanes.stop),
    )


def _numbers(code: str, data: bytes) -> array[int]:
    numbers = array(code)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _kind(entry: dict[str, Any]) -> Kind:
    first = int(entry["first"])
    if len(entry["slopes"]) not in (1, 6):
        raise ValueError("the learned model is damaged: its margins are not those the reader computes")
    ids = tuple(map(str, entry["ids"]))
    return Kind(
        ids=ids,
        lanes=range(first, first + len(ids)),
        slopes=tuple(map(float, entry["slopes"])),
        intercept=float(entry["intercept"]),
        sure=float(entry["sure"]),
        likely=float(entry["likely"]),
        floor=float(entry["floor"]),
    )
