"""What is wrong with configuration, rule and baseline files, shown in those files as long as it is wrong.

A closed file is pushed its fault, because nobody pulls it; an open one is told like any document, and not both ways.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lsprotocol import types

from wrongfix import files
from wrongfix.lsp import diagnostics
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.projects import Fault, Projects

Publish = Callable[[str, int | None, list[types.Diagnostic]], None]


@dataclass(frozen=True, slots=True)
class _Shown:
    fault: Fault
    uri: str
    open: bool


class Faults:
    """The faults on the screen."""

    def __init__(self, documents: Documents, projects: Projects, client: Client, publish: Publish) -> None:
        self._documents = documents
        self._projects = projects
        self._client = client
        self._publish = publish
        self._shown: dict[str, _Shown] = {}

    def show(self) -> list[Document]:
        """Bring the screen up to date for closed files; return the open ones whose faults have come, changed or gone.

        What is shown already is not shown again.
        """
        before, now = self._shown, {path: self._of(path, fault) for path, fault in dict(self._projects.faults).items()}
        self._shown = now
        changed = [path for path in before.keys() | now.keys() if before.get(path) != now.get(path)]
        for path in changed:
            was, is_ = before.get(path), now.get(path)
            if was is not None and not was.open and (is_ is None or is_.open or is_.uri != was.uri):
                self._publish(was.uri, None, [])
            if is_ is not None and not is_.open:
                source = files.read(path, path).source
                self._publish(is_.uri, None, [diagnostics.of_fault(is_.fault, source, self._client)])
        return [document for path in changed if (document := self._documents.at(path)) is not None]

    def of(self, document: Document) -> list[types.Diagnostic]:
        """Return what is wrong with an open file."""
        fault = self._projects.faults.get(document.path or "")
        return [diagnostics.of_fault(fault, document.source, self._client)] if fault else []

    def _of(self, path: str, fault: Fault) -> _Shown:
        document = self._documents.at(path)
        return _Shown(fault, document.uri if document else uri_of(path), document is not None)
