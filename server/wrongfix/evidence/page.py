"""A record made ready for reading: its words, its sentences and what stands in each of them, looked up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from wrongfix.evidence.lexicon import WORD, Hit, Known, Lexicon, longest
from wrongfix.evidence.scope import is_subject
from wrongfix.evidence.sentences import Sentence, Words, lowered, read_sentences
from wrongfix.evidence.stance import Surroundings
from wrongfix.record.model import Record
from wrongfix.vocabulary import Vocabulary

NOTHING = "nothing"
SUBJECTS = ("subjects", "vague", "not")


@dataclass(frozen=True)
class Lexicons:
    """The word lists of a vocabulary, compiled when first needed."""

    vocabulary: Vocabulary

    @cached_property
    def names(self) -> Lexicon:
        """Return the names of approaches with the cues of stance around them."""
        names, cues = self.vocabulary.data("names"), self.vocabulary.data("cues")
        phrases = [
            *_phrases("approach", names.get("approaches", {})),
            *_phrases("approach", self._own("approach")),
            *_phrases("cue", cues.get("stance", {})),
            *((NOTHING, "", wording) for wording in names.get(NOTHING, ())),
        ]
        return Lexicon(phrases, names.get("groups", {}))

    @cached_property
    def subjects(self) -> Lexicon:
        """Return the words that say what a record is about."""
        scope = self.vocabulary.data("scope")
        return Lexicon([("subject", kind, wording) for kind in SUBJECTS for wording in scope.get(kind, ())], {})

    @cached_property
    def gate(self) -> tuple[str, ...]:
        """Return the pieces of words without which a record is not read."""
        return tuple(self.vocabulary.data("scope").get("gate", ()))

    @cached_property
    def idioms(self) -> Lexicon:
        """Return the idioms of failures with the cues of mode around them."""
        idioms, cues = self.vocabulary.data("idioms"), self.vocabulary.data("cues")
        phrases = [
            *_phrases("failure", idioms.get("failures", {})),
            *_phrases("failure", self._own("failure")),
            *_phrases("cue", cues.get("mode", {})),
            *((NOTHING, "", wording) for wording in idioms.get(NOTHING, ())),
        ]
        return Lexicon(phrases, idioms.get("groups", {}))

    def _own(self, kind: str) -> dict[str, list[str]]:
        """Return a team's own words for ids of a kind, taken literally."""
        known = self.vocabulary.terms(kind)
        own = {name: words for name, words in self.vocabulary.own_words.items() if name in known}
        return {name: [" ".join(WORD.findall(word)) for word in words] for name, words in own.items()}


@dataclass(frozen=True)
class Page:
    """A record's prose cut into sentences and words."""

    record: Record
    lexicons: Lexicons

    @cached_property
    def low(self) -> str:
        """Return the prose in lower case; a title that stands outside the prose is written into its place."""
        prose, title = self.record.prose, self.record.title
        if title is not None and not prose[title.span.start : title.span.end].strip():
            prose = prose[: title.span.start] + self.record.source.slice(title.span) + prose[title.span.end :]
        return lowered(prose)

    @cached_property
    def _read(self) -> tuple[Words, list[Sentence]]:
        return read_sentences(self.record, self.low)

    @property
    def words(self) -> Words:
        """Return the words of the record."""
        return self._read[0]

    @property
    def sentences(self) -> list[Sentence]:
        """Return the sentences of the record; the title comes first where there is one."""
        return self._read[1]

    @cached_property
    def _named(self) -> list[Known | None]:
        return self.lexicons.names.know(self.words.forms)

    @cached_property
    def _said(self) -> list[Known | None]:
        return self.lexicons.idioms.know(self.words.forms)

    def names(self, sentence: Sentence) -> tuple[list[Hit], Surroundings]:
        """Return the approaches a sentence names, and what stands around them."""
        return self._found(self.lexicons.names, self._named, sentence)

    def idioms(self, sentence: Sentence) -> tuple[list[Hit], Surroundings]:
        """Return the failures a sentence names, and what stands around them."""
        return self._found(self.lexicons.idioms, self._said, sentence)

    @cached_property
    def about_ai(self) -> bool:
        """Say whether a model, an assistant or an agent is what the record is about."""
        lexicon = self.lexicons.subjects
        known = lexicon.know(self.words.forms)
        return is_subject(hit for each in self.sentences for hit in lexicon.find(known, each.first, each.last))

    def _found(
        self, lexicon: Lexicon, known: Sequence[Known | None], sentence: Sentence
    ) -> tuple[list[Hit], Surroundings]:
        hits = lexicon.find(known, sentence.first, sentence.last)
        named = [hit for hit in longest(hit for hit in hits if hit.kind != "cue") if hit.kind != NOTHING]
        return named, Surroundings(self.low, self.words, [hit for hit in hits if hit.kind == "cue"])


@lru_cache(maxsize=4)
def lexicons_of(vocabulary: Vocabulary) -> Lexicons:
    """Return the compiled word lists of a vocabulary; they are put together once for each."""
    return Lexicons(vocabulary)


def _phrases(kind: str, lists: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    return [(kind, name, wording) for name, wordings in lists.items() for wording in wordings]
