"""What a report is made of: the checked documents with their findings, and how offsets become rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wrongfix.findings import Finding
from wrongfix.frozen import dataclass, field
from wrongfix.text import Source, Span


def _nothing(_: object) -> None:
    """Stand for a lookup that finds nothing."""


@dataclass(frozen=True)
class Checked:
    """One document that was checked: how many records it holds, and what was found, in order."""

    source: Source
    findings: tuple[Finding, ...] = ()
    records: int = 1

    @property
    def name(self) -> str:
        """Return the name it is reported with: relative, with forward slashes."""
        return self.source.name


@dataclass(frozen=True)
class Report:
    """The outcome of a run, and how it is to be shown.

    `address` gives the page of a rule by code and name, `page` what its file says for people with its `severity` and
    `help`, `other` the text of a document that a finding points to and that was not checked itself.
    """

    checked: tuple[Checked, ...]
    address: Callable[[Finding], str | None] = _nothing
    page: Callable[[str], Mapping[str, Any] | None] = _nothing
    other: Callable[[str], Source | None] = _nothing
    version: str = ""
    width: int = 80
    colour: bool = False
    rules: tuple[tuple[str, str], ...] = field(default=())
    """Code and name of each rule that ran."""

    def findings(self) -> Iterator[tuple[Checked, Finding]]:
        """Yield each finding with its document."""
        for checked in self.checked:
            for finding in checked.findings:
                yield checked, finding

    def source_of(self, checked: Checked, filename: str | None) -> Source:
        """Return the text a place of a finding lies in: its document's, or that of the file it names."""
        if filename is None or filename == checked.name:
            return checked.source
        named = next((each.source for each in self.checked if each.name == filename), None)
        return named or self.other(filename) or Source(filename, "")


@dataclass(frozen=True, slots=True)
class Place:
    """A span as rows and columns counted from 1, columns in characters, the end exclusive."""

    row: int
    column: int
    end_row: int
    end_column: int


def place(source: Source, span: Span) -> Place:
    """Return where a span lies."""
    start, end = source.position(span.start), source.position(span.end)
    return Place(start.row + 1, start.column + 1, end.row + 1, end.column + 1)


def fingerprints(report: Report) -> Iterator[tuple[Checked, Finding, str]]:
    """Yield each finding with a digest that stays when lines move: of its rule, file and words, and its number."""
    from hashlib import sha256  # noqa: PLC0415 # few formats have digests

    seen: dict[str, int] = {}
    for checked, finding in report.findings():
        told = "\0".join((finding.code, checked.name, *finding.words, *finding.failures, *finding.approaches))
        number = seen[told] = seen.get(told, 0) + 1
        yield checked, finding, sha256(f"{told}\0{number}".encode("utf-8", "replace")).hexdigest()[:32]
