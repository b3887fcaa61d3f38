"""Finding phrases in words: literals, stems (`chang*`) and gaps (`..`), linear in the text, never by expressions.

A phrase is written as people write it: hyphens part words, `a|b` allows either word, `made_up|b` words that belong
together, and `..` skips up to four words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from wrongfix.evidence.words import Words
from wrongfix.frozen import dataclass

GAP = 4
"""How many words a gap may skip."""
REMEMBERED = 20_000
"""How many different words are remembered."""

_WORD = re.compile(r"([^\W_]+)")
_KEY = 4
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its name and its words, `first` to `last` exclusive."""

    name: str
    first: int
    last: int


class Phrases:
    """Named lists of phrases, found together in one pass; a phrase is taken apart when its first word is first met."""

    def __init__(
        self, named: Mapping[str, Iterable[str]], begun: Mapping[str, Sequence[Sequence[str]]] | None = None
    ) -> None:
        """Take phrases by name; `begun` is what `begun_by` says of them, where it was worked out before."""
        self._phrases = begun or begun_by(named)
        self._taken_apart: dict[str, tuple[_Phrase, ...]] = {}
        self._met: dict[str, tuple[_Phrase, ...]] = {}

    def find(self, words: Words) -> Iterator[Hit]:
        """Yield every phrase that begins at each word, in order."""
        met, texts = self._met, words.texts
        present: set[str] | None = None
        for index, word in enumerate(texts):
            candidates = met.get(word)
            if candidates is None:
                candidates = self._beginning_with(word)
            for name, rest, last_word in candidates:
                if not rest:
                    yield Hit(name, index, index + 1)
                    continue
                if present is None:
                    present = {text[:_SHORT] for text in texts}
                if last_word.isdisjoint(present):
                    continue
                last = _match(rest, words, index + 1)
                if last:
                    yield Hit(name, index, last)

    def at(self, words: Words, index: int) -> Iterator[Hit]:
        """Yield every phrase that begins at one word."""
        for name, rest, _ in self._beginning_with(words.texts[index]):
            last = _match(rest, words, index + 1) if rest else index + 1
            if last:
                yield Hit(name, index, last)

    def _beginning_with(self, word: str) -> tuple[_Phrase, ...]:
        """Return the phrases that may begin with a word, without it; words met before are remembered."""
        if word not in self._met:
            if len(self._met) >= REMEMBERED:
                self._met.clear()
            candidates = self._candidates(word[:_KEY])
            self._met[word] = tuple(
                (name, slots[1:], last) for name, slots, last in candidates if _fits(slots[0], word)
            )
        return self._met[word]

    def _candidates(self, key: str) -> tuple[_Phrase, ...]:
        phrases = self._phrases.get(key)
        if phrases is None:
            return ()
        if key not in self._taken_apart:
            slots = dict.fromkeys((name, slots_of(phrase)) for name, phrase in phrases)
            self._taken_apart[key] = tuple((name, each, _beginnings(each[-1])) for name, each in slots)
        return self._taken_apart[key]


def begun_by(named: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, str]]]:
    """Return names and phrases by the letters a phrase can begin with."""
    begun: dict[str, list[tuple[str, str]]] = {}
    for name, phrases in named.items():
        for phrase in (each for written in phrases for each in spelt_out(written)):
            for key in _keys(phrase):
                begun.setdefault(key, []).append((name, phrase))
    return begun


Slot = tuple[frozenset[str], tuple[str, ...]]
"""The words and the stems allowed at one place of a phrase; none for a gap."""
Slots = tuple[Slot, ...]
_Phrase = tuple[str, Slots, frozenset[str]]
"""A name, the words, and how the last word may begin: what a stretch must hold for the phrase to be tried at all."""
_NOTHING: Slot = (frozenset(), ())


def spelt_out(phrase: str) -> Iterator[str]:
    """Yield the phrase once for its single words and once for each choice of words that belong together."""
    if "_" not in phrase:
        yield phrase
        return
    parts = phrase.split()
    at = next(index for index, part in enumerate(parts) if "_" in part)
    choices = parts[at].split("|")
    single = "|".join(choice for choice in choices if "_" not in choice)
    for choice in (single, *(choice.replace("_", " ") for choice in choices if "_" in choice)):
        if choice:
            yield from spelt_out(" ".join((*parts[:at], choice, *parts[at + 1 :])))


def slots_of(phrase: str) -> Slots:
    """Return a phrase in parts.

    Raises ValueError for one that begins or ends with a gap and for a stem of less than three letters, four in front.
    """
    slots: list[Slot] = []
    for part in phrase.lower().split():
        if part == "..":
            slots.append(_NOTHING)
        elif "|" in part:
            slots.append(_slot(part.split("|")))
        else:
            pieces = _WORD.findall(part)
            slots += [_slot([piece]) for piece in pieces[:-1]]
            slots += [_slot([piece + "*" * part.endswith("*")]) for piece in pieces[-1:]]
    if not slots or _NOTHING in (slots[0], slots[-1]):
        raise ValueError(f"a phrase begins and ends with a word: {phrase!r}")
    for at, (_, stems) in enumerate(slots):
        if any(len(stem) < (3 if at else _KEY) for stem in stems):
            raise ValueError(f"a stem has three letters or more, at the beginning of a phrase four: {phrase!r}")
    return tuple(slots)


def _slot(words: list[str]) -> Slot:
    return (
        frozenset(word for word in words if not word.endswith("*")),
        tuple(word[:-1] for word in words if word.endswith("*")),
    )


def _beginnings(slot: Slot) -> frozenset[str]:
    return frozenset(word[:_SHORT] for words in slot for word in words)


def _keys(phrase: str) -> set[str]:
    first = phrase.split(maxsplit=1)[0].lower()
    return {(_WORD.findall(word) or [word])[0][:_KEY] for word in first.split("|")}


def _match(slots: Slots, words: Words, at: int) -> int:
    """Return the word behind the phrase whose further words are to stand from a word on, or 0."""
    texts = words.texts
    skip = 0
    for slot in slots:
        if slot is _NOTHING:
            skip = GAP
            continue
        for ahead in range(at, min(at + skip + 1, len(texts))):
            if words.ends_before(ahead):
                return 0
            if _fits(slot, texts[ahead]):
                at = ahead + 1
                break
        else:
            return 0
        skip = 0
    return at


def _fits(slot: Slot, text: str) -> bool:
    return text in slot[0] or text.startswith(slot[1])
