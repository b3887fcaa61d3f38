"""Phrases as data: word lists become tables that find them in one pass over the words; it weighs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from wrongfix.evidence.syntax import beginnings, variants
from wrongfix.frozen import dataclass

_MOST_REMEMBERED = 20_000
_MOST_SENTENCES = 500
"""So many sentences are remembered with what was found in them: while somebody types, all but one stay as they are."""
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase ready to be followed: the atoms after the first, each with the most words that may stand before it.

    `number` is its place among the phrases given, so that what is found does not depend on what was read before.
    """

    number: int
    kind: str
    id: str
    rest: tuple[tuple[int, int], ...]
    needs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Known:
    """What a word is to a lexicon: the atoms it satisfies and the phrases it can begin."""

    atoms: frozenset[int]
    begins: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: `words` are the indexes of its words, gaps left out."""

    kind: str
    id: str
    words: tuple[int, ...]

    @property
    def first(self) -> int:
        """Return the index of its first word."""
        return self.words[0]

    @property
    def last(self) -> int:
        """Return the index of its last word."""
        return self.words[-1]


_FOREIGN = Known(frozenset(), ())


class Lexicon:
    """Phrases found by their words. A phrase is compiled when a word that can begin it is first met.

    What words are to the lexicon is remembered, up to a bound.
    """

    def __init__(
        self,
        phrases: Sequence[tuple[str, str, str]],
        groups: Mapping[str, Sequence[str]],
        begun: Mapping[str, Sequence[int]] | None = None,
    ) -> None:
        """Take phrases given as kind, id and wording; `groups` are the phrases that `@name` stands for.

        `begun` is what `begun_by` says of the phrases, where it was worked out before.
        """
        self._groups = groups
        self._phrases = phrases
        self._waiting: dict[str, Sequence[int]] = dict(begun or begun_by(phrases, groups))
        self._longest = max(map(len, self._waiting), default=0)
        self._compiled: set[int] = set()
        self._met: set[str] = set()
        self._atoms: dict[str, int] = {}
        self._exact: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._longest_stem = 0
        self._begins: dict[int, list[Phrase]] = {}
        self._remembered: dict[str, Known] = {}
        self._sentences: dict[str, list[Hit]] = {}

    def find_in(self, text: str, words: Callable[[], Sequence[str]]) -> list[Hit]:
        """Return the phrases found in a sentence given in lower case; `words` is asked only for one not met before."""
        found = self._sentences.get(text)
        if found is None:
            if len(self._sentences) >= _MOST_SENTENCES:
                self._sentences.clear()
            found = self._sentences[text] = self.find(words())
        return found

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Return the phrases found in words given in lower case, by their first word; they may overlap."""
        known, places = self._know(words)
        if not places:
            return []
        present: set[int] = set().union(*(known[at].atoms for at in places))
        found = []
        for at in places:
            for phrase in known[at].begins:
                if phrase.needs <= present:
                    rest = _follow(known, phrase.rest, 0, at)
                    if rest is not None:
                        found.append(Hit(phrase.kind, phrase.id, (at, *rest)))
        return found

    def _know(self, words: Sequence[str]) -> tuple[list[Known], list[int]]:
        if not self._met.issuperset(words):
            self._meet(words)
        remembered = self._remembered
        known, places = [], []
        for at, word in enumerate(words):
            here = remembered.get(word)
            if here is None:
                here = remembered[word] = self._look_up(word)
            known.append(here)
            if here is not _FOREIGN:
                places.append(at)
        return known, places

    def _meet(self, words: Sequence[str]) -> None:
        """Compile the phrases that words not met before can begin, and forget what their words were taken for."""
        if len(self._met) > _MOST_REMEMBERED:
            self._met.clear()
            self._remembered.clear()
        compiled = len(self._compiled)
        waiting = self._waiting
        for word in {*words} - self._met:
            self._met.add(word)
            forms = [
                word,
                *(f"{word[:length]}*" for length in range(_SHORTEST_STEM, min(len(word), self._longest) + 1)),
            ]
            for form in forms:
                for number in waiting.pop(form, ()):
                    if number not in self._compiled:
                        self._compiled.add(number)
                        kind, name, wording = self._phrases[number]
                        for places in variants(wording, self._groups):
                            self._add(number, kind, name, places)
        if len(self._compiled) > compiled:
            self._remembered.clear()

    def _add(self, number: int, kind: str, name: str, places: Sequence[tuple[str, int]]) -> None:
        atoms = [self._atom(place) for place, _ in places]
        rest = tuple(zip(atoms[1:], (gap for _, gap in places[1:]), strict=True))
        self._begins.setdefault(atoms[0], []).append(Phrase(number, kind, name, rest, frozenset(atoms[1:])))

    def _atom(self, place: str) -> int:
        if place in self._atoms:
            return self._atoms[place]
        atom = self._atoms[place] = len(self._atoms)
        for form in place.split("|"):
            if form.endswith("*"):
                self._stems.setdefault(form[:-1], []).append(atom)
                self._longest_stem = max(self._longest_stem, len(form) - 1)
            else:
                self._exact.setdefault(form, []).append(atom)
        return atom

    def _look_up(self, word: str) -> Known:
        atoms = list(self._exact.get(word, ()))
        for length in range(_SHORTEST_STEM, min(len(word), self._longest_stem) + 1):
            atoms += self._stems.get(word[:length], ())
        if not atoms:
            return _FOREIGN
        each = frozenset(atoms)
        begins = [phrase for atom in each for phrase in self._begins.get(atom, ())]
        return Known(each, tuple(sorted(begins, key=lambda phrase: phrase.number)))


def begun_by(phrases: Iterable[tuple[str, str, str]], groups: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """Return by word, or stem with its `*`, the numbers of the phrases it can begin."""
    begun: dict[str, list[int]] = {}
    for number, (_, _, wording) in enumerate(phrases):
        first, _, rest = wording.partition(" ")
        forms = dict.fromkeys(beginnings(first, groups))
        if first[-1:] == "?":
            forms |= dict.fromkeys(beginnings(rest.partition(" ")[0], groups))
        for form in forms:
            begun.setdefault(form, []).append(number)
    return begun


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits in order of place, without those that share a word with one of more words (or an earlier one)."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.words), hit.words)):
        if taken.isdisjoint(hit.words):
            taken.update(hit.words)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.words)


def widest(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits in order of place, without those whose words all stand in one of more words.

    Two that share words, or all of them, both stand: "cost and latency" names two things.
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.words), hit.words)):
        words = set(hit.words)
        if not any(words < set(other.words) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.words)


def _follow(known: Sequence[Known], rest: tuple[tuple[int, int], ...], index: int, at: int) -> tuple[int, ...] | None:
    """Return where the rest of a phrase stands after `at`; gaps are short, so the search is bounded."""
    if index == len(rest):
        return ()
    atom, gap = rest[index]
    for place in range(at + 1, min(at + 2 + gap, len(known))):
        if atom in known[place].atoms:
            further = _follow(known, rest, index + 1, place)
            if further is not None:
                return (place, *further)
    return None
