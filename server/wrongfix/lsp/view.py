"""What a feature gets to answer from: one version of a document, what is known about it, and whom it is told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event

from lsprotocol import types

from wrongfix.evidence.model import Evidence
from wrongfix.fit import Matrix
from wrongfix.lsp import convert
from wrongfix.lsp.checking import Checked
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.index import Index
from wrongfix.lsp.options import Options
from wrongfix.lsp.ruler import Ruler
from wrongfix.record.model import Record
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source, Span
from wrongfix.vocabulary import Vocabulary


@dataclass(frozen=True)
class View:
    """A document as a request sees it.

    `checked` is of `document` itself, or of the last good version before it where a feature does not wait.
    """

    document: Document
    checked: Checked
    client: Client
    options: Options
    index: Index
    folder: str | None = None
    """The workspace folder the document lies in."""
    documents: Documents | None = None
    """What else is open: its text wins over what is on disk."""
    configured: str | None = None
    """The configuration file the user chose in the editor."""
    left: Event = field(default_factory=Event)
    """Set when nobody waits for the answer any more."""

    @property
    def source(self) -> Source:
        """Return the text."""
        return self.document.source

    @property
    def ruler(self) -> Ruler:
        """Return how the client counts columns."""
        return self.client.ruler

    @property
    def rulebook(self) -> Rulebook:
        """Return the rules in force."""
        return self.checked.project.rulebook

    @property
    def settings(self) -> Settings:
        """Return the settings in force."""
        return self.checked.settings

    @property
    def vocabulary(self) -> Vocabulary:
        """Return the words in force."""
        return self.rulebook.vocabulary

    @property
    def matrix(self) -> Matrix:
        """Return the fit matrix."""
        return self.rulebook.fit

    @property
    def expects_record(self) -> bool:
        """Say whether the document is a record or is about to become one, by the folder it lies in."""
        if self.checked.ours or self.document.path is None:
            return self.checked.ours
        folder = Path(self.document.path).parent
        known = set(self.vocabulary.data("places")["folders"])
        return any(part.casefold() in known for part in folder.parts) or self.index.keeps_records(str(folder))

    def newest(self, path: str) -> Document | None:
        """Return the open document of a file: this one as it is seen here, another one as it stands."""
        if path == self.document.path:
            return self.document
        return self.documents.at(path) if self.documents else None

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """Return the records of the document."""
        return self.checked.examination.records

    def evidence_at(self, offset: int) -> Evidence | None:
        """Return the evidence of the record an offset lies in."""
        return next((each for each in self.evidence() if _holds(each.record.span, offset)), None)

    def evidence(self) -> Iterator[Evidence]:
        """Yield the evidence of each record."""
        return iter(self.checked.examination.evidence)

    def offset(self, place: types.Position) -> int:
        """Return the offset of a position the client names."""
        return convert.offset_of(self.source, place, self.ruler)

    def range(self, span: Span) -> types.Range:
        """Return a span as the client counts."""
        return convert.range_of(self.source, span, self.ruler)


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
