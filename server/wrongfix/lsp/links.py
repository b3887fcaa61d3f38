"""Document links: references to other records, by path or number, and the rules that directives name."""

from __future__ import annotations

from lsprotocol import types

from wrongfix import directives, explain
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.navigation import links_of
from wrongfix.lsp.view import View


def answer(view: View, _params: types.DocumentLinkParams) -> list[types.DocumentLink]:
    """Return the links of a document that lead somewhere we know."""
    found = []
    if view.document.path is not None:
        for link in links_of(view):
            entry = view.index.target(view.document.path, link)
            if entry is not None:
                span = view.range(link.target.span)
                found.append(types.DocumentLink(span, target=uri_of(entry.path), tooltip=entry.name))
    rules = view.rulebook.by_name
    for directive in directives.read(view.source, view.records):
        for name in directive.names:
            if name.value in rules:
                target = explain.url(rules[name.value], view.settings)
                found.append(types.DocumentLink(view.range(name.span), target=target, tooltip=rules[name.value].name))
    return found
