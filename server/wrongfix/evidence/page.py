"""A record made ready for reading: its sentences, and what stands in each of them; it weighs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from wrongfix.evidence.lexicon import Hit, Lexicon, begun_by, longest, widest
from wrongfix.evidence.scope import Subject, subject_of
from wrongfix.evidence.sentences import Sentence, lowered, sentence_spans
from wrongfix.evidence.stance import Surroundings
from wrongfix.evidence.syntax import WORD
from wrongfix.frozen import dataclass
from wrongfix.record.model import Block, BlockKind, Record
from wrongfix.text import Span
from wrongfix.vocabulary import Vocabulary

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Heard, Model

NOTHING = "nothing"
_LABEL_MARKS = 6
"""So many characters beside its letters a label may have: marks of emphasis, spaces, its colon."""

_WORDS_OF_A_PAGE = 500

WEIGHING = frozenset({"options", "rejected", "pros-and-cons", "pros", "cons"})
"""The roles of sections that weigh what was or was not chosen."""

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

    @cached_property
    def gate(self) -> tuple[str, ...]:
        """Return the pieces of words without which a record is not read."""
        return tuple(self.vocabulary.data("scope").get("gate", ()))

    def _lexicon(self, name: str) -> Lexicon:
        begun = None if self.vocabulary.own_words else self.vocabulary.data("begun").get(name)
        return Lexicon(_phrases(self.vocabulary, name), self.vocabulary.data(name).get("groups", {}), begun)


@dataclass(frozen=True)
class Page:
    """A record's prose cut into sentences and words, as far as somebody asks for them."""

    record: Record
    lexicons: Lexicons
    load_model: Callable[[], Model | None] | None = None

    @cached_property
    def model(self) -> Model | None:
        """Return the learned model; nothing where there is none."""
        return None if self.load_model is None else self.load_model()

    def heard(self, sentence: Sentence) -> Heard | None:
        """Return what the learned model hears in a sentence; nothing where there is no model."""
        if self.model is None:
            return None
        from wrongfix.evidence.learned import read_all  # noqa: PLC0415 # only records that may concern AI need it

        span = sentence.span
        if span not in self._heard:
            self._heard[span] = read_all(self.model, self.text, span.start, span.end)
        return self._heard[span]

    def is_own(self, hit: Hit, sentence: Sentence) -> bool:
        """Say whether the words of a hit are the team's own."""
        return bool(self.lexicons.own) and " ".join(sentence.words[at] for at in hit.words) in self.lexicons.own

    def telling(self, words: tuple[Span, ...], sentence: Sentence) -> tuple[Span, ...]:
        """Return those of the words that say something by themselves; where none does, the whole sentence."""
        small = self.lexicons.small
        return tuple(word for word in words if self.low[word.start : word.end] not in small) or (sentence.span,)

    @cached_property
    def text(self) -> str:
        """Return the prose; a title that stands outside the prose is written into its place."""
        prose, title = self.record.prose, self.record.title
        if title is not None and not prose[title.span.start : title.span.end].strip():
            prose = prose[: title.span.start] + self.record.source.slice(title.span) + prose[title.span.end :]
        return prose

    @cached_property
    def low(self) -> str:
        """Return the text in lower case, every character at its place."""
        return lowered(self.text)

    @cached_property
    def title(self) -> Sentence | None:
        """Return the title as a sentence; nothing where there is none."""
        title = self.record.title
        return None if title is None or not title.value.strip() else Sentence(self.low, title.span)

    @cached_property
    def _cut(self) -> dict[int, tuple[Sentence, ...]]:
        return {}

    @cached_property
    def _heard(self) -> dict[Span, Heard]:
        return {}

    @cached_property
    def _labelled(self) -> dict[int, str]:
        """Return the roles of blocks that stand in no section with a role, by where they start.

        A label such as `Decision:` gives its block a role; before a paragraph it is a heading for what follows too.
        """
        found: dict[int, str] = {}
        reigning: str | None = None
        for block in self.record.blocks:
            if block.kind is BlockKind.HEADING or self.record.role(block) is not None:
                reigning = None
                continue
            own = self.lexicons.roles.get(block.label) if block.label else None
            if block.kind is BlockKind.PARAGRAPH and block.label:
                reigning = own
            if (role := own or reigning) is not None:
                found[block.span.start] = role
        return found

    def role(self, block: Block) -> str | None:
        """Return the role of a block's section; where that has none, the one its label or the label above gives."""
        return self._roles[block.span.start]

    @cached_property
    def _roles(self) -> dict[int, str | None]:
        role, labelled = self.record.role, self._labelled
        return {block.span.start: role(block) or labelled.get(block.span.start) for block in self.record.blocks}

    @cached_property
    def weighs_elsewhere(self) -> bool:
        """Say whether the record weighs its options in a part of their own, and decides in another."""
        return any(self.role(block) in WEIGHING for block in self.record.blocks)

    @cached_property
    def is_long(self) -> bool:
        """Say whether the record is one of many pages rather than of one."""
        return len(self.record.prose.split()) > _WORDS_OF_A_PAGE

    def sentences(self, block: Block) -> tuple[Sentence, ...]:
        """Return the sentences of a block; none for the title's heading, which is read as the title."""
        at = block.span.start
        if at not in self._cut:
            spans = sentence_spans(self.text, self._after_label(block), block.span.end)
            if self.title is not None and block.span.meets(self.title.span):
                spans = []
            self._cut[at] = tuple(Sentence(self.low, span, block) for span in spans)
        return self._cut[at]

    def _after_label(self, block: Block) -> int:
        """Return where the words of a block begin that are not the name of a section."""
        start = block.span.start
        if not block.label or block.label not in self.lexicons.roles:
            return start
        last = min(block.span.end, start + len(block.label) + _LABEL_MARKS)
        marks = [at for mark in ":." if (at := self.text.find(mark, start, last)) >= 0]
        return min(marks) + 1 if marks else start

    def all_sentences(self) -> Iterator[Sentence]:
        """Yield the title and every sentence of the record in the order of the blocks."""
        if self.title is not None:
            yield self.title
        for block in self.record.blocks:
            yield from self.sentences(block)

    @cached_property
    def subject(self) -> Subject:
        """Return how clearly a model, an assistant or an agent is what the record is about."""
        find = self.lexicons.subjects.find
        return subject_of(
            (hit.id, sentence.words[hit.first])
            for sentence in self.all_sentences()
            for hit in longest(find(sentence.words))
        )

    def names(self, sentence: Sentence) -> tuple[list[Hit], Surroundings]:
        """Return the approaches a sentence names, and what stands around them."""
        return _found(self.lexicons.names, sentence, longest)

    def idioms(self, sentence: Sentence) -> tuple[list[Hit], Surroundings]:
        """Return the failures a sentence names, and what stands around them."""
        return _found(self.lexicons.idioms, sentence, widest)


@lru_cache(maxsize=4)
def lexicons_of(vocabulary: Vocabulary) -> Lexicons:
    """Return the compiled word lists of a vocabulary; they are put together once for each."""
    return Lexicons(vocabulary)


def _found(
    lexicon: Lexicon, sentence: Sentence, choose: Callable[[Iterable[Hit]], list[Hit]]
) -> tuple[list[Hit], Surroundings]:
    hits = lexicon.find_in(sentence.text, lambda: sentence.words)
    named = [hit for hit in hits if hit.kind != "cue"]
    if len(named) > 1:
        named = choose(named)
    cues = [hit for hit in hits if hit.kind == "cue"]
    return [hit for hit in named if hit.kind != NOTHING], Surroundings(sentence, cues)


def begun_by_words(vocabulary: Vocabulary) -> dict[str, dict[str, list[int]]]:
    """Return by word list which of its phrases each word can begin: what packing works out so that no start has to."""
    lists = ("names", "idioms", "scope")
    return {name: begun_by(_phrases(vocabulary, name), vocabulary.data(name).get("groups", {})) for name in lists}


def _phrases(vocabulary: Vocabulary, name: str) -> list[tuple[str, str, str]]:
    """Return the phrases of a word list, each once, as kind, id and wording."""
    file = vocabulary.data(name)
    if name == "scope":
        return _listed("subject", {kind: file.get(kind, ()) for kind in SUBJECTS})
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


def _listed(kind: str, lists: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    return [(kind, name, wording) for name, wordings in lists.items() for wording in wordings]
