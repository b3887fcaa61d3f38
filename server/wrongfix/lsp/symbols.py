"""Symbols: the sections of a document, and the records of the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lsprotocol import types

from wrongfix.lsp import convert
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.client import Client
from wrongfix.lsp.index import Index
from wrongfix.lsp.view import View
from wrongfix.record.model import Record, Section
from wrongfix.text import Span

_MOST = 500
"""How many records one answer names."""


def of_document(
    view: View, _params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """Return the sections of each record as a tree, or as a list for clients that know no trees."""
    roots = [root for record in view.records for root in _of_record(record)]
    if view.client.symbol_tree:
        return [_symbol(view, root) for root in roots]
    return [
        types.SymbolInformation(
            location=types.Location(view.document.uri, view.range(each.whole)),
            name=each.name,
            kind=types.SymbolKind.String,
        )
        for root in roots
        for each in _flat(root)
    ]


def of_workspace(index: Index, query: str, client: Client) -> list[types.WorkspaceSymbol]:
    """Return the records whose number, title or file holds the letters of the query in their order."""
    found = []
    for entry in index:
        if _fits(query.casefold(), f"{entry.name} {entry.path.rpartition('/')[2]}".casefold()):
            span = entry.title.span if entry.title else Span(entry.place, entry.place)
            place = convert.location(entry.source, uri_of(entry.path), span, client.ruler)
            found.append(
                types.WorkspaceSymbol(
                    location=place, name=entry.name, kind=types.SymbolKind.File, container_name=entry.status
                )
            )
        if len(found) == _MOST:
            break
    return found


@dataclass
class _Node:
    name: str
    detail: str
    whole: Span
    name_span: Span
    children: list[_Node] = field(default_factory=list)


def _of_record(record: Record) -> Iterator[_Node]:
    nodes = [_of_section(section, record.prose) for section in record.sections]
    tops = []
    for section, node in zip(record.sections, nodes, strict=True):
        if section.parent is None:
            tops.append(node)
        else:
            nodes[section.parent].children.append(node)
    status = record.status.value if record.status else ""
    title = record.title
    if title is not None and tops and len(tops) == 1 and tops[0].name_span.meets(title.span):
        tops[0].detail = status
        yield tops[0]
    elif title is not None and title.span.start < title.span.end:
        yield _Node(title.value, status, record.span, title.span, tops)
    else:
        yield from tops


def _of_section(section: Section, prose: str) -> _Node:
    end = max(section.heading.end, section.body.end)
    while end > section.heading.end and prose[end - 1 : end].isspace():
        end -= 1
    return _Node(section.title or "…", section.role or "", Span(section.heading.start, end), section.heading)


def _symbol(view: View, node: _Node) -> types.DocumentSymbol:
    whole = Span(min(node.whole.start, node.name_span.start), max(node.whole.end, node.name_span.end))
    return types.DocumentSymbol(
        name=node.name,
        detail=node.detail or None,
        kind=types.SymbolKind.String,
        range=view.range(whole),
        selection_range=view.range(node.name_span),
        children=[_symbol(view, each) for each in node.children] or None,
    )


def _flat(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        yield from _flat(child)


def _fits(query: str, name: str) -> bool:
    """Say whether the letters of a query occur in a name in their order, as editors match."""
    rest: Iterable[str] = iter(name)
    return all(letter in rest for letter in query if not letter.isspace())
