"""One conversation with one editor: what is open, what is set, what was found; it answers through the features."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from wrongfix.lsp import beginning, debugging, diagnostics, options, watching
from wrongfix.lsp.addresses import path_of
from wrongfix.lsp.asking import Asking
from wrongfix.lsp.checking import Checked, Checks
from wrongfix.lsp.client import Client
from wrongfix.lsp.documents import Document, Documents
from wrongfix.lsp.log import Log
from wrongfix.lsp.looking import Look
from wrongfix.lsp.options import Options
from wrongfix.lsp.progress import Progress
from wrongfix.lsp.projects import Projects
from wrongfix.lsp.telling import Telling
from wrongfix.lsp.viewing import Views
from wrongfix.lsp.workspace import Workspace


class Session:
    """Everything that lasts from `initialize` to `exit`."""

    def __init__(
        self,
        server: LanguageServer,
        client: Client,
        set_: Options,
        folders: Iterable[str],
        offers: Callable[[Options], list[types.Registration]],
    ) -> None:
        self.server = server
        self.client = client
        self.options = self._first = set_
        self.documents = Documents()
        self.log = Log(server, lambda: self.options.log_level)
        self.projects = Projects(self._text_of)
        self.checks = Checks(self.documents, self.projects, settled=self._settled, failed=self._failed)
        self.workspace = Workspace(folders, self.documents, self.projects, self.checks, self._failed_in_workspace)
        self.telling = Telling(server, client, self.documents, self.projects, self.checks, lambda: self.options)
        self._tokens = count(1)
        self._offers = offers
        """Answers from now on what the options switch on, and returns what is to be offered of it."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._untold_marks: set[str] = set()
        self._greeted = False
        self.asking = Asking(server, client, self._take_options)
        self.watch = watching.Watch(server, client, lambda: self.workspace.folders)
        self.look = Look(
            self.documents,
            self.projects,
            self.checks,
            self.workspace,
            self.telling,
            self.log,
            refresh=self.asking.refresh,
            done=lambda: self._later(self.watch.also(list(self.projects.read_from))),
        )
        self.views = Views(
            self.documents,
            self.projects,
            self.checks,
            self.workspace,
            self.log,
            client=client,
            options=lambda: self.options,
        )
        self.projects.chosen = self._chosen
        self.checks.warm_up()

    def opened(self, item: types.TextDocumentItem) -> None:
        """Take in a document and check it."""
        document = self.documents.open(item)
        self._notice_configuration(document)
        self._changed(document, saved=True)

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Make a client's edits and check the document."""
        identifier = params.text_document
        document = self.documents.change(identifier.uri, identifier.version, params.content_changes, self.client.ruler)
        if document is not None:
            self._changed(document, saved=False)

    def saved(self, uri: str) -> None:
        """Check a document that is checked only when it is saved, and read anew what it configures."""
        document = self.documents.get(uri)
        if document is not None and watching.configures(document.path or "", self.projects):
            self.reconfigure()
        else:
            self._notice_configuration(document)
        if document is not None and self.options.run == "onSave":
            self._changed(document, saved=True)
            self._later(self._told_to_ask(uri))

    def closed(self, uri: str) -> None:
        """Let a document go and take its findings off the screen."""
        document = self.documents.close(uri)
        self.checks.forget(uri)
        if document is None:
            return
        self.telling.clear(uri)
        if self.look.is_configuration(document):
            self.reconfigure()
        else:
            self.look.show_faults()
        if document.path is not None:
            self._later(self.workspace.look_again([document.path]))

    def reconfigure(self) -> None:
        """Read configuration and rules anew, and check everything again."""
        self.projects.forget()
        for document in self.documents:
            if not self.look.is_configuration(document):
                self.checks.begin(document.uri)
        self.look.begin()
        self.asking.refresh()

    async def pulled(self, uri: str, previous: str | None) -> types.DocumentDiagnosticReport:
        """Return the diagnostics of a document to a client that asks for them."""
        await self.look.ready()
        return await self.telling.pulled(uri, previous)

    async def pulled_all(self, previous: Mapping[str, str]) -> types.WorkspaceDiagnosticReport:
        """Return the diagnostics of all records of the workspace; files that are none any more are told empty."""
        on = self.options.diagnostics and self.options.workspace_diagnostics
        found = await self.workspace.check_all() if on else []
        return diagnostics.of_workspace(found, self.client, previous, self._untold)

    async def greet(self) -> None:
        """Ask for what a client is asked for once it is ready: its settings, and news of files; once only."""
        if self._greeted:
            return
        self._greeted = True
        self.log.say("info", debugging.greeting())
        self.read_workspace()
        await self.asking.settings()
        await self.watch.begin()
        await self.watch.also(list(self.projects.read_from))

    def read_workspace(self) -> None:
        """Read the workspace folders in the background."""
        number = next(self._tokens)
        self.workspace.begin(
            lambda: Progress(
                self.server, f"wrongfix-{number}", "wrongfix: reading records", shown=self.client.progress
            ),
            self.look.begin,
        )

    async def folders_changed(self, event: types.WorkspaceFoldersChangeEvent) -> None:
        """Take folders in and let folders go."""
        gone = {path_of(each.uri) for each in event.removed}
        come = [path for each in event.added if (path := path_of(each.uri))]
        self.workspace.folders = [each for each in self.workspace.folders if each not in gone] + come
        self.reconfigure()
        self.read_workspace()

    async def files_changed(self, paths: Iterable[str]) -> None:
        """Take note of files that changed on disk; records that are open are known from the editor."""
        paths = list(paths)
        told = [path for path in paths if self.documents.at(path) is None]
        if any(watching.configures(path, self.projects) for path in paths):
            self.reconfigure()
            self.read_workspace()
        elif told:
            await self.workspace.look_again(told)
            self.asking.refresh()

    async def show(self, address: str) -> bool:
        """Show a rule page in the editor, or in a browser where it is published, or tell where it is; nothing else."""
        if not address.startswith(("file:", "https:", "http:")):
            return False
        if not self.client.shows_documents:
            self.server.window_show_message(types.ShowMessageParams(types.MessageType.Info, address))
            return True
        external = not address.startswith("file:")
        params = types.ShowDocumentParams(address, external=external, take_focus=True)
        return (await self.server.window_show_document_async(params)).success

    async def begin_file(self, address: str, text: str) -> bool:
        """Write a new configuration or baseline; what keeps it from being written is shown."""
        try:
            path = beginning.begin(address, text, self._served())
        except beginning.NotBegunError as error:
            self.server.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"wrongfix: {error}"))
            return False
        await self.files_changed([path])
        return True

    def debug_information(self) -> dict[str, Any]:
        """Return the state of this conversation, for a report of a fault."""
        return debugging.information(self.client, self.options, self.documents, self.projects, self.workspace)

    def stop(self) -> None:
        """End the work in the background."""
        self.asking.stop()
        self.checks.stop()

    def _notice_configuration(self, document: Document | None) -> None:
        """Look for changed configuration that no client told of: it may watch no files, or its folders alone."""
        with self.log.contained("looking for configuration", document):
            if self.projects.is_stale(document.path if document is not None else None):
                self.reconfigure()

    def _take_options(self, said: object) -> None:
        """Take settings over those the conversation began with; null changes nothing."""
        before, self.options = self.options, self.options if said is None else options.read(said, self._first)
        if self.options != before:
            self.reconfigure()
            self._later(self.asking.offer(self._offers(self.options)))
            if self.options.configuration != before.configuration:
                self.read_workspace()

    def _changed(self, document: Document, *, saved: bool) -> None:
        if self.look.is_configuration(document):
            self.reconfigure()
        elif saved or self.options.run == "onType":
            self.checks.begin(document.uri)

    def _settled(self, checked: Checked) -> None:
        document = checked.document
        found = len(checked.examination.findings)
        self.log.trace(
            f"{Path(document.source.name).name} version {document.version}: {found} findings in {checked.took:.1f} ms",
            document.uri,
        )
        self.workspace.take(checked)
        self.telling.tell(document)
        self.look.show_faults()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do some work after what is at hand."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # nobody else keeps it
        task.add_done_callback(self._tasks.discard)

    async def _told_to_ask(self, uri: str) -> None:
        """Have a client that pulls ask again once a saved document is checked: it asked too early."""
        await self.checks.result(uri)
        self.asking.refresh()

    def _failed(self, error: Exception, document: Document) -> None:
        self.log.failure(error, "checking a document", document)

    def _failed_in_workspace(self, error: Exception, document: Document | None) -> None:
        self.log.failure(error, "reading the workspace", document)

    def _untold(self, error: Exception, checked: Checked) -> None:
        """Log that findings could not be told, once: who pulls everything asks again and again."""
        mark = diagnostics.mark_of(checked)
        if mark not in self._untold_marks:
            self._untold_marks.add(mark)
            self.log.failure(error, "telling findings", checked.document)

    def _served(self) -> list[str]:
        """Return the workspace folders and the files that are open."""
        return [*self.workspace.folders, *(document.path for document in self.documents if document.path)]

    def _text_of(self, path: str) -> str | None:
        document = self.documents.at(path)
        return document.source.text if document else None

    def _chosen(self, folder: str) -> str | None:
        """Return the configuration file the user set, by its path from the workspace folder around a place."""
        if not self.options.configuration:
            return None
        folders = [*self.workspace.around(folder), *self.workspace.folders] or ["."]
        paths = [Path(each).absolute() / self.options.configuration for each in folders]
        return str(next((path for path in paths if path.is_file()), paths[0]))
