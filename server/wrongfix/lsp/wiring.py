"""Which message goes where: documents and files to the session, requests to the features.

Only what `initialize` needs is imported before it is answered.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from lsprotocol import types
from pygls.io_ import StdoutWriter
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from wrongfix import __version__
from wrongfix.lsp import client as clients
from wrongfix.lsp import features, reading
from wrongfix.lsp import options as settings
from wrongfix.lsp.addresses import path_of
from wrongfix.lsp.names import BEGIN_FILE, DEBUG_INFORMATION, OPEN_RULE_PAGE
from wrongfix.lsp.protocol import Protocol

if TYPE_CHECKING:
    from io import BufferedIOBase

    from cattrs import Converter

    from wrongfix.lsp.session import Session


class Server(LanguageServer):
    """A language server whose session begins when the client has been answered."""

    protocol: Protocol

    def __init__(self, converter_factory: Callable[[], Converter] = default_converter) -> None:
        super().__init__(
            "wrongfix", __version__, protocol_cls=Protocol, converter_factory=converter_factory, max_workers=2
        )
        self._params: types.InitializeParams | None = None
        self._session: Session | None = None
        _register(self)

    def begin(self, params: types.InitializeParams) -> None:
        """Take note of the client and offer what it can use and has not switched off."""
        self._params = params
        if params.trace is not None:
            self.protocol.trace = types.TraceValue(params.trace)
        features.register(self, self.session, clients.read(params), settings.read(params.initialization_options))

    def session(self) -> Session:
        """Return the conversation, which begins when it is first needed."""
        if self._session is None:
            from wrongfix.lsp.session import Session  # noqa: PLC0415 # the engine is loaded after `initialize`

            params = self._params
            assert params is not None, "no message comes before initialize"  # noqa: S101 # pygls refuses it
            client = clients.read(params)
            self._session = Session(
                self,
                client,
                settings.read(params.initialization_options),
                _folders(params),
                lambda options: features.register_later(self, self.session, client, options),
            )
        return self._session

    def stop(self) -> None:
        """End the conversation."""
        if self._session is not None:
            self._session.stop()

    def start_io(self, stdin: BinaryIO | None = None, stdout: BinaryIO | None = None) -> None:
        """Serve one client on two streams until it is gone."""
        self.protocol.set_writer(StdoutWriter(stdout or sys.stdout.buffer))
        with suppress(KeyboardInterrupt, SystemExit):
            asyncio.run(self.serve(reading.Pipe(cast("BufferedIOBase", stdin or sys.stdin.buffer), self.thread_pool)))
        self.shutdown()  # type: ignore[no-untyped-call] # pygls says nothing of it

    def start_tcp(self, host: str, port: int) -> None:
        """Serve one client on an address."""
        with suppress(KeyboardInterrupt, SystemExit):
            asyncio.run(self._listen(host, port))
        self.shutdown()  # type: ignore[no-untyped-call] # as above

    async def serve(self, reader: reading.Reader) -> None:
        """Hear a client out."""
        protocol = self.protocol
        await reading.run(reader, protocol.take, protocol.refuse, lambda: protocol.is_left)

    async def _listen(self, host: str, port: int) -> None:
        done = asyncio.Event()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self.protocol.set_writer(writer)
            try:
                await self.serve(reading.Socket(reader))
            finally:
                done.set()

        async with await asyncio.start_server(connected, host, port):
            await done.wait()

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ANN401 # as pygls has it
        """Log what pygls could not do with a message; it is no news for the user."""
        logging.getLogger("wrongfix").warning("%s: %s", getattr(source, "__name__", source), error)


def _register(server: Server) -> None:
    _register_life(server)
    _register_documents(server)
    _register_workspace(server)


def _register_life(server: Server) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        await server.session().greet()

    @server.feature(types.SHUTDOWN)
    def shutdown(_: None) -> None:
        server.stop()

    @server.command(DEBUG_INFORMATION)
    def debug_information() -> dict[str, Any]:
        return server.session().debug_information()


def _register_documents(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.session().opened(params.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.session().changed(params)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.session().saved(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.session().closed(params.text_document.uri)


def _register_workspace(server: Server) -> None:
    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: types.DidChangeConfigurationParams) -> None:
        await server.session().asking.settings(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        await server.session().files_changed([path for each in params.changes if (path := path_of(each.uri))])

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        await server.session().folders_changed(params.event)

    @server.command(OPEN_RULE_PAGE)
    async def open_rule_page(address: str) -> bool:
        return await server.session().show(address)

    @server.command(BEGIN_FILE)
    async def begin_file(address: str, text: str) -> bool:
        return await server.session().begin_file(address, text)


def _folders(params: types.InitializeParams) -> list[str]:
    named = [folder.uri for folder in params.workspace_folders or ()] or [params.root_uri or ""]
    found = [path for path in map(path_of, named) if path]
    return found or [each for each in (params.root_path,) if each]
