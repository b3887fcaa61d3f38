"""The word lists of a vocabulary, compiled when first needed; it reads no record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from wrongfix.evidence.lexicon import Lexicon, begun_by
from wrongfix.evidence.syntax import WORD
from wrongfix.frozen import dataclass
from wrongfix.vocabulary import Vocabulary

NOTHING = "nothing"
SUBJECTS = ("subjects", "vague", "not")
_KINDS = {"names": ("approach", "approaches", "stance"), "idioms": ("failure", "failures", "mode")}
"""Of each word list: what its phrases name, the key they stand under, and the cues read with them."""


@dataclass(frozen=True)
class Lexicons:
    """The word lists of a vocabulary, compiled when first needed."""

    vocabulary: Vocabulary

    @cached_property
    def names(self) -> Lexicon:
        """Return the names of approaches with the cues of stance around them."""
        return self._lexicon("names")

    @cached_property
    def idioms(self) -> Lexicon:
        """Return the idioms of failures with the cues of mode around them."""
        return self._lexicon("idioms")

    @cached_property
    def small(self) -> frozenset[str]:
        """Return the words that tell nothing by themselves."""
        return frozenset(self.vocabulary.data("smallwords").get("words", ()))

    @cached_property
    def subjects(self) -> Lexicon:
        """Return the words that say what a record is about."""
        return self._lexicon("scope")

    @cached_property
    def after(self) -> frozenset[str]:
        """Return the words that may follow a name in a title without making it a mere description."""
        return frozenset(self.vocabulary.data("names").get("after", ()))

    @cached_property
    def further(self) -> tuple[str, ...]:
        """Return the words with which a sentence decides one thing more."""
        return tuple(self.vocabulary.data("choosing").get("further", ()))

    @cached_property
    def asked(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the titles of the sections that fixes insert, and the words of each sentence in them."""
        asked = self.vocabulary.data("asked")
        return frozenset(asked.get("titles", ())), frozenset(asked.get("sentences", ()))

    @cached_property
    def either(self) -> frozenset[str]:
        """Return the words that stand between two approaches of which a title takes neither."""
        return frozenset(self.vocabulary.data("choosing").get("either", ()))

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Return the roles of sections by the words they are headed with."""
        return {
            heading: entry["id"]
            for entry in self.vocabulary.sections
            for headings in entry["headings"].values()
            for heading in headings
        }

    @cached_property
    def own(self) -> frozenset[str]:
        """Return the wordings that the team's configuration adds."""
        wordings = (wording for wordings in self.vocabulary.own_words.values() for wording in wordings)
        return frozenset(" ".join(WORD.findall(wording.lower())) for wording in wordings)

    def _lexicon(self, name: str) -> Lexicon:
        begun = None if self.vocabulary.own_words else self.vocabulary.data("begun").get(name)
        return Lexicon(_phrases(self.vocabulary, name), self.vocabulary.data(name).get("groups", {}), begun)


@lru_cache(maxsize=4)
def lexicons_of(vocabulary: Vocabulary) -> Lexicons:
    """Return the compiled word lists of a vocabulary; they are put together once for each."""
    return Lexicons(vocabulary)


def begun_by_words(vocabulary: Vocabulary) -> dict[str, dict[str, list[int]]]:
    """Return by word list which of its phrases each word can begin: what packing works out so that no start has to."""
    lists = ("names", "idioms", "scope")
    return {name: begun_by(_phrases(vocabulary, name), vocabulary.data(name).get("groups", {})) for name in lists}


def _phrases(vocabulary: Vocabulary, name: str) -> list[tuple[str, str, str]]:
    """Return the phrases of a word list, each once, as kind, id and wording."""
    file = vocabulary.data(name)
    if name == "scope":
        lists = {kind: file.get(kind, ()) for kind in SUBJECTS}
        clear = [*lists["subjects"], *_names_of_own(vocabulary)] if vocabulary.own_words else lists["subjects"]
        return _listed("subject", {**lists, "subjects": clear})
    kind, key, cues = _KINDS[name]
    known = vocabulary.terms(kind) if vocabulary.own_words else ()
    own = {each: words for each, words in vocabulary.own_words.items() if each in known}
    phrases = (
        *_listed(kind, file.get(key, {})),
        *_listed(kind, {each: [" ".join(WORD.findall(word)) for word in words] for each, words in own.items()}),
        *_listed("cue", vocabulary.data("cues").get(cues, {})),
        *((NOTHING, "", wording) for wording in file.get(NOTHING, ())),
    )
    return list(dict.fromkeys(phrases))


def _names_of_own(vocabulary: Vocabulary) -> Iterator[str]:
    """Yield a team's own words for approaches that are about AI by themselves: whoever uses one speaks of such."""
    for each, words in vocabulary.own_words.items():
        if each in vocabulary.approaches and vocabulary.approaches[each].ai:
            yield from (" ".join(WORD.findall(word)) for word in words)


def _listed(kind: str, lists: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    return [(kind, name, wording) for name, wordings in lists.items() for wording in wordings]
