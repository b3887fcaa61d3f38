"""Comments that hold directives: where they stand and what they say; they are applied in `directives`.

Markdown has `<!-- wrongfix-disable-next-line CODE -- reason -->` with its sisters, YAML and front matter have
`# wrongfix: ignore[CODE] reason`. What stands in code, or in a YAML value, is no directive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from wrongfix.frozen import dataclass
from wrongfix.record.model import Node, Record, Text
from wrongfix.text import Source, Span

FORMS = ("disable-next-line", "disable-line", "disable", "enable", "disable-file")
"""What may follow `wrongfix-` in a Markdown comment."""
IGNORE = "ignore"
"""The one form in YAML: on a line of its own it holds for the next line."""

_HTML = re.compile(r"<!--\s*(wrongfix-[A-Za-z-]+)")
_HASH = re.compile(r"#[ \t]*(wrongfix:[ \t]*([^\r\n]*))")
_IGNORE = re.compile(r"ignore\[([^\]\r\n]*)\]([^\r\n]*)")
_NAME = re.compile(r"\w[\w-]*")
_REASON = re.compile(r"\s--(?=\s|$)")
_DASH_OR_COLON = re.compile(r"[—–:]|\s(?:--|-(?=\s|$))")
"""What begins a reason once a rule is named."""


@dataclass(frozen=True, slots=True)
class Directive:
    """One directive: `names` are the rules as written, none for all rules.

    `scopes` is where it silences: one for each name, one for all rules, none where it silences nothing.
    `span` is the whole comment, `listed` what stands between its keyword and its reason.
    `keyword` holds the words where a keyword was expected and none is known.
    """

    form: str
    span: Span
    names: tuple[Text, ...]
    listed: Span
    reason: str
    scopes: tuple[Span, ...]
    keyword: Text | None = None
    idle: bool = False
    """An `enable` that ends nothing."""


def html_comments(source: Source, start: int) -> Iterator[Directive]:
    """Yield the directives of Markdown text from an offset on; each `disable` holds to the end, not yet to `enable`."""
    text = source.text
    if not _HTML.search(text, start):
        return
    code = _Stretches(_code(text, start))
    lines = _Lines(source, "<!--")
    for found in _HTML.finditer(text, start):
        closing = text.find("-->", found.end())
        if closing < 0:
            return
        if code.hold(found.start()):
            continue
        sign = _sign(text, found.end(), closing)
        listed = _trimmed(text, Span(found.end(), sign.start() if sign else closing))
        reason = text[sign.end() : closing].strip() if sign else ""
        span = Span(found.start(), closing + 3)
        form = found[1].removeprefix("wrongfix-")
        if form in FORMS:
            names = _names(text, listed)
            yield Directive(form, span, names, listed, reason, _scopes(source, form, span, names, lines))
        else:
            yield Directive(form, span, (), listed, reason, (), Text(found[1], Span(found.start(1), found.end(1))))


def hash_comments(source: Source, region: Span, records: Sequence[Record]) -> Iterator[Directive]:
    """Yield the directives of YAML text; the records tell what is a value and no comment."""
    text = source.text
    if "wrongfix:" not in text[region.start : region.end]:
        return
    values = _Stretches(span for record in records if record.metadata for span in _scalars(record.metadata))
    lines = _Lines(source, "#")
    for found in _HASH.finditer(text, region.start, region.end):
        at = found.start()
        if values.hold(at) or (at > region.start and text[at - 1] not in " \t\r\n"):
            continue
        span = Span(at, found.start(2) + len(found[2].rstrip()))
        ignore = _IGNORE.fullmatch(text, found.start(2), span.end)
        if ignore is None:
            said = Span(found.start(1), span.end)
            yield Directive(IGNORE, span, (), said, "", (), Text(source.slice(said), said))
            continue
        line = source.line(source.position(at).row)
        alone = not text[line.start : at].strip()
        listed = Span(ignore.start(1), ignore.end(1))
        names = _names(text, listed)
        scopes = (lines.after(at) if alone else line,) * max(1, len(names))
        yield Directive(IGNORE, span, names, listed, ignore[2].strip(" \t-—–:"), scopes)


def _scopes(source: Source, form: str, span: Span, names: tuple[Text, ...], lines: _Lines) -> tuple[Span, ...]:
    if form == "disable-file":
        scope = Span(0, len(source.text) + 1)
    elif form == "disable-next-line":
        scope = lines.after(span.end)
    elif form == "disable-line":
        first, last = source.position(span.start).row, source.position(span.end).row
        scope = Span(source.line(first).start, source.line(last).end)
    elif form == "disable":
        scope = Span(span.end, len(source.text) + 1)
    else:
        return ()
    return (scope,) * max(1, len(names))


def _sign(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the sign that begins the reason: two dashes, or behind the first name any dash or a colon."""
    name = _NAME.search(text, start, end)
    signs = [_REASON.search(text, start, end), _DASH_OR_COLON.search(text, name.end(), end) if name else None]
    return min((sign for sign in signs if sign is not None), key=lambda sign: sign.start(), default=None)


def _names(text: str, listed: Span) -> tuple[Text, ...]:
    found = _NAME.finditer(text, listed.start, listed.end)
    return tuple(Text(name.group(), Span(name.start(), name.end())) for name in found)


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


class _Lines:
    """The lines of a text, asked from top to bottom for the next one that is written."""

    def __init__(self, source: Source, comment: str) -> None:
        self._source = source
        self._comment = comment
        self._row = -1

    def after(self, offset: int) -> Span:
        """Return the next line that holds more than blanks or a comment of its own; empty at the end of the text."""
        source = self._source
        self._row = max(self._row, source.position(offset).row + 1)
        while self._row < len(source.line_starts):
            line = source.line(self._row)
            words = source.slice(line).strip()
            if words and not words.startswith(self._comment):
                return line
            self._row += 1
        return Span(len(source.text), len(source.text))


class _Stretches:
    """Stretches of text that do not overlap, asked whether one of them holds an offset."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def hold(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at].end


def _scalars(node: Node) -> Iterator[Span]:
    waiting = [node]
    while waiting:
        at = waiting.pop()
        if isinstance(at.value, str):
            yield at.span
        waiting.extend(at.elements())
        waiting.extend(value for _, value in at.items())


def _code(text: str, start: int) -> Iterator[Span]:
    """Yield the stretches of code in Markdown: fenced, indented and inline."""
    from pyromark import events_with_range  # noqa: PLC0415 # only a document with directives needs it

    data = text[start:].encode("utf-8", "replace")
    bytes_before, before = 0, start
    for event, place in events_with_range(data.decode()):
        if isinstance(event, dict) and ("Code" in event or str(event.get("Start", "")).startswith("{'CodeBlock'")):
            first = before + len(data[bytes_before : place["start"]].decode())
            bytes_before, before = place["end"], first + len(data[place["start"] : place["end"]].decode())
            yield Span(first, before)
