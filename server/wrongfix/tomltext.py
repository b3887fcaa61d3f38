"""TOML with places: where a key stands in a configuration file; values are read by `tomllib`, nothing is written.

`tomllib` says where a file is broken but not where a key stands, and an editor has to underline the wrong one.
The scan knows table headers, dotted and quoted keys, and skips comments, strings and arrays that run over lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from wrongfix.text import Position, Source, Span

Table = Mapping[str, Any]
_BARE_OR_QUOTED = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_DOTTED = rf"{_BARE_OR_QUOTED}(?:[ \t]*\.[ \t]*{_BARE_OR_QUOTED})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]")
_ASSIGNMENT = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(_BARE_OR_QUOTED)
_VALUE = re.compile(r'"""|\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[\[\]{}]|#[^\n]*|\n')
_DEEPEST = 100
"""Names in one key; `tomllib` takes quadratic time over more."""
_TOO_DEEP = re.compile(rf"(?:^|[\[{{,])[ \t]*(?:{_BARE_OR_QUOTED}[ \t]*\.[ \t]*){{{_DEEPEST}}}", re.MULTILINE)
_BROKEN_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


class BrokenTomlError(ValueError):
    """The text is not TOML; `position` is where the reader stopped."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.position = position


def parse(source: Source) -> Table:
    """Return the values of a TOML text; raises BrokenTomlError."""
    if deep := _TOO_DEEP.search(source.text):
        raise BrokenTomlError(f"a key of more than {_DEEPEST} names", source.position(deep.start()))
    try:
        return tomllib.loads(source.text.replace("\r\n", "\n").removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        message = str(error) or "nested too deeply"
        found = _BROKEN_AT.search(message)
        end = source.position(len(source.text))
        place = Position(int(found[1]) - 1, int(found[2]) - 1) if found else end
        raise BrokenTomlError(_BROKEN_AT.sub("", message).replace("(at end of document)", "").strip(), place) from None


def keys(source: Source) -> Mapping[tuple[str, ...], Span]:
    """Return the place of each key and table header, by its full path; the first mention of a path counts."""
    places: dict[tuple[str, ...], Span] = {}
    table: tuple[str, ...] = ()
    at = 0
    text = source.text
    while at < len(text):
        if header := _HEADER.match(text, at):
            table = _note(places, (), header)
            at = _line_after(text, header.end())
        elif assignment := _ASSIGNMENT.match(text, at):
            _note(places, table, assignment)
            at = _after_value(text, assignment.end())
        else:
            at = _line_after(text, at)
    return places


def _note(places: dict[tuple[str, ...], Span], table: tuple[str, ...], found: re.Match[str]) -> tuple[str, ...]:
    path = table
    for part in _PART.finditer(found[1]):
        path = (*path, part.group().strip("\"'"))
        places.setdefault(path, Span(found.start(1) + part.start(), found.start(1) + part.end()))
    return path


def _line_after(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


def _after_value(text: str, at: int) -> int:
    """Return where the line after a value begins; brackets and long strings carry it over lines."""
    depth = 0
    while found := _VALUE.search(text, at):
        at = found.end()
        sign = found.group()
        if sign in ('"""', "'''"):
            closing = text.find(sign, at)
            at = len(text) if closing < 0 else closing + 3
        elif sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "\n" and depth <= 0:
            return at
    return len(text)
