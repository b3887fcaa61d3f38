"""What an answer may rest on: the newest version of a document where it waits, the last good one where it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wrongfix.lsp.checking import Checked, Checks
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.log import Log
from wrongfix.lsp.options import Options
from wrongfix.lsp.projects import Projects
from wrongfix.lsp.view import View
from wrongfix.lsp.workspace import Workspace


class Views:
    """Views of the open documents and of the workspace, each as new as who asks needs it."""

    def __init__(  # noqa: PLR0913 # all that a view shows
        self,
        documents: Documents,
        projects: Projects,
        checks: Checks,
        workspace: Workspace,
        log: Log,
        *,
        client: Client,
        options: Callable[[], Options],
    ) -> None:
        self._client = client
        self._options = options
        self._documents = documents
        self._projects = projects
        self._checks = checks
        self._workspace = workspace
        self._log = log

    async def of(self, uri: str, *, waits: bool = True) -> View | None:
        """Return what a feature answers from; nothing for a document that is not open or is none of ours."""
        checked = self._checks.results.get(uri)
        if waits or checked is None:
            checked = await self._checks.result(uri)
        document = self._documents.get(uri)
        if waits and checked is not None and document not in (None, checked.document) and self._checks.rests(uri):
            checked = await self._checked_now(document)
        if document is None or checked is None or document.language not in ("markdown", "yaml"):
            return None
        if waits and not checked.ours:
            return None
        return View(
            checked.document if waits else document,
            checked,
            self._client,
            self._options(),
            self._workspace.index,
            self._workspace.folder_of(document),
            self._documents,
            self._projects.chosen(str(Path(document.path).parent)) if document.path else None,
        )

    async def indexed(self) -> None:
        """Wait until the workspace has been read and each open document is known as it stands, checked or not."""
        await self._workspace.ready()
        for document in self._documents:
            checked = self._checks.results.get(document.uri)
            if checked is None or checked.document is not document:
                checked = await self._checks.result(document.uri)
            if (
                checked is not None
                and checked.document is not document
                and self._documents.get(document.uri) is document
            ):
                newest = await self._checked_now(document)
                if newest is not None:
                    self._workspace.take(newest)

    async def _checked_now(self, document: Document) -> Checked | None:
        """Check a version that is checked later, or could not be, for an answer that must fit the text."""
        with self._log.contained("checking a document", document):
            return await self._checks.aside(lambda: self._checks.check(document))
        return None
