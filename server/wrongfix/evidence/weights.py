"""The weights of the learned model, from bytes: a header in JSON, then tables of terms and their rows.

It refuses bytes that are not a model of this version, and it runs no code from them.
Terms are looked up in the tables as they lie in the file: making dictionaries of them would cost a cold start more
than reading a record does.
"""

from __future__ import annotations

import json
import sys
from array import array
from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any
from zlib import crc32

from wrongfix.evidence.choosing import FIRST_WORD, MOST_WORDS, Frames, Runs
from wrongfix.evidence.tokens import END, PREFIX_LENGTH, START, stem
from wrongfix.evidence.trust import MARGINS, VALUES, Trees, checked
from wrongfix.frozen import dataclass, field

MAGIC = b"wrongfix learned 4\n"

UNKNOWN = -1
"""The row of a word that tells nothing."""

EMPTY = 0xFFFFFFFF
"""What an empty place of a table holds."""

_MOST_WORDS, _MOST_PAIRS = 50_000, 200_000
"""So many are remembered before remembering starts anew."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One list of ids the model chooses from, and how its scores become a probability.

    `lanes` are the columns of the ids; `slopes` belong to the margins that reading computes and make a first guess;
    where it reaches `asked`, `trees` say how likely the reading is right.
    A reading of at least `sure` was right in 97 of 100 cases on sentences of a hand not trained on;
    one of at least `likely` needs another sign beside it; below `floor` nothing is said.
    """

    ids: tuple[str, ...]
    lanes: range
    slopes: tuple[float, ...]
    intercept: float
    asked: float
    trees: Trees
    sure: float
    likely: float
    floor: float


class Spread(dict[int, int]):
    """Rows of bytes as integers with two bytes a lane, each made when it is first asked for.

    One addition of such integers adds all lanes at once; at most every row is kept once.
    """

    __slots__ = ("_lanes", "_rows")

    def __init__(self, rows: memoryview, lanes: int) -> None:
        super().__init__()
        self._rows, self._lanes = rows, lanes

    def __missing__(self, row: int) -> int:
        """Return the row's integer and keep it."""
        both = bytearray(2 * self._lanes)
        both[::2] = self._rows[row * self._lanes : (row + 1) * self._lanes]
        self[row] = spread = int.from_bytes(both, "little")
        return spread


class Words(dict[str, int]):
    """Rows of words, each looked up when it is first asked for: by its form, its stem, or how it begins.

    Rows from `beginnings` on are of words known by their beginning alone: these make no pairs with their neighbours.
    """

    __slots__ = ("_names", "_rows", "_slots", "_starts")

    def __init__(self, names: bytes, starts: Sequence[int], rows: Sequence[int], slots: Sequence[int]) -> None:
        super().__init__()
        self._names, self._starts, self._rows, self._slots = names, starts, rows, slots

    def __missing__(self, word: str) -> int:
        """Return the row of a word and keep it."""
        if len(self) >= _MOST_WORDS:
            self.clear()
        row = self._find(word)
        if row == UNKNOWN:
            base = stem(word)
            row = self._find("=" + base)
            if row == UNKNOWN and len(base) >= PREFIX_LENGTH:
                row = self._find("^" + base[:PREFIX_LENGTH])
        self[word] = row
        return row

    def _find(self, name: str) -> int:
        data, slots, starts = name.encode("utf-8", "replace"), self._slots, self._starts
        mask = len(slots) - 1
        slot = crc32(data) & mask
        while (at := slots[slot]) != EMPTY:
            if self._names[starts[at] : starts[at + 1]] == data:
                return self._rows[at]
            slot = slot + 1 & mask
        return UNKNOWN


class Pairs(dict[int, int]):
    """Rows of pairs of words, each looked up when first asked for, by the rows of both: `first << 16 | second`."""

    __slots__ = ("_keys", "_rows")

    def __init__(self, keys: Sequence[int], rows: Sequence[int]) -> None:
        super().__init__()
        self._keys, self._rows = keys, rows

    def __missing__(self, key: int) -> int:
        """Return the row of a pair and keep it."""
        if len(self) >= _MOST_PAIRS:
            self.clear()
        keys = self._keys
        mask = len(keys) - 1
        slot = scattered(key) & mask
        while (found := keys[slot]) != EMPTY and found != key:
            slot = slot + 1 & mask
        self[key] = row = UNKNOWN if found == EMPTY else self._rows[slot]
        return row


def scattered(key: int) -> int:
    """Return a number in which all bits of the key have a say, also in the lowest ones."""
    key = key * 0x9E3779B1 & 0xFFFFFFFF
    return key ^ key >> 15


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights of terms, made from bytes; nothing changes what it says.

    `hands` are the files of sentences it was learned from, `digest` the hash of these and of the training scripts.
    `nothing` and `fails` are the lanes of sentences that tell nothing and of those that tell some failure.
    A row holds one byte for each lane; the last lane is the square of the term's length.
    """

    failures: Kind
    approaches: Kind
    stances: Kind
    frames: Frames
    nothing: int
    fails: int
    hands: tuple[int, ...]
    digest: str
    lanes: int
    beginnings: int
    singles: int
    scale: float
    intercepts: tuple[float, ...] = field(repr=False)
    words: Words = field(repr=False)
    pairs: Pairs = field(repr=False)
    rows: memoryview = field(repr=False)
    wide: Spread = field(repr=False)
    rivals: range
    remembered: dict[str, Any] = field(default_factory=dict, repr=False)
    """What was heard in texts read of late."""


def mapped(path: Path) -> bytes | mmap:
    """Return the bytes of a file, of which only what is looked at is read. Raises OSError."""
    with path.open("rb") as file:
        if sys.platform == "win32":  # a mapped file could not be replaced by the next version
            return file.read()
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def load(data: bytes | mmap) -> Model:
    """Return the model the bytes hold; ValueError says what is wrong with them."""
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError("these bytes are no learned model of this version")
    try:
        header_end = data.find(b"\n", len(MAGIC))
        header = json.loads(data[len(MAGIC) : header_end])
        sections = _sections(data, header_end + 1, header["sections"])
        return _model(header, sections)
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as problem:
        raise ValueError(f"the learned model is damaged: {problem!r}") from problem


def _sections(data: bytes | mmap, start: int, lengths: dict[str, int]) -> dict[str, memoryview]:
    sections, whole = {}, memoryview(data)
    for name, length in lengths.items():
        sections[name] = whole[start : start + length]
        start += length
    if start != len(data):
        raise ValueError(f"the learned model is {len(data)} bytes long and should be {start}")
    return sections


def _model(header: dict[str, Any], sections: dict[str, memoryview]) -> Model:
    numbers = {name: _numbers("I", sections[name]) for name in ("starts", "ids", "slots", "keys", "pairs")}
    singles, lanes = header["singles"], header["lanes"]
    count = len(sections["rows"]) // lanes
    words = Words(bytes(sections["names"]), numbers["starts"], numbers["ids"], numbers["slots"])
    known = len(numbers["ids"])
    if (
        len(sections["rows"]) != count * lanes
        or len(numbers["starts"]) != known + 1
        or len(header["intercepts"]) != lanes - 1
        or len(numbers["keys"]) != len(numbers["pairs"])
        or not (_is_table(numbers["slots"]) and _is_table(numbers["keys"]))
        or not known < count >= singles
        or UNKNOWN in (words[START], words[END])
    ):
        raise ValueError("the tables of the learned model do not fit one another")
    failures, approaches = (_kind(header[name], MARGINS, VALUES) for name in ("failures", "approaches"))
    stances = _kind(header["stances"], 0, len(header["stances"]["ids"]) + MARGINS)
    return Model(
        failures=failures,
        approaches=approaches,
        stances=stances,
        frames=_frames(header["frames"], sections),
        nothing=int(header["nothing"]),
        fails=int(header["fails"]),
        hands=tuple(map(int, header["hands"])),
        digest=str(header["digest"]),
        lanes=lanes,
        beginnings=int(header["beginnings"]),
        singles=singles,
        scale=float(header["scale"]),
        intercepts=tuple(map(float, header["intercepts"])),
        words=words,
        pairs=Pairs(numbers["keys"], numbers["pairs"]),
        rows=sections["rows"],
        wide=Spread(sections["rows"], lanes),
        rivals=range(failures.lanes.start, approaches.lanes.stop),
    )


def _frames(entry: dict[str, Any], sections: dict[str, memoryview]) -> Frames:
    runs, weights = _numbers("Q", sections["runs"]), _numbers("f", sections["run-weights"])
    if 2 * len(runs) != len(weights) or len(entry["common"]) > MOST_WORDS:
        raise ValueError("the learned model is damaged: its runs and their weights do not fit one another")
    return Frames(
        common={str(word): FIRST_WORD + at for at, word in enumerate(entry["common"])},
        runs=Runs(runs, weights),
        signs={str(sign): float(weight) for sign, weight in entry["signs"].items()},
    )


def _is_table(places: Sequence[int]) -> bool:
    """Say whether looking something up in the places comes to an end: a power of two of them, one left empty."""
    return len(places) & len(places) - 1 == 0 and EMPTY in places


def _numbers(code: str, data: memoryview) -> Sequence[Any]:
    """Return the numbers as they lie in the file; they are copied only where the machine has its bytes in reverse."""
    if sys.byteorder == "little":
        return data.cast(code)  # type: ignore[call-overload, no-any-return] # one of three codes
    numbers: array[Any] = array(code)
    numbers.frombytes(data)
    numbers.byteswap()
    return numbers


def _kind(entry: dict[str, Any], margins: int, values: int) -> Kind:
    first = int(entry["first"])
    if len(entry["slopes"]) != margins:
        raise ValueError("the learned model is damaged: its margins are not those the reader computes")
    ids = tuple(map(str, entry["ids"]))
    return Kind(
        ids=ids,
        lanes=range(first, first + len(ids)),
        slopes=tuple(map(float, entry["slopes"])),
        intercept=float(entry["intercept"]),
        asked=float(entry["asked"]),
        trees=checked(entry["trees"], values),
        sure=float(entry["sure"]),
        likely=float(entry["likely"]),
        floor=float(entry["floor"]),
    )
