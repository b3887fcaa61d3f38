"""Where the front matter of a Markdown document begins and ends, also while it is being typed."""

from __future__ import annotations

import re

from wrongfix.frozen import dataclass
from wrongfix.record.model import Problem
from wrongfix.text import Span

_KEY = re.compile(r"""["']?[^\W\d][^:"'#|<>*`]{0,60}["']?[ \t]*:(?=[ \t]|$)""")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The lines of front matter without its fences, where the body begins, and what is wrong with the fences."""

    content: Span
    body: int
    problems: tuple[Problem, ...] = ()


def split(text: str) -> FrontMatter | None:
    """Return the front matter of a document, or nothing where it has none.

    Missing fences are forgiven where the lines are plainly front matter: the missing one becomes a problem.
    """
    start = 1 if text.startswith("\ufeff") else 0
    while start < len(text) and text[start] in " \t\r\n":
        start += 1
    line = _line(text, start)
    if text[line.start : line.end].strip() != "---":
        return _without_opening(text, start) if _KEY.match(text, line.start, line.end) else None
    return _after_opening(text, Span(line.start, _next(text, line)))


def begins_with_key(text: str) -> bool:
    """Say whether a text begins with a YAML key."""
    return _KEY.match(text) is not None


def _after_opening(text: str, fence: Span) -> FrontMatter | None:
    begin = offset = fence.end
    keys = False
    while offset < len(text):
        line = _line(text, offset)
        words = text[line.start : line.end]
        bare = words.rstrip()
        if bare in {"---", "..."}:
            content = Span(begin, line.start)
            if keys or not text[content.start : content.end].strip():
                return FrontMatter(content, _next(text, line))
            return None
        if _KEY.match(words if keys else words.lstrip(" \t")):
            keys = True
        elif not keys and bare and not bare.lstrip().startswith(("#", "-", "{", "}", "[", "?", '"', "'")):
            return None
        elif bare.startswith("#"):
            after = _after_comments(text, line)
            if after is None:
                break
            offset = after
            continue
        offset = _next(text, line)
    return _not_closed(text, fence) if keys else None


def _not_closed(text: str, fence: Span) -> FrontMatter:
    """Return what looks like front matter up to the first blank line or heading after it."""
    offset = fence.end
    keys = False
    while offset < len(text):
        line = _line(text, offset)
        words = text[line.start : line.end]
        if keys and not words.strip():
            break
        if words.startswith("#"):
            after = _after_comments(text, line)
            if after is None:
                break
            offset = after
            continue
        keys = keys or _KEY.match(words.lstrip(" \t")) is not None
        offset = _next(text, line)
    message = "Front matter is not closed: add a line with --- after it."
    opening = Span(fence.start, fence.start + 3)
    return FrontMatter(Span(fence.end, offset), offset, (Problem("broken", message, opening),))


def _without_opening(text: str, start: int) -> FrontMatter | None:
    """Return front matter whose first fence is lost: keys without a blank line between them and a closing fence."""
    offset = start
    keys = 0
    while offset < len(text):
        line = _line(text, offset)
        words = text[line.start : line.end]
        if words.rstrip() == "---":
            if not keys:
                return None
            message = "Front matter has no beginning: add a line with --- before it."
            first = _line(text, start)
            return FrontMatter(Span(start, line.start), _next(text, line), (Problem("broken", message, first),))
        if _KEY.match(words):
            keys += 1
        elif not words.startswith((" ", "\t", "-", "#")) or not words.strip():
            return None
        offset = _next(text, line)
    return None


def _after_comments(text: str, line: Span) -> int | None:
    """Return where the line begins that follows a run of comments, or nothing where the run is a heading instead."""
    offset = _next(text, line)
    while offset < len(text):
        line = _line(text, offset)
        words = text[line.start : line.end]
        if words.strip() and not words.startswith("#"):
            goes_on = _KEY.match(words) is not None or words.rstrip() in {"---", "..."} or words[:1] in {" ", "\t", "-"}
            return offset if goes_on else None
        offset = _next(text, line)
    return None


def _line(text: str, offset: int) -> Span:
    found = _LINE.match(text, offset)
    end = found.end() if found is not None else offset
    while end > offset and text[end - 1] in "\r\n":
        end -= 1
    return Span(offset, end)


def _next(text: str, line: Span) -> int:
    end = line.end
    if text.startswith("\r\n", end):
        return end + 2
    return min(end + 1, len(text))
