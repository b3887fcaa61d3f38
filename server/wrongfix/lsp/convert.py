"""Spans, findings and fixes as the protocol has them; nowhere else is one turned into the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lsprotocol import types

from wrongfix.findings import Finding, Severity
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document
from wrongfix.lsp.ruler import Ruler
from wrongfix.text import Edit, Source, Span

NAME = "wrongfix"
"""What findings carry as their source."""
SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
TAGS = {"unnecessary": types.DiagnosticTag.Unnecessary, "deprecated": types.DiagnosticTag.Deprecated}


def position(source: Source, offset: int, ruler: Ruler) -> types.Position:
    """Return the protocol's position of an offset."""
    place = ruler.place(source, offset)
    return types.Position(place.row, place.column)


def range_of(source: Source, span: Span, ruler: Ruler) -> types.Range:
    """Return the protocol's range of a span."""
    return types.Range(position(source, span.start, ruler), position(source, span.end, ruler))


def offset_of(source: Source, place: types.Position, ruler: Ruler) -> int:
    """Return the offset of the protocol's position."""
    return ruler.offset(source, place.line, place.character)


def span_of(source: Source, range_: types.Range, ruler: Ruler) -> Span:
    """Return the span of the protocol's range."""
    start, end = range_.start, range_.end
    return ruler.span(source, (start.line, start.character), (end.line, end.character))


def location(source: Source, uri: str, span: Span, ruler: Ruler) -> types.Location:
    """Return the protocol's location of a span in a document."""
    return types.Location(uri, range_of(source, span, ruler))


def diagnostic(finding: Finding, source: Source, uri: str, client: Client, url: str | None) -> types.Diagnostic:
    """Return a finding as a diagnostic, with what the client can take."""
    ruler = client.ruler
    related = (
        [
            types.DiagnosticRelatedInformation(location(source, uri, each.span, ruler), each.message)
            for each in finding.related
            if each.filename is None
        ]
        if client.related
        else None
    )
    return types.Diagnostic(
        range=range_of(source, finding.span, ruler),
        message=finding.message,
        severity=SEVERITIES[finding.severity],
        code=finding.code,
        code_description=types.CodeDescription(url) if url and client.code_links else None,
        source=NAME,
        tags=[TAGS[tag] for tag in finding.tags if tag in TAGS] or None if client.tags else None,
        related_information=related or None,
        data={"name": finding.name, "confidence": finding.confidence.value} if client.data else None,
    )


def text_edits(edits: Iterable[Edit], source: Source, ruler: Ruler) -> list[types.TextEdit]:
    """Return edits as the protocol has them."""
    return [types.TextEdit(range_of(source, edit.span, ruler), edit.content) for edit in edits]


def document_edit(document: Document, edits: Sequence[Edit], client: Client) -> types.WorkspaceEdit:
    """Return the edit of one open document, versioned where the client takes versions."""
    changes = text_edits(edits, document.source, client.ruler)
    if client.document_changes:
        identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, changes)])
    return types.WorkspaceEdit(changes={document.uri: changes})


def file_edit(path: str, source: Source, edits: Sequence[Edit], client: Client) -> types.WorkspaceEdit:
    """Return the edit of a file that is not open."""
    changes = text_edits(edits, source, client.ruler)
    if client.document_changes:
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri_of(path), None)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, changes)])
    return types.WorkspaceEdit(changes={uri_of(path): changes})


def new_file(path: str, text: str) -> types.WorkspaceEdit:
    """Return the edit that makes a file with a text; the client must take document changes."""
    start = types.Position(0, 0)
    identifier = types.OptionalVersionedTextDocumentIdentifier(uri_of(path), None)
    return types.WorkspaceEdit(
        document_changes=[
            types.CreateFile(uri_of(path), options=types.CreateFileOptions(ignore_if_exists=True)),
            types.TextDocumentEdit(identifier, [types.TextEdit(types.Range(start, start), text)]),
        ]
    )
