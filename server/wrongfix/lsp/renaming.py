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
from wrongfix.lsp.retitling import in_brackets, is_yaml, titles
from wrongfix.lsp.view import View
from wrongfix.record.model import Link
from wrongfix.record.scalars import is_plain
from wrongfix.text import Edit, Source, Span

_DEFINITION = re.compile(r"^[ ]{0,3}\[[^\[\]\n]{1,300}\]:[ \t]*<?(?P<address>[^\s<>]+)", re.MULTILINE)
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
    own_edits = list(titles(entry, title))
    if not own_edits:
        return None
    name = _file_name(entry, title) if view.client.renames_files and view.client.document_changes else None
    edits: dict[str, list[Edit]] = {uri(view, entry): own_edits}
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
        was = next((each for each in (old, in_brackets(old)) if each and each in words), "")
        at = span.start + words.find(was)
        quoted = bool(was) and (is_plain(title) or not is_yaml(holder, span))
        changes = [Edit(Span(at, at + len(was)), in_brackets(title))] if quoted else []
        file = Path(entry.path).name
        if name:
            changes += [
                Edit(Span(target.start + at, target.start + at + len(file)), quote(name))
                for target in _addresses(holder.source, link)
                if (at := holder.source.slice(target).rfind(file)) >= 0
            ]
        if changes:
            yield holder, changes


def _addresses(source: Source, link: Link) -> Iterator[Span]:
    """Yield where the address of a link is written: in the link, or in the definitions it refers to."""
    yield link.target.span
    if source.slice(link.target.span) != link.target.value:
        for found in _DEFINITION.finditer(source.text):
            if found["address"] == link.target.value:
                yield Span(*found.span("address"))


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
                address, open_.version if (open_ := view.newest(sources[address].name)) else None
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
    name = f"{number}{_slug(title)}{path.suffix}"
    return None if path.with_name(name).exists() else name


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.casefold().replace("_", "-")).strip("-")
