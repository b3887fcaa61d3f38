"""The language a record is written in, told by its script, its small words and its headings."""

from __future__ import annotations

import re

from wrongfix.record.model import BlockKind, Record
from wrongfix.record.words import Words, folded

_SAMPLE = 900
"""How many characters of prose are looked at."""
_ENOUGH = 3
_PLENTY, _CLEARLY = 5, 2
"""So many small words, and twice as many as of any other language, say what the prose is written in.

Headings have a say where it does not; English prose stands under German headings, and the other way round.
"""
_ANY_SCRIPT = "[Ѐ-ӿぁ-ヿ一-鿿가-힣]"
_SCRIPTS = {"ja": "[ぁ-ヿ]", "ko": "[가-힣]", "zh": "[一-鿿]", "ru": "[Ѐ-ӿ]"}
_KANA = 10
"""Japanese mixes scripts: one letter in ten is enough to tell it from Chinese."""


def language_of(record: Record, words: Words) -> str:
    """Return the language as two letters, or `und` where nothing tells."""
    sample = _sample(record)
    scripted = _by_script(sample)
    if scripted:
        return scripted
    counts: dict[str, int] = {}
    small = words.small_words
    for word in sample.casefold().split():
        if word in small:
            for language in small[word]:
                counts[language] = counts.get(language, 0) + 1
    best, *others = sorted(counts, key=lambda language: -counts[language]) or [""]
    if counts.get(best, 0) >= _PLENTY and all(counts[best] >= _CLEARLY * counts[other] for other in others[:1]):
        return best
    for section in record.sections:
        for language in words.heading_languages.get(folded(section.title), "").split():
            counts[language] = counts.get(language, 0) + 2
    best = max(counts, key=lambda language: counts[language], default="und")
    return best if counts.get(best, 0) >= _ENOUGH else "und"


def _sample(record: Record) -> str:
    parts: list[str] = []
    size = 0
    for block in record.blocks:
        if block.kind is not BlockKind.HEADING:
            words = record.prose[block.span.start : min(block.span.end, block.span.start + _SAMPLE)]
            parts.append(words)
            size += len(words)
            if size > _SAMPLE:
                break
    parts += [section.title for section in record.sections[:20]]
    return " ".join(parts)


def _by_script(sample: str) -> str | None:
    if sample.isascii() or re.search(_ANY_SCRIPT, sample) is None:
        return None
    letters = sum(map(str.isalpha, sample))
    counts = {name: len(re.findall(signs, sample)) for name, signs in _SCRIPTS.items()}
    if counts["ja"] * _KANA > letters:
        return "ja"
    name = max(counts, key=lambda script: counts[script])
    return name if counts[name] * 3 > letters > 0 else None
