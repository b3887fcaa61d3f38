"""Which approaches a record names and how it stands to them: title, choice and decision decide, mentions do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from wrongfix.evidence.mentions import CLEARER, Mention, heard_in, mentions_in, mentions_in_title, names_in
from wrongfix.evidence.model import Approach, Stance
from wrongfix.evidence.page import WEIGHING, Page
from wrongfix.evidence.sentences import Sentence, together
from wrongfix.findings import Confidence
from wrongfix.frozen import replace
from wrongfix.record.model import BlockKind, Option, OptionMark
from wrongfix.text import Span
from wrongfix.vocabulary import Term

_LEAD_SENTENCES = 2
_FEWEST_WORDS = 3
"""Less is a label, not a sentence."""

_LEAD_WORDS = 12
_CLEAR = 0.9
_CLEARER = 0.97
"""From this score on a choice is believed wherever plain prose tells it."""

_PLAIN = frozenset({None, "context"})
_UNMISTAKABLE = 0.99
_OVERLAPPING = frozenset({"tuning", "retrieval", "prompt"})
"""The families whose approaches are kinds of each other."""

_MARKED = {
    OptionMark.CHOSEN: Stance.CHOSEN,
    OptionMark.REJECTED: Stance.REJECTED,
    OptionMark.DEFERRED: Stance.DEFERRED,
}


def read_choices(page: Page) -> list[Mention]:
    """Return what title, statements of the choice and the first sentences of the decision say."""
    named = list(_named_choices(page))
    leading = list(_leading(page))
    if not page.is_long and not any(mention.stance is Stance.CHOSEN for mention in (*named, *leading)):
        leading += _told_anywhere(page)
    titled = [] if page.title is None else list(mentions_in_title(page, page.title))
    titled = [mention for mention in titled if not _is_outvoted(mention, leading)]
    refused = {mention.id for mention in titled if mention.stance is Stance.REJECTED}
    taken = [mention for mention in (*titled, *named) if mention.stance is Stance.CHOSEN]
    leading = [
        mention
        for mention in leading
        if mention.stance is not Stance.CHOSEN
        or (mention.id not in refused and _adds(mention, leading, taken, page.lexicons.vocabulary.approaches))
    ]
    return [*titled, *named, *leading]


def _is_outvoted(titled: Mention, leading: list[Mention]) -> bool:
    """Say whether the decision names, or tells more clearly, something else than a title was only taken to mean."""
    if titled.named:
        return False
    surer = [mention for mention in leading if mention.stance is Stance.CHOSEN and mention.score > titled.score]
    named = [mention for mention in leading if mention.stance is Stance.CHOSEN and mention.named]
    ids = {mention.id for mention in (surer if titled.score >= CLEARER else (*surer, *named))}
    return bool(ids) and titled.id not in ids


def read_approaches(page: Page, choices: Iterable[Mention]) -> tuple[Approach, ...]:
    """Return the approaches of a record, one entry for an approach and stance, in the order of the text.

    Of an approach that is chosen nothing else is said.
    """
    mentions = sorted((*choices, *_options(page)), key=lambda mention: mention.place)
    chosen = {mention.id for mention in mentions if mention.stance is Stance.CHOSEN}
    first: dict[tuple[str, Stance], Approach] = {}
    for mention in mentions:
        if mention.stance is Stance.CHOSEN or mention.id not in chosen:
            span = mention.place if mention.sentence.block is None else mention.sentence.span
            approach = Approach(mention.id, mention.stance, Confidence.INFERRED, span, mention.words)
            first.setdefault((mention.id, mention.stance), approach)
    return tuple(first.values())


def _adds(mention: Mention, leading: list[Mention], taken: list[Mention], known: Mapping[str, Term]) -> bool:
    """Say whether a sentence of the decision adds an approach to those that title and choice name already.

    It does where it is unmistakable and no other word for one of those, beside one of those, or where its name holds
    theirs: "fine-tune" in the title, "fine-tune the encoder" here.
    """
    ids = {other.id for other in taken}
    if not ids or mention.id in ids:
        return True
    family = known[mention.id].group
    akin = family in _OVERLAPPING and any(known[other].group == family for other in ids)
    if mention.score >= _UNMISTAKABLE and not akin:
        return True
    if any(other.id in ids and other.sentence is mention.sentence for other in leading):
        return True
    return any(other.form <= mention.form for other in taken if other.named and mention.named)


def _named_choices(page: Page) -> Iterator[Mention]:
    """Yield what the words name that a statement of the choice sets apart, and the options it names.

    Where the name of an option tells nothing, the first sentences of its description may.
    """
    record = page.record
    names = [choice.name.span for choice in record.choices if choice.name is not None]
    indexes = {choice.options[0] for choice in record.choices if len(choice.options) == 1}
    marked = [index for index, option in enumerate(record.options) if option.mark is OptionMark.CHOSEN]
    options = []
    if len(indexes | {*marked}) == 1:  # where several are taken the record decides several things
        options = [record.options[index] for index in (indexes or marked)]
    found = list(_within(page, [*names, *(option.name.span for option in options)]))
    if not any(mention.stance is Stance.CHOSEN for mention in found):
        found += [mention for option in options for mention in _described(page, option)]
    yield from found


def _within(page: Page, names: Sequence[Span]) -> Iterator[Mention]:
    for block in page.record.blocks if names else ():
        if not any(name.meets(block.span) for name in names):
            continue
        for sentence in page.sentences(block):
            if not any(name.meets(sentence.span) for name in names):
                continue
            yield from map(_as_chosen, mentions_in(page, sentence, names))


def _described(page: Page, option: Option) -> Iterator[Mention]:
    """Yield what the first sentences of an option's description take."""
    blocks = [block for block in page.record.blocks if any(span.meets(block.span) for span in option.description)]
    told = [sentence for block in blocks for sentence in page.sentences(block)]
    told = [each for each in told if any(span.meets(each.span) for span in option.description)]
    for sentence in told[:_LEAD_SENTENCES]:
        yield from (mention for mention in mentions_in(page, sentence) if mention.stance is Stance.CHOSEN)


def _as_chosen(mention: Mention) -> Mention:
    if mention.stance is not Stance.CONSIDERED:
        return mention
    return replace(mention, stance=Stance.CHOSEN)


def _leading(page: Page) -> Iterator[Mention]:
    said = 0
    for sentences in _decision(page):
        told = list(_told_together(page, sentences)) if said < _LEAD_SENTENCES else []
        taken = {mention.id for mention in told}
        for sentence, after in zip_longest(sentences, sentences[1:]):
            said += len(sentence.words) >= _FEWEST_WORDS
            if said > _LEAD_SENTENCES:
                break
            taken_back = after is not None and _takes_back(page, after)
            for mention in mentions_in(page, sentence):
                if mention.stance is Stance.CHOSEN and (taken_back or (taken and mention.id not in taken)):
                    yield replace(mention, stance=Stance.CONSIDERED)
                elif mention.stance is not Stance.CHOSEN or _is_statement(mention, page):
                    told = [other for other in told if other.id != mention.id]
                    yield mention
        yield from told
        if said > _LEAD_SENTENCES:
            return


def _told_anywhere(page: Page) -> Iterator[Mention]:
    """Yield what a short record of plain prose takes, where no section and no phrase announces a decision."""
    if any(page.role(block) == "decision" for block in page.record.blocks):
        return
    for block in page.record.blocks:
        if block.kind is BlockKind.PARAGRAPH and page.role(block) in _PLAIN:
            for sentence in page.sentences(block):
                found = [mention for mention in heard_in(page, sentence) if mention.score >= _CLEARER]
                yield from (mention for mention in found if mention.stance is Stance.CHOSEN)


def _told_together(page: Page, sentences: Sequence[Sentence]) -> Iterator[Mention]:
    """Yield the choice that two or three short sentences tell together."""
    whole = together(sentences)
    if whole is not None:
        yield from (mention for mention in heard_in(page, whole) if mention.stance is Stance.CHOSEN)


def _is_statement(mention: Mention, page: Page) -> bool:
    """Say whether a choice is heard clearly, or faintly and stands near the start of its sentence."""
    if mention.lead > _LEAD_WORDS:
        return mention.score >= _CLEAR
    return mention.score > 0 or page.model is None


def _takes_back(page: Page, after: Sentence) -> bool:
    """Say whether the sentence after a name says that it is not the choice."""
    hits, around = page.names(after)
    return not hits and around.has("aside")


def _decision(page: Page) -> Iterator[Sequence[Sentence]]:
    """Yield the sentences of each block of the decision; where no section is about it, those that state the choice."""
    blocks = [block for block in page.record.blocks if block.kind is not BlockKind.HEADING]
    deciding = [block for block in blocks if page.role(block) == "decision"]
    if deciding:
        yield from map(page.sentences, deciding)
        return
    stated = [choice.span for choice in page.record.choices]
    for block in blocks:
        if any(span.meets(block.span) for span in stated):
            yield [each for each in page.sentences(block) if any(span.meets(each.span) for span in stated)]


def _options(page: Page) -> Iterator[Mention]:
    """Yield what the names of the options that were not chosen say."""
    record = page.record
    for block in record.blocks:
        role = page.role(block)
        if role not in WEIGHING:
            continue
        option = record.options[block.option] if block.option is not None else None
        if option is not None and not option.name.span.meets(block.span):
            continue
        mark = None if option is None or option.mark is None else _MARKED[option.mark]
        fate = mark or (Stance.REJECTED if role == "rejected" else Stance.CONSIDERED)
        if fate is Stance.CHOSEN:
            continue
        for sentence in page.sentences(block):
            for mention in names_in(page, sentence):
                yield replace(mention, stance=fate) if mention.stance is Stance.CHOSEN else mention
