"""What the sentences of a decision take: the first ones, and those that add something; it reads no title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from wrongfix.evidence.mentions import Mention, heard_in, mentions_in
from wrongfix.evidence.model import Stance
from wrongfix.evidence.page import WEIGHING, Page
from wrongfix.evidence.sentences import Sentence, together
from wrongfix.frozen import replace
from wrongfix.record.model import Block, BlockKind

LEAD_SENTENCES = 2
"""So many sentences of a decision, or of the description of an option, say what it is."""

_FEWEST_WORDS = 3
"""Less is a label, not a sentence."""

_LEAD_WORDS = 12
_CLEAR = 0.9
_CLEARER = 0.97
"""From this score on a choice is believed wherever plain prose tells it."""

_PLAIN = frozenset({None, "context"})
_SIGN = re.compile(r"[*_]*\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s", re.ASCII | re.IGNORECASE)
"""What numbers a paragraph: `b)`, `(ii)`, `2.`."""


def leading(page: Page) -> Iterator[Mention]:
    """Yield the approaches that the first sentences of the decision name or tell, each with its stance."""
    said = 0
    for sentences in _decision(page):
        told = list(_told_together(page, sentences)) if said < LEAD_SENTENCES else []
        taken = {mention.id for mention in told}
        for sentence, after in zip_longest(sentences, sentences[1:]):
            said += len(sentence.words) >= _FEWEST_WORDS
            if said > LEAD_SENTENCES:
                break
            taken_back = after is not None and _takes_back(page, after)
            for mention in mentions_in(page, sentence):
                if mention.stance is Stance.CHOSEN and (taken_back or (taken and mention.id not in taken)):
                    yield replace(mention, stance=Stance.CONSIDERED)
                elif mention.stance is not Stance.CHOSEN or _is_statement(mention, page):
                    told = [other for other in told if other.id != mention.id]
                    yield mention
        yield from told
        if said > LEAD_SENTENCES:
            return


def further(page: Page) -> Iterator[tuple[Mention, bool]]:
    """Yield what the decision takes after its first sentences, and whether the sentence says that it adds something.

    Most sentences there are details. Believed are those that say they decide one thing more, and, in a record of a
    page, those that begin a part of the decision and are hardly mistakable.
    """
    said = 0
    for sentences in _decision(page):
        parts = not page.is_long and bool(sentences) and _is_part(page, sentences[0].block)
        for number, sentence in enumerate(sentences):
            if said <= LEAD_SENTENCES:
                said += len(sentence.words) >= _FEWEST_WORDS
                if said <= LEAD_SENTENCES:
                    continue
            adds = page.goes_on(sentence)
            bar = _CLEAR if adds else _CLEARER if parts and number < LEAD_SENTENCES else None
            if bar is None:
                continue
            for mention in mentions_in(page, sentence):
                if mention.stance is Stance.CHOSEN and mention.score >= bar:
                    yield mention, adds


def told_anywhere(page: Page) -> Iterator[Mention]:
    """Yield what a short record of plain prose takes, where no section and no phrase announces a decision."""
    if any(page.role(block) == "decision" for block in page.record.blocks):
        return
    for block in page.record.blocks:
        if block.kind is BlockKind.PARAGRAPH and page.role(block) in _PLAIN:
            for sentence in page.sentences(block):
                found = [mention for mention in heard_in(page, sentence) if mention.score >= _CLEARER]
                yield from (mention for mention in found if mention.stance is Stance.CHOSEN)


def _is_part(page: Page, block: Block | None) -> bool:
    """Say whether a paragraph begins with words or a sign of its own, as the parts of a decision do."""
    if block is None or block.kind is not BlockKind.PARAGRAPH:
        return False
    return (bool(block.label) and block.label not in page.lexicons.roles) or bool(
        _SIGN.match(page.text, block.span.start)
    )


def _told_together(page: Page, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    """Yield the choice that two or three short sentences tell together."""
    whole = together(sentences)
    if whole is not None:
        yield from (mention for mention in heard_in(page, whole) if mention.stance is Stance.CHOSEN)


def _is_statement(mention: Mention, page: Page) -> bool:
    """Say whether a choice is heard clearly, or faintly and stands near the start of its sentence."""
    if mention.lead > _LEAD_WORDS:
        return mention.score >= _CLEAR
    return mention.score > 0 or mention.preferred or page.model is None


def _takes_back(page: Page, after: Sentence) -> bool:
    """Say whether the sentence after a name says that it is not the choice."""
    hits, around = page.names(after)
    return not hits and around.has("aside")


def _weighs(page: Page, block: Block) -> bool:
    """Say whether a block of the decision is labelled as one that weighs: `Rejected: …`, `Alternatives: …`."""
    return bool(block.label) and page.lexicons.roles.get(block.label) in WEIGHING


def _decision(page: Page) -> Iterator[Sequence[Sentence]]:
    """Yield the sentences of each block of the decision; where no section is about it, those that state the choice."""
    blocks = [each for each in page.record.blocks if each.kind is not BlockKind.HEADING and not _weighs(page, each)]
    deciding = [block for block in blocks if page.role(block) == "decision"]
    if deciding:
        yield from map(page.sentences, deciding)
        return
    stated = [choice.span for choice in page.record.choices]
    for block in blocks:
        if any(span.meets(block.span) for span in stated):
            yield [each for each in page.sentences(block) if any(span.meets(each.span) for span in stated)]
