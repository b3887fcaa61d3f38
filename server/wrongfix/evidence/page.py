"""A record made ready for reading: its sentences, and what stands in each of them; it weighs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from wrongfix.evidence.lexicon import Hit, Lexicon, longest, widest
from wrongfix.evidence.scope import Subject, subject_of
from wrongfix.evidence.sentences import Sentence, lowered, sentence_spans
from wrongfix.evidence.stance import Surroundings
from wrongfix.evidence.wordlists import NOTHING, Lexicons
from wrongfix.frozen import dataclass
from wrongfix.record.model import Block, BlockKind, Record
from wrongfix.text import Span

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Heard, Model

_GOING_ON = frozenset({"context", "decision", "consequences"})
"""What is told in paragraphs: the first of them has the label, and the next ones go on."""

_LABEL_MARKS = 6
"""So many characters beside its letters a label may have: marks of emphasis, spaces, its colon."""

_WORDS_OF_A_PAGE = 500

_NEAR_START = 5
"""Within so many words a sentence says that it adds something."""

_FAR_FROM_START = 120
"""So many characters hold those words."""

WEIGHING = frozenset({"options", "rejected", "pros-and-cons", "pros", "cons"})
"""The roles of sections that weigh what was or was not chosen."""


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

        start, end = sentence.span.start, sentence.span.end
        heard = self._heard.get((start, end))  # a pair is found sooner than a span
        if heard is None:
            heard = self._heard[start, end] = read_all(self.model, self.text, start, end)
        return heard

    def is_own(self, hit: Hit, sentence: Sentence) -> bool:
        """Say whether the words of a hit are the team's own."""
        return bool(self.lexicons.own) and " ".join(sentence.words[at] for at in hit.words) in self.lexicons.own

    def goes_on(self, sentence: Sentence) -> bool:
        """Say whether a sentence says near its start that it adds something to what was said before."""
        further, span = self.lexicons.further, sentence.span
        near = self.low[span.start : min(span.end, span.start + _FAR_FROM_START)]
        if not any(words in near for words in further):
            return False  # as most do, and their words need not even be cut
        start = f" {' '.join(sentence.words[:_NEAR_START])} "
        return any(f" {words} " in start for words in further)

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
    def _heard(self) -> dict[tuple[int, int], Heard]:
        return {}

    @cached_property
    def _labelled(self) -> dict[int, str]:
        """Return the roles of blocks that stand in no section with a role, by where they start.

        A label such as `Decision:` gives its block a role; before a paragraph it is a heading for what follows too,
        unless it has said all it names already: `Status: accepted`, `Rejected: a nightly crawl`.
        """
        found: dict[int, str] = {}
        reigning: str | None = None
        for block in self.record.blocks:
            if block.kind is BlockKind.HEADING or self.record.role(block) is not None:
                reigning = None
                continue
            own = self.lexicons.roles.get(block.label) if block.label else None
            if block.kind is BlockKind.PARAGRAPH and block.label:
                reigning = own if own in _GOING_ON or not self._follows_label(block) else None
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
            found = (Sentence(self.low, span, block) for span in spans)
            asked = self.lexicons.asked[1] if self._is_inserted(block) else ()
            self._cut[at] = tuple(each for each in found if not asked or " ".join(each.words) not in asked)
        return self._cut[at]

    def _is_inserted(self, block: Block) -> bool:
        """Say whether a block may be one that a fix wrote: what it asks tells nothing until somebody answers."""
        return block.section is not None and block.section in self._inserted

    @cached_property
    def _inserted(self) -> frozenset[int]:
        titles = self.lexicons.asked[0]
        sections = enumerate(self.record.sections)
        return frozenset(index for index, section in sections if section.title.lower() in titles)

    def _after_label(self, block: Block) -> int:
        """Return where the words of a block begin that are not the name of a section."""
        start = block.span.start
        if not block.label or block.label not in self.lexicons.roles:
            return start
        last = min(block.span.end, start + len(block.label) + _LABEL_MARKS)
        marks = [at for mark in ":." if (at := self.text.find(mark, start, last)) >= 0]
        return min(marks) + 1 if marks else start

    def _follows_label(self, block: Block) -> bool:
        """Say whether the block goes on after its label."""
        return bool(self.text[self._after_label(block) : block.span.end].strip(" :.*_\n"))

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
        return names_in(self.lexicons, sentence)

    def idioms(self, sentence: Sentence) -> tuple[list[Hit], Surroundings]:
        """Return the failures a sentence names, and what stands around them."""
        return _found(self.lexicons.idioms, sentence, widest)


def names_in(lexicons: Lexicons, sentence: Sentence) -> tuple[list[Hit], Surroundings]:
    """Return the approaches a sentence names, and what stands around them."""
    return _found(lexicons.names, sentence, longest)


def _found(
    lexicon: Lexicon, sentence: Sentence, choose: Callable[[Iterable[Hit]], list[Hit]]
) -> tuple[list[Hit], Surroundings]:
    hits = lexicon.find_in(sentence.text, lambda: sentence.words)
    named = [hit for hit in hits if hit.kind != "cue"]
    if len(named) > 1:
        named = choose(named)
    cues = [hit for hit in hits if hit.kind == "cue"]
    told = [hit for hit in named if hit.kind != NOTHING]
    return told, Surroundings(sentence, cues, frozenset(hit.first for hit in told))
