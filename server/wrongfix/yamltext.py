"""YAML as nodes that know their place; it constructs nothing, follows no tag and stops at bounds."""

from __future__ import annotations

import re

import yaml

from wrongfix.record.model import Node, Problem, Text
from wrongfix.text import Span
from wrongfix.yamlnodes import BoundError, Builder, Document

REPAIRS = 8
"""How many broken entries of one document are left out before the rest is given up."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTRY = re.compile(r"^(?=[^\s#\-\]}.])|^(?=-\s)", re.MULTILINE)


def parse(source: str, start: int = 0, end: int | None = None) -> tuple[Document, ...]:
    """Return the documents of the YAML text between two offsets of a source; it never raises.

    An entry that cannot be read is left out and becomes a problem at its place; the entries around it are read.
    """
    text = source[start:end]
    problems: list[Problem] = []
    found = _FORBIDDEN.search(text)
    if found is not None:
        place = start + found.start()
        code = ord(found.group())
        message = f"A character that YAML does not allow (code {code}) stands here: remove it."
        problems.append(Problem("broken", message, Span(place, place + 1)))
        text = _FORBIDDEN.sub(" ", text)
    salvaged: list[tuple[Text, Node]] = []
    for _ in range(REPAIRS):
        builder = Builder(text, start)
        try:
            for event in yaml.parse(text, Loader=yaml.CSafeLoader):
                builder.take(event)
        except yaml.MarkedYAMLError as error:
            problem, offset = _explained(error, text, start)
            problems.append(problem)
            repaired = _without_entry(text, offset)
            if repaired is None or repaired == text:
                return builder.documents([*problems, *builder.problems], salvaged)
            salvaged += builder.unfinished(start + _entry_end(text, offset))
            text = repaired
        except BoundError as error:
            problems.append(Problem("broken", str(error), error.span))
            return builder.documents(problems, salvaged)
        else:
            return builder.documents([*problems, *builder.problems], salvaged)
    return builder.documents(problems, salvaged)


def _explained(error: yaml.MarkedYAMLError, text: str, start: int) -> tuple[Problem, int]:
    """Return the problem in the reader's words and the offset in the text where it begins."""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and str(error.context).startswith(_UNCLOSED):
        mark = error.context_mark
    index = min(mark.index if mark is not None else 0, len(text))
    begins = min(error.context_mark.index if error.context_mark is not None else index, index)
    message = f"This YAML cannot be read: {_remedy(error, text, index)}."
    place = min(index if index < len(text.rstrip()) else begins, max(len(text.rstrip()) - 1, 0))
    line_end = place
    while line_end < len(text) and text[line_end] not in "\r\n":
        line_end += 1
    return Problem("broken", message, Span(start + place, start + min(max(line_end, place + 1), len(text)))), begins


_UNCLOSED = ("while parsing a flow", "while scanning a quoted")
_REMEDIES = (
    ("mapping values are not allowed", "a colon with a space stands inside a value, so put the value into quotes"),
    ("did not find expected node content", "a bracket or brace is not closed, or a value is missing after a comma"),
    ("expected ',' or", "a bracket or brace is not closed, or a comma is missing"),
    ("'-' indicator", "something follows a list item that has ended already, so put the whole item into quotes"),
    ("undefined alias", "a value must not begin with `*`, so put it into quotes"),
    ("alphabetic or numeric", "a value must not begin with `*` or `&`, so put it into quotes"),
    ("unknown escape", "a backslash stands inside double quotes, so use single quotes"),
    ("sequence entries are not allowed", "a list begins behind its key, so begin it on a line of its own"),
    (
        "expected <document start>",
        "something follows the end of the values, or a line is indented less than those before it",
    ),
    ("end of stream", "a quote or bracket is not closed"),
    ("could not find expected ':'", "a key has no colon after it"),
    ("cannot start any token", "a value must not begin with this sign, so put it into quotes"),
    ("did not find expected key", "this line does not line up with the entry it belongs to"),
)


def _remedy(error: yaml.MarkedYAMLError, text: str, index: int) -> str:
    if text[index : index + 1] == "\t":
        return "a tab stands where YAML takes spaces only"
    said = str(error.problem or "it does not parse")
    return next((remedy for sign, remedy in _REMEDIES if sign in said), said)


def _entry_end(text: str, offset: int) -> int:
    """Return where the top-level entry ends that holds an offset."""
    found = _ENTRY.search(text, offset + 1)
    return found.start() if found is not None else len(text)


def _without_entry(text: str, offset: int) -> str | None:
    """Return the text with the top-level entry that holds the offset blanked, or nothing when there is only one."""
    starts = [found.start() for found in _ENTRY.finditer(text)]
    before = [start for start in starts if start <= offset]
    if len(starts) < 2 or not before:
        return None
    begin = before[-1]
    finish = next((start for start in starts if start > offset), len(text))
    blank = "\n".join(" " * len(line) for line in text[begin:finish].split("\n"))
    return text[:begin] + blank + text[finish:]
