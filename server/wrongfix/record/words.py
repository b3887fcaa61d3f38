"""The words of `rules/vocabulary/` as records are read with them: looked up, never matched by expressions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Protocol

from wrongfix.frozen import dataclass
from wrongfix.record.model import OptionMark


class WordFiles(Protocol):
    """What gives the parsed files of `rules/vocabulary/` by name."""

    def data(self, name: str) -> Any:  # noqa: ANN401 # a vocabulary file has the shape its reader gives it
        """Return the content of one file as plain data."""


@dataclass(frozen=True)
class Words:
    """Everything a record is read with, ready for look-ups; names are folded by `folded`, phrases are lower case."""

    roles: Mapping[str, str]
    openers: Mapping[str, str]
    """Words that begin a heading and go on with a name, and the role of such a section."""
    heading_languages: Mapping[str, str]
    """The languages of a heading, with spaces between."""
    small_words: Mapping[str, tuple[str, ...]]
    """The languages that a small word belongs to."""
    statuses: Mapping[str, str]
    labels: Mapping[str, str]
    linking: Mapping[str, str]
    """The labels that say how two records are linked, other than that they are."""
    says: Mapping[str, tuple[str, ...]]
    """By language: what makes a sentence say what was decided."""
    leads: Mapping[str, tuple[str, ...]]
    hence: tuple[str, ...]
    """What may stand before a lead and some words of circumstance."""
    denies: tuple[str, ...]
    over: tuple[str, ...]
    because: tuple[str, ...]
    marks: Mapping[str, OptionMark | None]
    """Words written beside an option; those that only propose stand for nothing."""
    signs: Mapping[str, OptionMark]
    verdicts: frozenset[str]
    sole_verdicts: frozenset[str]
    """Those of them that make a table one of options, whatever its first column is called."""
    option_columns: frozenset[str]
    criteria_columns: frozenset[str]
    option_labels: tuple[str, ...]
    picks: tuple[str, ...]
    """What stands before the number of an option that is taken."""
    pointers: frozenset[str]
    ordinals: Mapping[str, int]
    reasons: tuple[str, ...]
    y_opens: tuple[str, ...]
    y_decides: tuple[str, ...]
    y_ends: tuple[str, ...]
    folders: frozenset[str]
    template_names: frozenset[str]
    template_words: frozenset[str]
    front_pages: frozenset[str]
    common_headings: frozenset[str]
    shapes: Mapping[str, frozenset[str]]

    def role(self, heading: str) -> str | None:
        """Return the role a heading or a key has, by all of it or by what stands before its first mark."""
        name = folded(heading)
        found = self.roles.get(name)
        if found is not None or not name:
            return found
        for mark in _PARTS:
            before, parted, _ = name.partition(mark)
            if parted and (found := self.roles.get(before.strip())) is not None:
                return found
        if (opener := self.opener(name)) is not None:
            return self.openers[opener]
        opening = self._opening(name.split())
        if opening is not None:
            return opening
        counted = self.roles.get(name.partition(":")[0].rstrip("0123456789# "))
        return counted if counted == "decision" else None

    def opener(self, heading: str) -> str | None:
        """Return the words with which a heading such as `Why not X` begins, or nothing for any other heading."""
        name = folded(heading)
        return next((each for each in self.openers if name.startswith(each) and name != each), None)

    def _opening(self, parts: list[str]) -> str | None:
        """Return the role of the words before a small word: `risks` in `Risks of the new pipeline`."""
        for length in range(min(len(parts) - 1, _LONGEST_OPENING), 0, -1):
            if parts[length] in _SMALL:
                role = self.roles.get(" ".join(parts[:length]))
                if role in _OPENING_ROLES:
                    return role
        return None

    def status(self, words: str) -> str:
        """Return the id of the status named first among the words, or `unknown`."""
        name = folded(words)[:80]
        exact = self.statuses.get(name)
        if exact is not None:
            return exact
        parts = name.replace(",", " ").replace("(", " ").replace(".", " ").replace("|", " ").replace("/", " ").split()
        for first in range(len(parts)):
            for length in (4, 3, 2, 1):
                found = self.statuses.get(" ".join(parts[first : first + length]).strip(_AROUND))
                if found is not None:
                    return found
        if name.isascii():
            return "unknown"
        return next((status for word, status in self.statuses.items() if name.startswith(word)), "unknown")

    def mark(self, words: str) -> OptionMark | None:
        """Return what a cell, a bracket or a tail beside an option says of its fate."""
        for sign, mark in self.signs.items() if not words.isascii() else ():
            if sign in words:
                return mark
        name = folded(words)
        if name in self.marks:
            return self.marks[name]
        first = name[: min((place for stop in _STOPS if (place := name.find(stop)) > 0), default=len(name))].strip()
        return self.marks.get(first)


_STOPS = (
    " - ",
    " – ",
    " — ",
    ":",
    ",",
    ";",
    ".",
    " because",
    " for ",
    " in ",
    " due ",
    " until ",
    " since ",
    " as ",
    " by ",
    " after ",
)


def words_of(files: WordFiles) -> Words:
    """Return the words of a vocabulary; they are put together once for each."""
    return _compiled(_Same(files))


def folded_names(files: WordFiles) -> dict[str, Any]:
    """Return what the longest lists say by folded name: packing works it out so that no start has to."""
    data = files.data
    roles, languages = _headings(data("sections"))
    return {
        "roles": roles,
        "openers": {folded(each): section["id"] for section in data("sections") for each in section.get("opens", ())},
        "heading-languages": languages,
        "statuses": {folded(word): entry["id"] for entry in data("statuses") for word in _all(entry["words"])},
        "labels": {folded(label): entry["id"] for entry in reversed(data("fields")) for label in entry["labels"]},
        "common-headings": list(dict.fromkeys(folded(heading) for heading in data("places")["common-headings"])),
    }


@lru_cache(maxsize=8192)
def folded(words: str) -> str:
    """Return words as they are compared: case, spaces, `_`, `-`, numbering and signs around them do not count."""
    if words.isascii() and words.islower() and words.replace(" ", "").isalpha():
        return " ".join(words.split())
    bare = " ".join(words.casefold().replace("_", " ").replace("-", " ").split()).strip(_AROUND)
    if bare[:1].isdigit():
        rest = bare.lstrip("0123456789.").lstrip(_AROUND)
        return rest or bare
    return bare


_LONGEST_OPENING = 4
_SMALL = frozenset(
    {"of", "for", "and", "with", "to", "&", "der", "des", "von", "für", "und", "de", "du", "para", "pour", "y", "et"}
)
_OPENING_ROLES = frozenset(
    {
        "options",
        "rejected",
        "pros-and-cons",
        "pros",
        "cons",
        "positive",
        "negative",
        "consequences",
        "drivers",
        "rationale",
    }
)
_LINKING = frozenset({"supersedes", "superseded-by", "amends", "amended-by"})
_PARTS = (" (", "（", " [", ":", "：", " — ", " – ", " · ", " | ", "/", " / ")
_AROUND = ' \t.:：?*`#[]{}<>()（）|~✅❌☑⚠️🎯📋🔍💡📊🚀📝🔗✔✨👉🟢🔴📌⭐🏆\ufe0f\u200b、。"“”'


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
    names = data("folded") or folded_names(key.files)
    small_words: dict[str, tuple[str, ...]] = {}
    for language, known in data("languages")["words"].items():
        for word in known:
            small_words[word] = (*small_words.get(word, ()), language)
    return Words(
        roles=names["roles"],
        openers=names["openers"],
        heading_languages=names["heading-languages"],
        small_words=small_words,
        statuses=names["statuses"],
        labels=names["labels"],
        linking={label: field for label, field in names["labels"].items() if field in _LINKING},
        says=_by_language(choosing["says"]),
        leads=_by_language(choosing["leads"]),
        hence=tuple(choosing["hence"]),
        denies=tuple(choosing["denies"]),
        over=tuple(choosing["over"]),
        because=tuple(choosing["because"]),
        marks={
            folded(word): OptionMark(mark) if mark != "proposed" else None
            for mark, words in choosing["marks"].items()
            for word in words
        },
        signs={sign: OptionMark(mark) for mark, signs in choosing["signs"].items() for sign in signs},
        verdicts=frozenset(folded(word) for word in choosing["verdicts"]),
        sole_verdicts=frozenset(folded(word) for word in choosing["sole-verdicts"]),
        option_columns=frozenset(folded(word) for word in choosing["option-columns"]),
        criteria_columns=frozenset(folded(word) for word in choosing["criteria-columns"]),
        option_labels=tuple(choosing["option-labels"]),
        picks=tuple(sorted(choosing["picks"], key=len, reverse=True)),
        pointers=frozenset(word for phrase in choosing["pointers"] for word in phrase.split()),
        ordinals=choosing["ordinals"],
        reasons=tuple(f" {each} " for each in choosing["reasons"]),
        y_opens=tuple(choosing["y-statement"]["opens"]),
        y_decides=tuple(choosing["y-statement"]["decides"]),
        y_ends=tuple(choosing["y-statement"]["ends"]),
        folders=frozenset(data("places")["folders"]),
        template_names=frozenset(data("places")["template-names"]),
        template_words=frozenset(data("places")["template-words"]),
        front_pages=frozenset(data("places")["front-pages"]),
        common_headings=frozenset(names["common-headings"]),
        shapes={name: frozenset(folded(word) for word in words) for name, words in data("shapes").items()},
    )


def _headings(sections: Iterable[Mapping[str, Any]]) -> tuple[dict[str, str], dict[str, str]]:
    roles: dict[str, str] = {}
    languages: dict[str, str] = {}
    for section in sections:
        for language, headings in section.get("headings", {}).items():
            for heading in headings:
                name = folded(heading)
                roles.setdefault(name, section["id"])
                languages[name] = f"{languages.get(name, '')} {language}".strip()
        for name in section.get("keys", ()):
            roles.setdefault(folded(name), section["id"])
    return roles, languages


def _by_language(phrases: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Return the phrases of each language with the English ones, and all of them for a language that is not told."""
    english = tuple(phrases["en"])
    found = {language: (*english, *known) if language != "en" else english for language, known in phrases.items()}
    return {**found, "und": tuple(_all(phrases))}


def _all(by_language: Mapping[str, Iterable[str]]) -> Iterable[str]:
    return (word for words in by_language.values() for word in words)
