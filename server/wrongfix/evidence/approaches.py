"""Which approaches a record names and how it stands to them: title, choice and decision decide, mentions do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wrongfix.evidence.lexicon import Hit
from wrongfix.evidence.model import Approach, Stance
from wrongfix.evidence.page import Page
from wrongfix.evidence.sentences import Sentence
from wrongfix.evidence.stance import Surroundings, stance_of
from wrongfix.findings import Confidence
from wrongfix.record.model import BlockKind, OptionMark
from wrongfix.text import Span

_WEIGHING = frozenset({"options", "rejected", "pros-and-cons", "pros", "cons"})
_LEAD_SENTENCES = 2
_LEAD_WORDS = 12
_MARKED = {
    OptionMark.CHOSEN: Stance.CHOSEN,
    OptionMark.REJECTED: Stance.REJECTED,
    OptionMark.DEFERRED: Stance.DEFERRED,
}


@dataclass(frozen=True, slots=True)
class Mention:
    """An approach named somewhere, with the stance its place and its sentence give it."""

    hit: Hit
    sentence: Sentence
    stance: Stance


def read_approaches(page: Page) -> tuple[Approach, ...]:
    """Return the approaches of a record, one entry for an approach, stance and place, in the order of the text."""
    titled = list(_titled(page))
    named = list(_named_choices(page))
    leading = list(_leading(page))
    others = list(_others(page))
    refused = {mention.hit.id for mention in titled if mention.stance is Stance.REJECTED}
    chosen = [mention for mention in (*titled, *named) if mention.stance is Stance.CHOSEN]
    ids = {mention.hit.id for mention in chosen}
    chosen += [
        mention
        for mention in leading
        if mention.stance is Stance.CHOSEN and mention.hit.id not in refused and _adds(mention, leading, ids)
    ]
    rest = [mention for mention in (*titled, *named, *leading, *others) if mention.stance is not Stance.CHOSEN]
    return tuple(_unique(page, chosen, rest))


def _adds(mention: Mention, leading: list[Mention], ids: set[str]) -> bool:
    """Say whether a sentence of the decision adds an approach to those that title and choice name already."""
    if not ids or mention.hit.id in ids:
        return True
    return any(other.hit.id in ids and other.sentence is mention.sentence for other in leading)


def _titled(page: Page) -> Iterator[Mention]:
    if not page.sentences or page.sentences[0].block is not None:
        return
    title = page.sentences[0]
    hits, around = page.names(title)
    for hit in hits:
        yield Mention(hit, title, stance_of(hit, around))


def _named_choices(page: Page) -> Iterator[Mention]:
    record = page.record
    names = [choice.name.span for choice in record.choices if choice.name is not None]
    indexes = {index for choice in record.choices for index in choice.options}
    indexes.update(index for index, option in enumerate(record.options) if option.mark is OptionMark.CHOSEN)
    names += [record.options[index].name.span for index in sorted(indexes)]
    for sentence in page.sentences:
        if any(name.meets(sentence.span) for name in names):
            hits, around = page.names(sentence)
            for hit in hits:
                if any(name.covers(page.words.span(hit.words)) for name in names):
                    yield Mention(hit, sentence, _unless_refused(hit, around))


def _unless_refused(hit: Hit, around: Surroundings) -> Stance:
    stance = stance_of(hit, around)
    return Stance.CHOSEN if stance is Stance.CONSIDERED else stance


def _leading(page: Page) -> Iterator[Mention]:
    record = page.record
    said = 0
    for sentence in page.sentences:
        block = sentence.block
        if block is None or record.role(block) != "decision" or block.kind is BlockKind.HEADING:
            continue
        said += 1
        hits, around = page.names(sentence)
        for hit in hits:
            stance = stance_of(hit, around)
            if stance is Stance.CHOSEN:
                if said > _LEAD_SENTENCES or hit.first - sentence.first > _LEAD_WORDS:
                    continue
            elif stance is Stance.CONSIDERED and said <= _LEAD_SENTENCES:
                continue
            yield Mention(hit, sentence, stance)


def _others(page: Page) -> Iterator[Mention]:
    record = page.record
    for sentence in page.sentences:
        block = sentence.block
        role = None if block is None else record.role(block)
        if role not in _WEIGHING or block is None:
            continue
        option = record.options[block.option] if block.option is not None else None
        if option is not None and not option.name.span.meets(sentence.span):
            continue
        mark = None if option is None or option.mark is None else _MARKED[option.mark]
        fate = mark or (Stance.REJECTED if role == "rejected" else Stance.CONSIDERED)
        if fate is Stance.CHOSEN:
            continue
        hits, around = page.names(sentence)
        for hit in hits:
            stance = stance_of(hit, around)
            yield Mention(hit, sentence, fate if stance is Stance.CHOSEN else stance)


def _unique(page: Page, chosen: list[Mention], rest: list[Mention]) -> Iterator[Approach]:
    ids = {mention.hit.id for mention in chosen}
    seen: set[tuple[str, Stance]] = set()
    for mention in sorted((*chosen, *rest), key=lambda mention: mention.hit.words):
        key = (mention.hit.id, mention.stance)
        if key in seen or (mention.stance is not Stance.CHOSEN and mention.hit.id in ids):
            continue
        seen.add(key)
        words = page.words.spans(mention.hit.words)
        yield Approach(mention.hit.id, mention.stance, Confidence.INFERRED, _trimmed(page, mention), words)


def _trimmed(page: Page, mention: Mention) -> Span:
    return page.words.span(mention.hit.words) if mention.sentence.block is None else mention.sentence.span
