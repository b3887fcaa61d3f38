"""Where else a record names what it was once read from: an option and the statement that chooses it say one thing."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix.evidence.model import Approach
from wrongfix.record.model import Record
from wrongfix.text import Span


def also_named(approach: Approach, record: Record) -> Iterator[Span]:
    """Yield the names of the option an approach was read from and of the choices of that option, but not its words."""
    words = approach.words or (approach.span,)
    single = [(each.name.span, each.options[0]) for each in record.choices if each.name and len(each.options) == 1]
    options = {index for index, option in enumerate(record.options) if _among(option.name.span, words)}
    options.update(index for span, index in single if _among(span, words))
    names = [*(record.options[each].name.span for each in options), *(span for span, each in single if each in options)]
    yield from (span for span in dict.fromkeys(sorted(names)) if span.start < span.end and not _among(span, words))


def _among(span: Span, words: tuple[Span, ...]) -> bool:
    return any(span.meets(word) for word in words)
