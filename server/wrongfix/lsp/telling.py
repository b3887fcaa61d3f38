"""What a client is told of a document: findings and faults together, pushed at it or asked for by it, never both."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from wrongfix.lsp import diagnostics
from wrongfix.lsp.checking import Checks
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.faults import Faults
from wrongfix.lsp.options import Options
from wrongfix.lsp.projects import Projects


class Telling:
    """The road from results to the screen."""

    def __init__(
        self,
        server: LanguageServer,
        client: Client,
        documents: Documents,
        projects: Projects,
        checks: Checks,
        options: Callable[[], Options],
    ) -> None:
        self._server = server
        self._client = client
        self._documents = documents
        self._checks = checks
        self._options = options
        self._faults = Faults(documents, projects, client, self._publish)

    def tell(self, document: Document) -> None:
        """Push what is found in a version of a document, where the client does not pull."""
        if not self._client.pulls:
            items = [*self._found_in(document), *self._faults.of(document)]
            self._publish(document.uri, document.version, items)

    def clear(self, uri: str) -> None:
        """Take what was pushed for a document off the screen."""
        if not self._client.pulls:
            self._publish(uri, None, [])

    async def pulled(self, uri: str, previous: str | None) -> types.DocumentDiagnosticReport:
        """Return the diagnostics of a document to a client that asks for them."""
        checked = await self._checks.result(uri) if self._options().diagnostics else None
        document = self._documents.get(uri)
        if checked is not None and document is not None:
            checked = diagnostics.moved(checked, document)
        if document is not None and (faults := self._faults.of(document)):
            return types.RelatedFullDocumentDiagnosticReport(items=[*self._found_in(document), *faults])
        return diagnostics.report(checked, self._client, previous)

    def show_faults(self) -> bool:
        """Bring the faults of configuration up to date; say whether the client must ask again to see them."""
        changed = self._faults.show()
        for document in changed:
            self.tell(document)
        return bool(changed) and self._client.pulls

    def _found_in(self, document: Document) -> list[types.Diagnostic]:
        checked = self._checks.results.get(document.uri)
        if checked is None or not self._options().diagnostics:
            return []
        return diagnostics.of_document(diagnostics.moved(checked, document), self._client)

    def _publish(self, uri: str, version: int | None, items: list[types.Diagnostic]) -> None:
        self._server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, version))
