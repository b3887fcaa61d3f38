"""The edit that adds a rule to `ignore` in a configuration, in whichever of TOML's forms that is written.

Each place is tried: an edit that breaks the file, changes another setting or leaves the rule running is not made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from wrongfix import configuration, tomltext
from wrongfix.configurationfile import TABLE_OF_PYPROJECT
from wrongfix.findings import Finding
from wrongfix.frozen import replace
from wrongfix.settings import Settings, SettingsError
from wrongfix.text import Edit, Source, Span, apply

_ASSIGNED = re.compile(r"[ \t]*=[ \t]*\{")
_IN_BRACES = re.compile(r"ignore[ \t]*=[ \t]*(?=\[)")


def ignoring(path: Path, source: Source, finding: Finding) -> Edit | None:
    """Return the edit by which a configuration ignores the rule of a finding; nothing where no edit does."""
    try:
        before = _read(path, source.text)
    except SettingsError:
        return None
    every = (*before.ignore, finding.name)
    for edit in _edits(path, source, json.dumps(finding.name), ", ".join(map(json.dumps, every))):
        try:
            after = _read(path, apply(source.text, [edit]))
        except SettingsError:
            continue
        same = _without(after) == _without(before) and set(after.ignore) == set(every)
        if same and not after.runs(finding.code, finding.name, by_profile=True):
            return edit
    return None


def _read(path: Path, text: str) -> Settings:
    return configuration.read(path, configuration.Sources({str(path.absolute()): text}.get))


def _without(settings: Settings) -> Settings:
    return replace(settings, ignore=(), origins={})


def _edits(path: Path, source: Source, name: str, every: str) -> Iterator[Edit]:
    """Yield where the rule may be written, the plainest place first: in the list that is there, else in a new one."""
    table = TABLE_OF_PYPROJECT if path.name == configuration.FILE_NAMES[-1] else ()
    places = tomltext.keys(source)
    yield from _in_list(source, places.get((*table, "ignore")), name)
    yield from _in_braces(source, places.get(table), name, every)
    end = source.line_end
    if not table:
        start = int(source.text.startswith("\ufeff"))
        yield Edit(Span(start, start), f"ignore = [{every}]{end}")
        return
    if header := places.get(table):
        row = source.position(header.end).row + 1
        at = source.line_starts[row] if row < len(source.line_starts) else len(source.text)
        yield Edit(Span(at, at), f"{_lead(source, at)}ignore = [{every}]{end}")
    yield from _dotted(source, places, table, every)
    at = len(source.text)
    yield Edit(Span(at, at), f"{_lead(source, at)}{end}[{'.'.join(table)}]{end}ignore = [{every}]{end}")


def _in_list(source: Source, key: Span | None, name: str) -> Iterator[Edit]:
    """Yield the edit of the list after a key."""
    bracket = source.text.find("[", key.end) + 1 if key is not None else 0
    if bracket:
        empty = source.text[bracket:].lstrip().startswith("]")
        yield Edit(Span(bracket, bracket), name if empty else f"{name}, ")


def _in_braces(source: Source, key: Span | None, name: str, every: str) -> Iterator[Edit]:
    """Yield the edits of a table that is written in braces after its key."""
    opened = _ASSIGNED.match(source.text, key.end) if key is not None else None
    if opened is None:
        return
    if there := _IN_BRACES.search(source.text, opened.end()):
        yield from _in_list(source, Span(there.start(), there.end()), name)
    empty = source.text[opened.end() :].lstrip().startswith("}")
    yield Edit(Span(opened.end(), opened.end()), f"ignore = [{every}]{'' if empty else ', '}")


def _dotted(
    source: Source, places: Mapping[tuple[str, ...], Span], table: tuple[str, ...], every: str
) -> Iterator[Edit]:
    """Yield the edit before the first key of the table that is written with dots: `tool.wrongfix.profile = …`."""
    for path, span in places.items():
        if path[: len(table)] == table and len(path) > len(table):
            line = source.line(source.position(span.start).row)
            before = source.text[line.start : span.start]
            yield Edit(Span(line.start, line.start), f"{before}ignore = [{every}]{source.line_end}")
            return


def _lead(source: Source, at: int) -> str:
    """Return the line end that is missing before a place."""
    return source.line_end if at and source.text[at - 1] not in "\r\n" else ""
