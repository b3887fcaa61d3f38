"""One statement of a choice: where its sentence ends, which words name the choice, and which options they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wrongfix.record.model import Block, Choice, Record, Text
from wrongfix.record.naming import mentioned, named
from wrongfix.record.referred import pointed
from wrongfix.record.words import Words
from wrongfix.text import Span

_QUOTES = {'"': '"”', "“": '”"', "„": '“”"', "«": "»", "‘": "’", "「": "」", "『": "』", "'": "'", "`": "`", "《": "》"}
_OPENING = 70
"""Characters of a sentence within which `So for the next release we put …` must come to its point."""
_LABEL_ALONE = 12
"""Characters; a sentence of no more is the name or the label of an option: `B.`, `Option 2.`"""
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?(?=\s+[^a-z\s]|\s*\Z)|[。！？]")


def named_choice(record: Record, whole: Span, start: int, words: Words) -> Choice:
    """Return the choice whose name begins at a place: what is quoted or bold there, or what stands before a stop."""
    name = _name(record, start, whole.end, words)
    text = Text(" ".join(record.prose[name.start : name.end].split()), name)
    end = statement_end(record.prose, name.end, whole.end)
    return Choice(Span(whole.start, end), text, named(record.options, text.value, words))


def choice_of(record: Record, sentence: Span, words: Words) -> Choice:
    """Return what a sentence says was chosen; options named after words such as `instead of` are not part of it."""
    lower = record.prose[sentence.start : sentence.end].casefold().replace("\n", " ")
    if len(lower) != sentence.end - sentence.start:
        return Choice(sentence, None, mentioned(record.options, record.words(sentence), words))
    if lower.startswith(words.y_opens):
        return _y_statement(record, sentence, lower, words)
    at = pointed([option.label for option in record.options], lower, words) if record.options else None
    if at is not None:
        return Choice(sentence, None, (at,))
    if len(lower) <= _LABEL_ALONE:
        return Choice(sentence, None, named(record.options, record.words(sentence), words))
    stop = min((place for word in words.over if (place := lower.find(word)) > 0), default=len(lower))
    chosen = Span(sentence.start, sentence.start + stop)
    return Choice(sentence, None, mentioned(record.options, record.words(chosen), words))


def saying(record: Record, block: Block, says: tuple[str, ...], leads: tuple[str, ...], words: Words) -> Iterator[Span]:
    """Yield the sentences of a block that hold one of the phrases or begin with one of the leads."""
    denies, hence = words.denies, words.hence
    written = record.prose[block.span.start : block.span.end]
    text = written.casefold().replace("’", "'")
    if not any(each in text for each in says) and not any(each in text for each in leads):
        return
    exact = len(text) == len(written)
    start = 0
    for end in _sentence_ends(written):
        sentence = text[start:end] if exact else text
        bare = sentence.lstrip(' \t\r\n-–—•*"“')
        said = next((phrase for phrase in says if phrase in sentence), None)
        denied = said is not None and sentence.partition(said)[2].lstrip().startswith(denies)
        if _leads(bare, leads, hence) or (said is not None and not denied):
            if not exact:
                yield block.span
                return
            yield Span(block.span.start + start + len(sentence) - len(bare), block.span.start + end)
        start = end


def _leads(bare: str, leads: tuple[str, ...], hence: tuple[str, ...]) -> bool:
    """Say whether a sentence begins with a lead, or with a word of consequence and soon a lead."""
    if bare.startswith(leads):
        return True
    if not leads or not bare.startswith(hence):
        return False
    opening = bare[:_OPENING]
    return any(f" {lead} " in opening or f",{lead} " in opening for lead in leads)


def statement_end(prose: str, start: int, end: int) -> int:
    """Return where the sentence ends that goes on after a place."""
    found = _SENTENCE_END.search(prose, start, end)
    return found.end() if found is not None else end


def trimmed(prose: str, start: int, end: int) -> Span:
    """Return a stretch without the white space and the stops around it."""
    while start < end and prose[start] in " \t\r\n":
        start += 1
    while end > start and prose[end - 1] in " \t\r\n.,:;，。":
        end -= 1
    return Span(start, end)


def _sentence_ends(text: str) -> Iterator[int]:
    last = 0
    for found in _SENTENCE_END.finditer(text):
        last = found.end()
        yield last
    if last < len(text):
        yield len(text)


def _name(record: Record, start: int, end: int, words: Words) -> Span:
    prose, source = record.prose, record.source.text
    closing = _QUOTES.get(prose[start])
    if closing is not None:
        found = min((at for sign in closing if (at := prose.find(sign, start + 1, end)) > 0), default=-1)
        if found > 0:
            return trimmed(prose, start + 1, found)
    sign = source[start - 2 : start]
    if sign in {"**", "__"} and (found := source.find(sign, start, end + 2)) > start:
        return trimmed(prose, start, min(found, end))
    if source[start - 1 : start] in {"*", "_", "[", "`"}:
        found = source.find({"[": "]"}.get(source[start - 1], source[start - 1]), start, end + 1)
        if found > start:
            return trimmed(prose, start, min(found, end))
    lower = prose[start:end].casefold()
    stops = [place for word in words.because if (place := lower.find(word)) > 0 and _begins(lower, place, word)]
    stops += [place for sign in (". ", ".\n", "。", "; ", ", ", "，", " – ", " — ") if (place := lower.find(sign)) > 0]
    stop = start + min(stops, default=end - start) if len(lower) == end - start else end
    return trimmed(prose, start, stop)


def _begins(lower: str, place: int, word: str) -> bool:
    return not word.isascii() or not lower[place - 1].isalnum()


def _y_statement(record: Record, sentence: Span, lower: str, words: Words) -> Choice:
    """Return the part of `In the context of …, we decided for …` that decides."""
    decides = [(place, word) for word in words.y_decides if (place := lower.find(word)) > 0]
    if not decides:
        return Choice(sentence)
    place, word = min(decides, key=lambda found: (found[0], -len(found[1])))
    start = place + len(word)
    stop = min((found for sign in words.y_ends if (found := lower.find(sign, start)) > 0), default=len(lower))
    stop = min((found for sign in words.over if (found := lower.find(sign, start, stop)) > 0), default=stop)
    name = trimmed(record.prose, sentence.start + start, sentence.start + stop)
    text = Text(" ".join(record.prose[name.start : name.end].split()), name)
    return Choice(Span(sentence.start + place, name.end), text, named(record.options, text.value, words))
