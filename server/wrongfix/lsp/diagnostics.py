"""Diagnostics, pushed or pulled: never both for one document, and always for a version that still stands."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from secrets import token_hex

from lsprotocol import types

from wrongfix import explain
from wrongfix.frozen import replace
from wrongfix.lsp import convert
from wrongfix.lsp.checking import Checked
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document
from wrongfix.lsp.projects import Fault
from wrongfix.text import Position, Source, Span, difference

_RUN = token_hex(4)


def of_document(checked: Checked, client: Client) -> list[types.Diagnostic]:
    """Return the diagnostics of a checked document."""
    if not checked.ours:
        return []
    rules = checked.project.rulebook.by_name
    source, uri = checked.document.source, checked.document.uri
    return [
        convert.diagnostic(finding, source, uri, client, explain.url(rules[finding.code], checked.settings))
        for finding in checked.examination.findings
    ]


def moved(checked: Checked, document: Document) -> Checked:
    """Return what was found in an earlier version of a document at its places in this one.

    What rests on words that were changed since is left out until the document is checked again.
    """
    if checked.document is document:
        return checked
    edit = difference(checked.document.source.text, document.source.text)
    by = len(edit.content) - (edit.span.end - edit.span.start)

    def place(span: Span) -> Span | None:
        """Return where a stretch stands now; nothing where it was changed."""
        if span.end <= edit.span.start:
            return span
        return Span(span.start + by, span.end + by) if span.start >= edit.span.end else None

    found = []
    for finding in checked.examination.findings:
        span = place(finding.span)
        related = [(each, each.span if each.filename else place(each.span)) for each in finding.related]
        if span is not None:
            kept = tuple(replace(each, span=at) for each, at in related if at is not None)
            found.append(replace(finding, span=span, related=kept))
    examination = replace(checked.examination, findings=tuple(found))
    return dataclasses.replace(checked, document=document, examination=examination)


def mark_of(checked: Checked) -> str:
    """Return what names a result and no other, of this server or an earlier one, so that nothing is told twice."""
    return f"{_RUN}.{checked.number}.{checked.document.version}"


def report(checked: Checked | None, client: Client, previous: str | None) -> types.DocumentDiagnosticReport:
    """Return the answer to a client that pulls one document."""
    if checked is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    mark = mark_of(checked)
    if mark == previous:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=mark)
    return types.RelatedFullDocumentDiagnosticReport(items=of_document(checked, client), result_id=mark)


def of_workspace(
    found: Iterable[Checked],
    client: Client,
    previous: Mapping[str, str],
    failed: Callable[[Exception, Checked], None],
) -> types.WorkspaceDiagnosticReport:
    """Return the answer to a client that pulls everything: what it knows already is told to be unchanged.

    So is what cannot be told; the others are.
    """
    items: list[types.WorkspaceDocumentDiagnosticReport] = []
    told = set()
    for checked in found:
        uri = checked.document.uri
        told.add(uri)
        try:
            items.append(_of_one(checked, client, previous.get(uri)))
        except Exception as error:  # noqa: BLE001 # one document that fails must not take the others with it
            failed(error, checked)
            if known := previous.get(uri):
                items.append(types.WorkspaceUnchangedDocumentDiagnosticReport(uri=uri, result_id=known))
    items += [types.WorkspaceFullDocumentDiagnosticReport(uri=uri, items=[]) for uri in previous if uri not in told]
    return types.WorkspaceDiagnosticReport(items)


def _of_one(checked: Checked, client: Client, previous: str | None) -> types.WorkspaceDocumentDiagnosticReport:
    document, mark = checked.document, mark_of(checked)
    version = document.version if document.open else None
    if previous == mark:
        return types.WorkspaceUnchangedDocumentDiagnosticReport(uri=document.uri, result_id=mark, version=version)
    items = of_document(checked, client)
    return types.WorkspaceFullDocumentDiagnosticReport(uri=document.uri, items=items, version=version, result_id=mark)


def of_fault(fault: Fault, source: Source, client: Client) -> types.Diagnostic:
    """Return what is wrong with a configuration or rule file as a diagnostic in that file."""
    start = source.offset(fault.place)
    end = source.offset(Position(fault.place.row, fault.place.column + fault.length)) if fault.length else None
    row = source.position(start).row
    line = source.line(row)
    return types.Diagnostic(
        range=convert.range_of(source, Span(start, end if end is not None else line.end), client.ruler),
        message=fault.message,
        severity=types.DiagnosticSeverity.Error,
        source=convert.NAME,
    )
