"""What is wrong with configuration, rule and baseline files, shown in those files as long as it is wrong."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from wrongfix import files
from wrongfix.lsp import diagnostics
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Documents
from wrongfix.lsp.projects import Fault, Projects
from wrongfix.text import Source

Publish = Callable[[str, int | None, list[types.Diagnostic]], None]


class Faults:
    """The faults on the screen; they are pushed to every client, because nobody pulls these files."""

    def __init__(self, documents: Documents, projects: Projects, client: Client, publish: Publish) -> None:
        self._documents = documents
        self._projects = projects
        self._client = client
        self._publish = publish
        self._shown: dict[str, Fault] = {}

    def show(self) -> None:
        """Bring the screen up to date; what is shown already is not shown again."""
        faults = dict(self._projects.faults)
        for path in self._shown.keys() - faults.keys():
            self._publish(self._uri(path), None, [])
        for path, fault in faults.items():
            if self._shown.get(path) != fault:
                self._publish(self._uri(path), None, [diagnostics.of_fault(fault, self._source(path), self._client)])
        self._shown = faults

    def _uri(self, path: str) -> str:
        document = self._documents.at(path)
        return document.uri if document else uri_of(path)

    def _source(self, path: str) -> Source:
        document = self._documents.at(path)
        return document.source if document else files.read(path, path).source
