"""Choices that name an option by its number or place, as in `We pick 3.`, and the plain lists such options stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wrongfix.frozen import replace
from wrongfix.record.model import Block, BlockKind, Option, Record, Text
from wrongfix.record.naming import cut, labelled
from wrongfix.record.words import Words
from wrongfix.text import Span

_FEWEST = 2
_MOST = 20
"""A list of more items is no list of options."""

_LONGEST_NUMBER = 5
_LONGEST = 40
"""Characters; a clause of more says something and points at nothing."""

_AROUND = " \t\r\n*_\"'"
_CLAUSE_ENDS = re.compile(r"[.,:;\u2013\u2014](?=\s|\Z)|\s-\s|\n")
_NUMBERED = re.compile(r"(\d{1,2})[.)][ \t]+\Z")
_SIGN = re.compile(r"\(?([0-9]{1,2}|[a-z])[).]?")


def pointed(signs: Sequence[str], phrase: str, words: Words, *, picks: bool = False) -> int | None:
    """Return which of the options with these signs the first clause of a phrase points at; nothing where it tells more.

    Where options have no signs they are counted. `picks` asks for words of choosing before the number.
    """
    lower = phrase.casefold().strip(_AROUND)
    found = _CLAUSE_ENDS.search(lower)
    sign, until = (found.group(), found.start()) if found else ("", len(lower))
    reason = min((at for each in words.reasons if (at := lower.find(each, 0, until)) >= 0), default=until)
    clause, sign = lower[:reason], sign if reason == until else ""
    pick = next(each for each in words.picks if clause.startswith(each)) if clause.startswith(words.picks) else ""
    if pick == clause and sign == ":":  # `Choice: 3`
        return pointed(signs, lower[until + 1 :], words)
    bare = clause.removeprefix(pick).split()
    left = [word for word in bare if word not in words.pointers and word not in words.option_labels]
    if len(left) != 1 or len(clause) > _LONGEST or (picks and not pick):
        return None
    if not pick and sign == ",":
        return None  # `First, we …`
    if not pick and len(bare) == 1 and left[0] in words.ordinals:
        return None
    return _place(signs, left[0], words)


def referred_options(record: Record, words: Words) -> tuple[tuple[Option, ...], tuple[Block, ...]]:
    """Return the items of the list that a later paragraph points into, as options, and the blocks with them."""
    items: list[Block] = []
    last: list[Block] = []
    signs: list[str] = []
    for block in record.blocks:
        if block.kind is BlockKind.ITEM and block.depth == 1:
            items.append(block)
        elif not block.depth:
            if _FEWEST <= len(items) <= _MOST:
                last, signs = items, [_sign(record, item, words) for item in items]
            items = []
            if last and block.kind is BlockKind.PARAGRAPH and _points(record, block, signs, words):
                options = tuple(_option(record, each, words) for each in last)
                places = {each.span: index for index, each in enumerate(last)}
                return options, tuple(replace(each, option=places.get(each.span)) for each in record.blocks)
    return (), record.blocks


def _points(record: Record, block: Block, signs: Sequence[str], words: Words) -> bool:
    written = record.prose[block.span.start : min(block.span.end, block.span.start + 2 * _LONGEST)]
    return pointed(signs, written, words, picks=record.role(block) != "decision") is not None


def _option(record: Record, item: Block, words: Words) -> Option:
    start = item.span.start
    line = record.prose[start : item.span.end].partition("\n")[0].rstrip()
    offset = labelled(line, words)[1]
    name = line[offset : offset + cut(line[offset:])].rstrip(" .:")
    text = Text(name, Span(start + offset, start + offset + len(name)))
    return Option(text, _sign(record, item, words), description=(item.span,))


def _sign(record: Record, item: Block, words: Words) -> str:
    """Return the letter or number an item goes by: its own, or that of the list."""
    line = record.prose[item.span.start : item.span.end].partition("\n")[0]
    own = labelled(line, words)[0]
    before = _NUMBERED.search(record.source.text, max(item.span.start - _LONGEST_NUMBER, 0), item.span.start)
    return own.upper() or (before[1] if before else "")


def _place(signs: Sequence[str], word: str, words: Words) -> int | None:
    ordinal = words.ordinals.get(word)
    if ordinal is not None:
        return ordinal - 1 if 0 < ordinal <= len(signs) else len(signs) - 1 if ordinal < 0 else None
    sign = _SIGN.fullmatch(word)
    if sign is None:
        return None
    if any(signs):
        found = [index for index, each in enumerate(signs) if each.casefold() == sign[1]]
        return found[0] if len(found) == 1 else None
    return int(sign[1]) - 1 if sign[1].isdigit() and 0 < int(sign[1]) <= len(signs) else None
