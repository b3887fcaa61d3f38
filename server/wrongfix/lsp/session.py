"""One conversation with one editor: what is open, what is set, what was found; it answers through the features."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from wrongfix import __version__, configuration, files
from wrongfix.lsp import diagnostics, options, watching
from wrongfix.lsp.addresses import uri_of
from wrongfix.lsp.checking import Checked, Checks
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.index import Index
from wrongfix.lsp.log import Log
from wrongfix.lsp.options import SECTION, Options
from wrongfix.lsp.projects import Projects
from wrongfix.lsp.view import View
from wrongfix.text import Source


class Session:
    """Everything that lasts from `initialize` to `exit`."""

    def __init__(self, server: LanguageServer, client: Client, set_: Options, folders: Iterable[str]) -> None:
        self.server = server
        self.client = client
        self.options = set_
        self.folders = list(folders)
        self.documents = Documents()
        self.log = Log(server, lambda: self.options.log_level)
        self.projects = Projects(self._text_of)
        self.checks = Checks(self.documents, self.projects, settled=self._settled, failed=self._failed)
        self.index = Index()
        self._faulty: set[str] = set()
        self.checks.warm_up()

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a document and check it."""
        document = self.documents.open(item)
        self._changed(document, saved=True)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Make a client's edits and check the document."""
        identifier = params.text_document
        document = self.documents.change(identifier.uri, identifier.version, params.content_changes, self.client.ruler)
        if document is not None:
            self._changed(document, saved=False)

    def saved(self, uri: str) -> None:
        """Check a document that is checked only when it is saved."""
        document = self.documents.get(uri)
        if document is not None and self.options.run == "onSave":
            self._changed(document, saved=True)

    def closed(self, uri: str) -> None:
        """Let a document go and take its findings off the screen."""
        document = self.documents.close(uri)
        self.checks.forget(uri)
        if document is None:
            return
        if _is_configuration(document):
            self.reconfigure()
        elif not self.client.pulls:
            self._publish(uri, None, [])

    async def view(self, uri: str, *, waits: bool = True) -> View | None:
        """Return what a feature answers from; nothing for a document that is not open or is none of ours."""
        checked = self.checks.results.get(uri)
        if waits or checked is None:
            checked = await self.checks.result(uri)
        document = self.documents.get(uri)
        if document is None or checked is None or not self.is_ours(checked):
            return None
        return View(checked.document if waits else document, checked, self.client, self.options, self.index)

    async def pulled(self, uri: str, previous: str | None) -> types.DocumentDiagnosticReport:
        """Return the diagnostics of a document to a client that asks for them."""
        checked = await self.checks.result(uri) if self.options.diagnostics else None
        if checked is not None and not self.is_ours(checked):
            checked = None
        return diagnostics.report(checked, self.client, previous)

    def is_ours(self, checked: Checked) -> bool:
        """Say whether a document is a record, by its place or by its shape."""
        return checked.document.language in ("markdown", "yaml") and bool(checked.examination.records)

    def reconfigure(self) -> None:
        """Read configuration and rules anew, and check everything again."""
        self.projects.chosen = self._chosen()
        self.projects.forget()
        for document in self.documents:
            if not _is_configuration(document):
                self.checks.begin(document.uri)
        if not list(self.documents):
            self._show_faults()
        self.refresh()

    def refresh(self) -> None:
        """Ask the client to ask again, where it can be asked to."""
        if self.client.pulls and self.client.refreshes_diagnostics:
            self._ask(types.WORKSPACE_DIAGNOSTIC_REFRESH)
        if self.client.refreshes_hints:
            self._ask(types.WORKSPACE_INLAY_HINT_REFRESH)
        if self.client.refreshes_lenses:
            self._ask(types.WORKSPACE_CODE_LENS_REFRESH)

    async def greet(self) -> None:
        """Ask for what a client is asked for once it is ready: its settings, and news of files."""
        self.log.say("info", f"wrongfix {__version__}, Python {platform.python_version()}, {sys.executable}")
        await self.ask_options()
        await watching.register(self.server, self.client)

    async def ask_options(self, sent: object = None) -> None:
        """Take the editor's settings: what the client answers, else what it sent; null changes nothing."""
        said = sent
        if self.client.configuration:
            items = [types.ConfigurationItem(section=SECTION)]
            with suppress(JsonRpcException):
                answer = await self.server.workspace_configuration_async(types.ConfigurationParams(items))
                said = answer[0] if answer else sent
        before, self.options = self.options, options.read(said, self.options)
        if self.options != before:
            self.reconfigure()

    def files_changed(self, paths: Iterable[str]) -> None:
        """Take note of files that changed on disk; those that are open are known from the editor."""
        told = [path for path in paths if self.documents.at(path) is None]
        if any(watching.configures(path, self.projects) for path in told):
            self.reconfigure()

    def stop(self) -> None:
        """End the work in the background."""
        self.checks.stop()

    def _ask(self, method: str) -> None:
        self.server.protocol.send_request(method, None)

    def _changed(self, document: Document, *, saved: bool) -> None:
        if _is_configuration(document):
            self.reconfigure()
        elif saved or self.options.run == "onType":
            self.checks.begin(document.uri)

    def _settled(self, checked: Checked) -> None:
        document = checked.document
        if not self.client.pulls:
            items = (
                diagnostics.of_document(checked, self.client)
                if self.options.diagnostics and self.is_ours(checked)
                else []
            )
            self._publish(document.uri, document.version, items)
        self._show_faults()

    def _publish(self, uri: str, version: int | None, items: list[types.Diagnostic]) -> None:
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, items, version))

    def _show_faults(self) -> None:
        """Put what is wrong with configuration and rule files into those files, and take it off when it is right."""
        faults = dict(self.projects.faults)
        for path in self._faulty - faults.keys():
            self._publish(self._uri_of(path), None, [])
        for path, fault in faults.items():
            source = Source(path, self._text_of(path) or files.read(path, path).source.text)
            self._publish(self._uri_of(path), None, [diagnostics.of_fault(fault, source, self.client)])
        self._faulty = set(faults)

    def _failed(self, error: Exception, document: Document) -> None:
        self.log.failure(error, "checking a document", document)

    def _uri_of(self, path: str) -> str:
        document = self.documents.at(path)
        return document.uri if document else uri_of(path)

    def _text_of(self, path: str) -> str | None:
        document = self.documents.at(path)
        return document.source.text if document else None

    def _chosen(self) -> str | None:
        if not self.options.configuration:
            return None
        return str(Path(self.folders[0] if self.folders else ".").absolute() / self.options.configuration)


def _is_configuration(document: Document) -> bool:
    return document.path is not None and Path(document.path).name in configuration.FILE_NAMES
