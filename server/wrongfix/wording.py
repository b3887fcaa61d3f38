"""How findings speak of what they rest on: ids, the words they were read from, lines; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from wrongfix.evidence.model import Approach, Failure
from wrongfix.findings import Confidence
from wrongfix.record.model import Record

_QUOTE_LENGTH = 60

Mention = TypeVar("Mention", Failure, Approach)


def filled(text: str, slots: Mapping[str, str]) -> str:
    """Return the text with its slots filled; a slot that nothing bound is left out."""
    return text.format_map(_Slots(slots))


def named(record: Record, mention: Failure | Approach) -> str:
    """Return the id, with the words it was read from when the author wrote no tag, and the line of a failure."""
    notes = []
    if mention.confidence is Confidence.INFERRED:
        notes.append(f"“{quoted(record.words(mention.span))}”")
    if isinstance(mention, Failure):
        notes.append(f"line {record.source.position(mention.span.start).row + 1}")
    return f"{mention.id} ({', '.join(notes)})" if notes else mention.id


def first_of_each(mentions: Iterable[Mention]) -> Iterable[Mention]:
    """Return the first mention of each id: a message names a thing once, however many sentences tell it."""
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.id, mention)
    return first.values()


def quoted(words: str) -> str:
    """Return words short enough to stand in a message."""
    return words if len(words) <= _QUOTE_LENGTH else words[: _QUOTE_LENGTH - 1].rsplit(" ", 1)[0] + "…"


def joined(words: Iterable[str], last: str = "and") -> str:
    """Return the words as a list in a sentence, without repeats."""
    each = list(dict.fromkeys(words))
    return f"{', '.join(each[:-1])} {last} {each[-1]}" if len(each) > 1 else "".join(each)


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
