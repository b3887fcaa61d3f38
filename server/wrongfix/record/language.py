"""The language a record is written in, told by its headings and its small words."""

from __future__ import annotations

from wrongfix.record.model import BlockKind, Record
from wrongfix.record.words import Words, folded

_SAMPLE = 4000
_SCRIPTS = (
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"),
    ("ru", "\u0400", "\u04ff"),
)


def language_of(record: Record, words: Words) -> str:
    """Return the language as two letters, or `und` where nothing tells."""
    sample = _sample(record)
    scripted = _by_script(sample)
    if scripted:
        return scripted
    counts = dict.fromkeys(words.languages, 0)
    for word in sample.casefold().split():
        for language, known in words.languages.items():
            if word in known:
                counts[language] += 1
    for section in record.sections:
        for language in words.heading_languages.get(folded(section.title), ()):
            counts[language] = counts.get(language, 0) + 2
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] >= 2 else "und"


def _sample(record: Record) -> str:
    parts: list[str] = []
    size = 0
    for block in record.blocks:
        if block.kind is not BlockKind.HEADING:
            parts.append(record.prose[block.span.start : block.span.end])
            size += len(parts[-1])
        if size > _SAMPLE:
            break
    return " ".join(parts)[: _SAMPLE * 2]


def _by_script(sample: str) -> str | None:
    if sample.isascii():
        return None
    letters = sum(map(str.isalpha, sample))
    counts = {name: sum(first <= sign <= last for sign in sample) for name, first, last in _SCRIPTS}
    if letters and counts["ja"] * 10 > letters:
        return "ja"
    name = max(counts, key=lambda script: counts[script])
    return name if counts[name] * 3 > letters > 0 else None
