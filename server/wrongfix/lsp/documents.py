"""The documents an editor holds open, kept edit by edit; their text wins over what is on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from lsprotocol import types

from wrongfix.lsp.addresses import path_of
from wrongfix.lsp.changing import changed
from wrongfix.lsp.ruler import Ruler
from wrongfix.text import Source

LANGUAGES = {".md": "markdown", ".markdown": "markdown", ".yaml": "yaml", ".yml": "yaml", ".toml": "toml"}
"""What a file's ending says where a client names no language of ours."""
_NAMES = {"md": "markdown", "mkd": "markdown", "gfm": "markdown", "pandoc": "markdown", "yml": "yaml"}
"""What some editors call these languages."""


@dataclass(frozen=True)
class Document:
    """One version of an open document; `path` is nothing where the address leads to no file."""

    uri: str
    path: str | None
    language: str
    version: int
    source: Source
    open: bool = True
    """False for a file that was read from disk; its version is then the time of its last change."""


class Documents:
    """The open documents by address, as the client writes it."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        """Yield the open documents."""
        return iter(tuple(self._open.values()))

    def get(self, uri: str) -> Document | None:
        """Return the newest version of a document; nothing when it is not open."""
        return self._open.get(uri)

    def at(self, path: str) -> Document | None:
        """Return the open document of a file, however the client spells its address."""
        return next((document for document in self if document.path == path), None)

    def open(self, item: types.TextDocumentItem) -> Document:
        """Take a document in."""
        path = path_of(item.uri)
        name = path or item.uri
        document = Document(item.uri, path, _language(item.language_id, name), item.version, Source(name, item.text))
        self._open[item.uri] = document
        return document

    def change(
        self, uri: str, version: int, changes: Sequence[types.TextDocumentContentChangeEvent], ruler: Ruler
    ) -> Document | None:
        """Make the changes one after the other; nothing when the document is not open."""
        document = self._open.get(uri)
        if document is None:
            return None
        document = replace(document, version=version, source=changed(document.source, changes, ruler))
        self._open[uri] = document
        return document

    def close(self, uri: str) -> Document | None:
        """Let a document go; return what it was."""
        return self._open.pop(uri, None)


def _language(language: str, name: str) -> str:
    """Return the language of a document: the client's word, `yaml.ansible` and the like included, else its ending."""
    said = language.casefold().partition(".")[0]
    if said in LANGUAGES.values():
        return said
    return LANGUAGES.get(PurePath(name).suffix.lower()) or _NAMES.get(said, said)
