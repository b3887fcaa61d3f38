"""Completion: keys, tags, approaches by fit, statuses, links between records, directives and codes.

It filters by what stands left of the cursor, and its labels are the ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from wrongfix.lsp import terms
from wrongfix.lsp.cursor import Cursor, Place, find
from wrongfix.lsp.offer import Offer, key_of
from wrongfix.lsp.offers import labels_of, offers
from wrongfix.lsp.recordlinks import of_bracket, of_target, of_value, through_filter
from wrongfix.lsp.templates import whole_records
from wrongfix.lsp.view import View
from wrongfix.vocabulary import folded


def answer(view: View, params: types.CompletionParams) -> types.CompletionList:
    """Return what fits at the cursor, best first."""
    offset = view.offset(params.position)
    cursor = find(view.source, offset, view.document.language)
    items = [] if cursor is None else [*_items(view, cursor, offers(view, cursor)), *_links(view, cursor)]
    items += whole_records(view, offset)
    return types.CompletionList(is_incomplete=True, items=items)


def _items(view: View, cursor: Cursor, offered: Iterable[Offer]) -> Iterator[types.CompletionItem]:
    """Yield the offers that the typed word begins, in their order of rank."""
    fitting = [(offer, name) for offer in offered if (name := _begun(offer.names, cursor.word))]
    begun = folded(cursor.word)
    fitting.sort(
        key=lambda each: (each[0].rank, each[1] != each[0].label, not folded(each[1]).startswith(begun)),
    )
    place = view.range(cursor.typed)
    for number, (offer, name) in enumerate(fitting):
        yield types.CompletionItem(
            label=offer.label,
            kind=offer.kind,
            detail=offer.detail or None,
            documentation=_about(view, offer),
            filter_text=passing if (passing := through_filter(name, cursor.word)) != offer.label else None,
            sort_text=f"{number:04}",
            preselect=number == 0 or None,
            insert_text_format=types.InsertTextFormat.Snippet if offer.snippet else None,
            text_edit=types.TextEdit(place, offer.text if offer.text is not None else offer.label),
        )


def _links(view: View, cursor: Cursor) -> Sequence[types.CompletionItem]:
    if not view.expects_record:
        return ()
    if cursor.place is Place.TARGET:
        return of_target(view, cursor)
    if cursor.place is Place.LINK:
        return of_bracket(view, cursor)
    linking = {key_of(label) for kind in _LINKING for label in labels_of(view, kind)}
    if cursor.place is Place.VALUE and cursor.path and key_of(cursor.path[-1]) in linking:
        return of_value(view, cursor)
    return ()


_LINKING = ("supersedes", "superseded-by", "amends", "amended-by", "related")


def _begun(names: tuple[str, ...], word: str) -> str | None:
    """Return the name that a typed word begins, at its start or at one of its words; the label wins."""
    typed = folded(word)
    return next((name for name in names if f" {folded(name)}".find(f" {typed}") >= 0), None) if typed else names[0]


def _about(view: View, offer: Offer) -> types.MarkupContent | None:
    if offer.about is None:
        return None
    if view.client.markdown:
        return types.MarkupContent(types.MarkupKind.Markdown, offer.about())
    return types.MarkupContent(types.MarkupKind.PlainText, terms.plain(offer.about()))
