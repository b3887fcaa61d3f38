"""Following the links between records: to the record a link points at, and to all links that point at one."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from wrongfix.lsp import convert
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.index import Entry
from wrongfix.lsp.view import View
from wrongfix.record.model import Link
from wrongfix.text import Source, Span


def definition(view: View, params: types.DefinitionParams) -> types.Location | None:
    """Return the title of the record that the link under the cursor points at."""
    found = linked(view, view.offset(params.position))
    return None if found is None else title_of(view, found[1])


def references(view: View, params: types.ReferenceParams) -> list[types.Location]:
    """Return the links to the record under the cursor: the one a link points at, else the one the cursor is in."""
    offset = view.offset(params.position)
    found = linked(view, offset)
    entry = found[1] if found else own(view, offset)
    if entry is None:
        return []
    places = [title_of(view, entry)] if params.context.include_declaration else []
    for holder, link in view.index.pointing_at(entry):
        places.append(convert.location(holder.source, uri(view, holder), link.target.span, view.ruler))
    return places


def linked(view: View, offset: int) -> tuple[Link, Entry] | None:
    """Return the link at an offset and the record it points at."""
    if view.document.path is None:
        return None
    for link in links_of(view):
        span = whole(view.source, link)
        if span.start <= offset <= span.end and (entry := view.index.target(view.document.path, link)):
            return link, entry
    return None


def own(view: View, offset: int) -> Entry | None:
    """Return the record of this document that an offset lies in."""
    return view.index.at(view.document.path, offset) if view.document.path else None


def links_of(view: View) -> Iterator[Link]:
    """Yield the links of the document."""
    return (link for record in view.records for link in record.links)


def whole(source: Source, link: Link) -> Span:
    """Return a link with its words in brackets, where it is written so: `[words](target)`."""
    span = link.target.span
    text = source.text
    line = source.line(source.position(span.start).row)
    before = text[line.start : span.start].rstrip("<")
    if before.endswith("](") and text[span.end : span.end + 2].rstrip(">").endswith((")", "")):
        at = before.rfind("[")
        if at >= 0:
            end = text.find(")", span.end, line.end)
            return Span(line.start + at, end + 1 if end >= 0 else span.end)
    return span


def title_of(view: View, entry: Entry) -> types.Location:
    """Return where a record's title stands; its beginning where it has none."""
    span = entry.title.span if entry.title else Span(entry.place, entry.place)
    return convert.location(entry.source, uri(view, entry), span, view.ruler)


def uri(view: View, entry: Entry) -> str:
    """Return the address of a record's file, spelt as the client does for the document at hand."""
    return view.document.uri if entry.path == view.document.path else uri_of(entry.path)
