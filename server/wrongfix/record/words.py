"""The words of `rules/vocabulary/` as records are read with them: looked up, never matched by expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from wrongfix.record.model import OptionMark


class WordFiles(Protocol):
    """What gives the parsed files of `rules/vocabulary/` by name."""

    def data(self, name: str) -> Any:  # noqa: ANN401 # a vocabulary file has the shape its reader gives it
        """Return the content of one file as plain data."""


@dataclass(frozen=True)
class Words:
    """Everything a record is read with, ready for look-ups; all keys are folded by `folded`."""

    roles: Mapping[str, str]
    heading_languages: Mapping[str, tuple[str, ...]]
    statuses: tuple[tuple[str, str], ...]
    """Words of a status and its id, the longest first."""
    labels: Mapping[str, str]
    says: tuple[str, ...]
    leads: tuple[str, ...]
    marks: Mapping[str, OptionMark | None]
    """Words written beside an option; those that only propose stand for nothing."""
    signs: Mapping[str, OptionMark]
    verdicts: frozenset[str]
    option_columns: frozenset[str]
    because: tuple[str, ...]
    option_labels: tuple[str, ...]
    y_opens: tuple[str, ...]
    y_decides: tuple[str, ...]
    folders: frozenset[str]
    languages: Mapping[str, frozenset[str]]

    def role(self, heading: str) -> str | None:
        """Return the role a heading or a key has, by all of it or by what stands before its first mark."""
        name = folded(heading)
        found = self.roles.get(name)
        if found is not None or not name:
            return found
        for mark in _PARTS:
            before, found_mark, _ = name.partition(mark)
            if found_mark and (found := self.roles.get(before.strip())) is not None:
                return found
        return None

    def status(self, words: str) -> str:
        """Return the id of the status that the words begin with, or else the first they contain, or `unknown`."""
        name = folded(words)
        for word, status in self.statuses:
            if name.startswith(word) and not name[len(word) : len(word) + 1].isalpha():
                return status
        for word, status in self.statuses:
            if not word.isascii() and name.startswith(word):
                return status
        return "unknown"


def words_of(files: WordFiles) -> Words:
    """Return the words of a vocabulary; they are put together once for each."""
    return _compiled(_Same(files))


def folded(words: str) -> str:
    """Return words as they are compared: case, spaces, `_`, `-`, numbers and signs around them make no difference."""
    return " ".join(words.casefold().replace("_", " ").replace("-", " ").split()).strip(_AROUND).strip()


_PARTS = (" (", "（", ":", "：", " — ", " – ", " - ", "/", " / ")
_AROUND = " \t0123456789.:：*`#[]{}<>()|~✅❌☑⚠️🎯📋🔍💡📊🚀📝🔗✔✨👉🟢🔴📌⭐🏆\ufe0f、。"


class _Same:
    """A key that is equal only to itself: a vocabulary is compared by being the same one."""

    def __init__(self, files: WordFiles) -> None:
        self.files = files

    def __hash__(self) -> int:
        return id(self.files)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.files is other.files


@lru_cache(maxsize=8)
def _compiled(key: _Same) -> Words:
    data = key.files.data
    choosing = data("choosing")
    roles: dict[str, str] = {}
    heading_languages: dict[str, tuple[str, ...]] = {}
    for section in data("sections"):
        for language, headings in section.get("headings", {}).items():
            for heading in headings:
                name = folded(str(heading))
                roles.setdefault(name, section["id"])
                heading_languages[name] = (*heading_languages.get(name, ()), language)
        for name in section.get("keys", ()):
            roles.setdefault(folded(str(name)), section["id"])
    statuses = [(folded(str(word)), entry["id"]) for entry in data("statuses") for word in _all(entry["words"])]
    marks = {
        folded(word): OptionMark(mark) if mark != "proposed" else None
        for mark, words in choosing["marks"].items()
        for word in words
    }
    return Words(
        roles=roles,
        heading_languages=heading_languages,
        statuses=tuple(sorted(statuses, key=lambda pair: -len(pair[0]))),
        labels={folded(label): entry["id"] for entry in reversed(data("fields")) for label in entry["labels"]},
        says=tuple(_all(choosing["says"])),
        leads=tuple(_all(choosing["leads"])),
        marks=marks,
        signs={sign: OptionMark(mark) for mark, signs in choosing["signs"].items() for sign in signs},
        verdicts=frozenset(folded(word) for word in choosing["verdicts"]),
        option_columns=frozenset(folded(word) for word in choosing["option-columns"]),
        because=tuple(choosing["because"]),
        option_labels=tuple(choosing["option-labels"]),
        y_opens=tuple(choosing["y-statement"]["opens"]),
        y_decides=tuple(choosing["y-statement"]["decides"]),
        folders=frozenset(data("places")["folders"]),
        languages={language: frozenset(words) for language, words in data("languages")["words"].items()},
    )


def _all(by_language: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (str(word) for words in by_language.values() for word in words)
