"""Which approaches a record names and how it stands to them: title, choice and decision decide, mentions do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wrongfix.evidence.decisions import LEAD_SENTENCES, further, leading, told_anywhere
from wrongfix.evidence.mentions import CLEARER, Mention, mentions_in, mentions_in_title, names_in
from wrongfix.evidence.model import Approach, Stance
from wrongfix.evidence.page import WEIGHING, Page
from wrongfix.findings import Confidence
from wrongfix.frozen import replace
from wrongfix.record.model import Option, OptionMark
from wrongfix.text import Span
from wrongfix.vocabulary import Term

_UNMISTAKABLE = 0.99
_OVERLAPPING = frozenset({"tuning", "retrieval", "prompt"})
"""The families whose approaches are kinds of each other."""

_MARKED = {
    OptionMark.CHOSEN: Stance.CHOSEN,
    OptionMark.REJECTED: Stance.REJECTED,
    OptionMark.DEFERRED: Stance.DEFERRED,
}


def read_choices(page: Page) -> list[Mention]:
    """Return what title, statements of the choice and the sentences of the decision say."""
    known = page.lexicons.vocabulary.approaches
    named = list(_named_choices(page))
    led = list(leading(page))
    if not page.is_long and not any(mention.stance is Stance.CHOSEN for mention in (*named, *led)):
        led += told_anywhere(page)
    titled = [] if page.title is None else list(mentions_in_title(page, page.title))
    titled = [mention for mention in titled if not _is_outvoted(mention, led)]
    refused = {mention.id for mention in titled if mention.stance is Stance.REJECTED}
    taken = [mention for mention in (*titled, *named) if mention.stance is Stance.CHOSEN]
    led = [
        mention
        for mention in led
        if mention.stance is not Stance.CHOSEN or (mention.id not in refused and _adds(mention, led, taken, known))
    ]
    told = [*titled, *named, *led]
    families = {known[mention.id].group for mention in told if mention.stance is Stance.CHOSEN}
    more = [mention for mention, adds in further(page) if adds or known[mention.id].group not in families]
    return [*told, *(mention for mention in more if mention.id not in refused)]


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
    for sentence in told[:LEAD_SENTENCES]:
        yield from (mention for mention in mentions_in(page, sentence) if mention.stance is Stance.CHOSEN)


def _as_chosen(mention: Mention) -> Mention:
    if mention.stance is not Stance.CONSIDERED:
        return mention
    return replace(mention, stance=Stance.CHOSEN)


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
