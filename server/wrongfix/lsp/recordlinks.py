"""Completion of links to other records: a path in a link, a whole link after a bracket, a file under a YAML key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from lsprotocol import types

from wrongfix.lsp.cursor import Cursor
from wrongfix.lsp.index import Entry
from wrongfix.lsp.view import View
from wrongfix.text import Span

_MOST = 200


def of_target(view: View, cursor: Cursor) -> list[types.CompletionItem]:
    """Return paths for the target of a link that is being typed."""
    return [
        _item(view, entry, path, through_filter(path, cursor.word), cursor.typed)
        for entry, path in _others(view, cursor.word)
    ]


def of_bracket(view: View, cursor: Cursor) -> list[types.CompletionItem]:
    """Return whole links for a bracket that was just opened."""
    after = Span(cursor.typed.start, cursor.typed.end + view.source.text.startswith("]", cursor.typed.end))
    return [
        _item(view, entry, f"[{entry.name}]({path})", through_filter(f"[{entry.name}", f"[{cursor.word}"), after)
        for entry, path in _others(view, cursor.word)
    ]


def of_value(view: View, cursor: Cursor) -> list[types.CompletionItem]:
    """Return file names for a value that names records."""
    return of_target(view, cursor)


def through_filter(name: str, typed: str) -> str:
    """Return the text by which a client that compares beginnings shows an offer: it begins as what was typed."""
    return name if name.casefold().startswith(typed.casefold()) else f"{typed} {name}"


def _others(view: View, word: str) -> Iterator[tuple[Entry, str]]:
    """Yield the records of other files whose path, number or title holds the typed word, with their paths from here."""
    here = view.document.path
    if here is None:
        return
    left = _MOST
    for entry in view.index:
        path = quote(os.path.relpath(entry.path, Path(here).parent).replace(os.sep, "/"))
        told = f"{path} {entry.name}".casefold()
        if entry.path != here and word.casefold().removeprefix("./") in told:
            yield entry, path
            left -= 1
        if not left:
            return


def _item(view: View, entry: Entry, text: str, filter_text: str, place: Span) -> types.CompletionItem:
    return types.CompletionItem(
        label=entry.name,
        kind=types.CompletionItemKind.Reference,
        detail=" · ".join(each for each in (Path(entry.path).name, entry.status) if each),
        filter_text=filter_text,
        text_edit=types.TextEdit(view.range(place), text),
    )
