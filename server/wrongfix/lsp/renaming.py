"""Renaming a record: its title, the links that quote it, and its file where the name is made from the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from lsprotocol import types

from wrongfix.lsp import convert
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.index import Entry
from wrongfix.lsp.navigation import linked, own, uri, whole
from wrongfix.lsp.view import View
from wrongfix.text import Edit, Source, Span

_NUMBERED = re.compile(r"^(\d+(?:[-_. ]|$))?(.*)$", re.DOTALL)


def prepare(view: View, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    """Return what can be renamed under the cursor: the record's title, in its heading or through a link."""
    found = _at(view, view.offset(params.position))
    if found is None or found[1].title is None:
        return None
    return types.PrepareRenamePlaceholder(view.range(found[0]), found[1].title.value)


def rename(view: View, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Return the edits that give the record under the cursor a new title, everywhere it is named."""
    found = _at(view, view.offset(params.position))
    title = " ".join(params.new_name.split())
    if found is None or found[1].title is None or not title:
        return None
    entry = found[1]
    name = _file_name(entry, title) if view.client.renames_files and view.client.document_changes else None
    edits: dict[str, list[Edit]] = {uri(view, entry): [Edit(found[1].title.span, title)]}
    sources = {uri(view, entry): entry.source}
    for holder, changes in _quotations(view, entry, title, name):
        address = uri(view, holder)
        sources[address] = holder.source
        edits.setdefault(address, []).extend(changes)
    return _workspace_edit(view, edits, sources, entry.path, name)


def _at(view: View, offset: int) -> tuple[Span, Entry] | None:
    found = linked(view, offset)
    if found is not None:
        return whole(view.source, found[0]), found[1]
    entry = own(view, offset)
    if entry is None or entry.title is None or not entry.title.span.start <= offset <= entry.title.span.end:
        return None
    return entry.title.span, entry


def _quotations(view: View, entry: Entry, title: str, name: str | None) -> Iterator[tuple[Entry, list[Edit]]]:
    """Yield the edits in the records that point at the renamed one: in the words of a link and in its target."""
    old = entry.title.value if entry.title else ""
    for holder, link in view.index.pointing_at(entry):
        span = whole(holder.source, link)
        words = holder.source.slice(Span(span.start, link.target.span.start))
        at = words.find(old) if old else -1
        changes = [] if at < 0 else [Edit(Span(span.start + at, span.start + at + len(old)), title)]
        target, file = link.target, Path(entry.path).name
        written = holder.source.slice(target.span)
        if name and (at := written.rfind(file)) >= 0:
            changes.append(Edit(Span(target.span.start + at, target.span.start + at + len(file)), quote(name)))
        if changes:
            yield holder, changes


def _workspace_edit(
    view: View, edits: dict[str, list[Edit]], sources: Mapping[str, Source], path: str, name: str | None
) -> types.WorkspaceEdit:
    changes = {
        address: convert.text_edits(sorted(set(each)), sources[address], view.ruler) for address, each in edits.items()
    }
    if not view.client.document_changes:
        return types.WorkspaceEdit(changes=changes)
    done: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
        types.TextDocumentEdit(
            types.OptionalVersionedTextDocumentIdentifier(
                address, view.document.version if address == view.document.uri else None
            ),
            list(each),
        )
        for address, each in changes.items()
    ]
    if name is not None:
        here = view.document.uri if path == view.document.path else uri_of(path)
        done.append(types.RenameFile(here, uri_of(str(Path(path).with_name(name)))))
    return types.WorkspaceEdit(document_changes=done)


def _file_name(entry: Entry, title: str) -> str | None:
    """Return the new name of a file that is named after its record's title; nothing for any other."""
    path = Path(entry.path)
    found = _NUMBERED.match(path.stem)
    number, rest = (found[1] or "", found[2]) if found else ("", path.stem)
    if not entry.title or rest != _slug(entry.title.value) or not _slug(title):
        return None
    return f"{number}{_slug(title)}{path.suffix}"


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.casefold().replace("_", "-")).strip("-")
