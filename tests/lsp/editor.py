"""The client's side of the tests: an editor that keeps text, sends edits in its own units and waits for answers."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from cattrs import Converter
from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient
from pytest_lsp.client import register_lsp_features

CLIENTS = sorted(path.stem for path in (Path(__file__).parent / "clients").glob("*.json"))
"""The clients whose capabilities were recorded."""
SERVER = [str(Path(sys.executable).with_name("wrongfix")), "server"]
PATIENCE = 20.0
"""Seconds to wait for an answer."""
_LINE_END = re.compile("\r\n|\n|\r")
_WIDTHS = {
    "utf-8": lambda sign: len(sign.encode()),
    "utf-16": lambda sign: len(sign.encode("utf-16-le")) // 2,
    "utf-32": lambda _: 1,
}


class Editor:
    """One client with its open documents."""

    def __init__(self, client: LanguageClient, offered: types.ServerCapabilities, root: Path | None) -> None:
        self.client = client
        self.offered = offered
        self.root = root
        self.encoding = str(getattr(offered.position_encoding, "value", offered.position_encoding) or "utf-16")
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.published: list[types.PublishDiagnosticsParams] = []
        self.traces: list[types.LogTraceParams] = []
        self.wishes: list[types.Registration] = []
        self.refreshed: list[str] = []
        """What the server asked this client to ask for again, by method."""
        self._news = asyncio.Event()

    @property
    def pulls(self) -> bool:
        """Say whether this client pulls and the server offered it."""
        return self.offered.diagnostic_provider is not None

    def take(self, params: types.PublishDiagnosticsParams) -> None:
        """Take in what the server pushes."""
        self.published.append(params)
        self._news.set()

    def uri(self, name: str) -> str:
        """Return the address of a file of the workspace."""
        return ((self.root or Path("/nowhere")) / name).as_uri()

    def open(self, name: str, text: str, language: str | None = None) -> str:
        """Open a document; return its address."""
        uri = self.uri(name)
        self.texts[uri], self.versions[uri] = text, 1
        language = language or ("markdown" if name.endswith(".md") else "yaml" if name.endswith("yaml") else "toml")
        self.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, language, 1, text))
        )
        return uri

    def close(self, uri: str) -> None:
        """Close a document."""
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    def replace(self, uri: str, start: int, end: int, text: str) -> None:
        """Replace characters by an incremental edit."""
        self.edit(uri, [(start, end, text)])

    def edit(self, uri: str, edits: Sequence[tuple[int, int, str]]) -> None:
        """Make edits one after the other and send them as one change."""
        changes: list[types.TextDocumentContentChangeEvent] = []
        for start, end, text in edits:
            changes.append(types.TextDocumentContentChangePartial(range=self.range(uri, start, end), text=text))
            self.texts[uri] = self.texts[uri][:start] + text + self.texts[uri][end:]
        self.send(uri, changes)

    def send(self, uri: str, changes: list[types.TextDocumentContentChangeEvent]) -> None:
        """Send changes as the next version."""
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(version=self.versions[uri], uri=uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    def type(self, uri: str, before: str, text: str) -> None:
        """Type some text right before some words of the document, a sign at a time."""
        at = self.texts[uri].index(before)
        for sign in text:
            self.replace(uri, at, at, sign)
            at += 1

    def position(self, uri: str, offset: int) -> types.Position:
        """Return an offset as this client counts: its own rule, not the server's."""
        before = self.texts[uri][:offset]
        lines = list(_LINE_END.finditer(before))
        if before.endswith("\r") and self.texts[uri][offset : offset + 1] == "\n":
            lines.pop()
        start = lines[-1].end() if lines else 0
        return types.Position(len(lines), sum(map(_WIDTHS[self.encoding], before[start:])))

    def range(self, uri: str, start: int, end: int) -> types.Range:
        """Return a range as this client counts."""
        return types.Range(self.position(uri, start), self.position(uri, end))

    def where(self, uri: str, words: str, occurrence: int = 0) -> types.Range:
        """Return the range of some words."""
        at = -1
        for _ in range(occurrence + 1):
            at = self.texts[uri].index(words, at + 1)
        return self.range(uri, at, at + len(words))

    def words(self, uri: str, range_: types.Range) -> str:
        """Return what stands in a range, measured by this client's own rule."""
        text = self.texts[uri]
        return text[self.offset(uri, range_.start) : self.offset(uri, range_.end)]

    def offset(self, uri: str, place: types.Position) -> int:
        """Return the offset of a position; one that lies inside a character is an error."""
        text = self.texts[uri]
        starts = [0, *(found.end() for found in _LINE_END.finditer(text))]
        at, units = starts[place.line], 0
        while units < place.character:
            units += _WIDTHS[self.encoding](text[at])
            at += 1
        assert units == place.character, "a position must not lie inside a character"
        return at

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """Return the diagnostics of the newest version, pushed or pulled."""
        if self.pulls:
            return await self.pull(uri)
        return list((await self.pushed(uri, self.versions[uri])).diagnostics)

    async def pull(self, uri: str) -> list[types.Diagnostic]:
        """Ask for the diagnostics of a document."""
        report = await self.ask(
            self.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
            )
        )
        return list(report.items)

    async def pushed(self, uri: str, version: int | None) -> types.PublishDiagnosticsParams:
        """Wait for what is pushed for a version of a document."""

        async def arrive() -> types.PublishDiagnosticsParams:
            while True:
                for params in reversed(self.published):
                    if params.uri == uri and params.version == version:
                        return params
                self._news.clear()
                await self._news.wait()

        return await self.ask(arrive())

    async def actions(
        self, uri: str, range_: types.Range, only: Sequence[str] | None = None, *, bare: bool = False
    ) -> list[types.CodeAction]:
        """Return the code actions of a range; `bare` leaves code, source and data out of the diagnostics sent back."""
        found = [each for each in await self.diagnostics(uri) if each.range.start.line == range_.start.line]
        if bare:
            found = [types.Diagnostic(each.range, each.message) for each in found]
        context = types.CodeActionContext(found, only=list(only) if only else None)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), range_, context)
        return list(await self.ask(self.client.text_document_code_action_async(params)) or [])

    def apply(self, edit: types.WorkspaceEdit) -> None:
        """Apply an edit to the open documents, last change first, each by an incremental edit."""
        for uri, edits in changes_of(edit).items():
            spans = [(self.offset(uri, e.range.start), self.offset(uri, e.range.end), e.new_text) for e in edits]
            self.edit(uri, sorted(spans, key=lambda each: each[:2], reverse=True))

    def digest(self, uri: str) -> tuple[int, int, str]:
        """Return version, length and digest of a text as the client has it."""
        text = self.texts[uri]
        return self.versions[uri], len(text), sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    async def seen_by_server(self, uri: str) -> tuple[int, int, str]:
        """Return version, length and digest of a text as the server has it."""
        told = await self.command("wrongfix.debugInformation")
        found = next(each for each in told["documents"] if each["uri"] == uri)
        return found["version"], found["characters"], found["sha256"]

    async def command(self, name: str, *arguments: object) -> Any:
        """Run a command of the server."""
        params = types.ExecuteCommandParams(name, arguments=list(arguments) or None)
        return await self.ask(self.client.workspace_execute_command_async(params))

    def write(self, name: str, text: str) -> Path:
        """Write a file of the workspace to disk, past the server."""
        path = (self.root or Path()) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def tell_changed(self, *paths: Path) -> None:
        """Tell the server that files changed on disk."""
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def until(self, question: Callable[[], Any], holds: Callable[[Any], bool]) -> bool:
        """Ask again and again until the answer is as it should be; for what the server does in its own time."""
        for _ in range(200):
            if holds(await self.ask(question())):
                return True
            await asyncio.sleep(0.02)
        return False

    async def ask(self, answer: Any) -> Any:
        """Wait for an answer, but not for ever."""
        return await asyncio.wait_for(answer, PATIENCE)


def changes_of(edit: types.WorkspaceEdit) -> dict[str, list[types.TextEdit]]:
    """Return the text edits of a workspace edit by document, whichever way they are written."""
    if edit.document_changes is None:
        return {uri: list(edits) for uri, edits in (edit.changes or {}).items()}
    found: dict[str, list[types.TextEdit]] = {}
    for each in edit.document_changes:
        if isinstance(each, types.TextDocumentEdit):
            found.setdefault(each.text_document.uri, []).extend(each.edits)  # type: ignore[arg-type] # no snippets here
    return found


def capabilities(client: str) -> types.ClientCapabilities:
    """Return the recorded capabilities of a client."""
    said = json.loads((Path(__file__).parent / "clients" / f"{client}.json").read_text(encoding="utf-8"))
    return get_converter().structure(said, types.ClientCapabilities)


@asynccontextmanager
async def started(  # noqa: PLR0913 # what a client may differ in
    client: str,
    root: Path | None,
    *,
    options: Any = None,
    configuration: Any = None,
    command: Sequence[str] = SERVER,
    more_folders: Sequence[Path] = (),
    encodings: Sequence[str] = (),
    trace: types.TraceValue | None = None,
    status: int = 0,
) -> AsyncIterator[Editor]:
    """Yield an editor connected to a new server; afterwards the server must have ended with the status."""
    connected: LanguageClient = await ClientServerConfig(list(command), _client).start()  # type: ignore[assignment] # the default client
    connected._configuration[""] = {"wrongfix": configuration} if configuration is not None else None  # type: ignore[assignment] # noqa: SLF001 # null is an answer, too
    able = capabilities(client)
    if encodings:
        able.general = able.general or types.GeneralClientCapabilities()
        able.general.position_encodings = list(encodings)
    folders = [types.WorkspaceFolder(each.as_uri(), each.name) for each in (root, *more_folders) if each]
    params = types.InitializeParams(
        capabilities=able,
        root_uri=root.as_uri() if root else None,
        workspace_folders=folders,
        initialization_options=options,
        trace=trace,
    )
    early: list[types.PublishDiagnosticsParams] = []
    taking = [early.append]

    connected.protocol.fm.features.pop(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, None)

    @connected.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def publish(params: types.PublishDiagnosticsParams) -> None:
        taking[-1](params)

    traces: list[types.LogTraceParams] = []

    @connected.feature(types.LOG_TRACE)
    def traced(params: types.LogTraceParams) -> None:
        traces.append(params)

    wishes: list[types.Registration] = []

    @connected.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams) -> None:
        wishes.extend(params.registrations)

    refreshed: list[str] = []
    for method in (types.WORKSPACE_INLAY_HINT_REFRESH, types.WORKSPACE_CODE_LENS_REFRESH):
        connected.feature(method)(_noting(refreshed, method))
    result = await asyncio.wait_for(connected.initialize_session(params), PATIENCE)
    editor = Editor(connected, result.capabilities, root)
    editor.traces, editor.wishes, editor.refreshed = traces, wishes, refreshed
    taking.append(editor.take)
    yield editor
    await asyncio.wait_for(connected.shutdown_session(), PATIENCE)
    process = connected._server  # noqa: SLF001 # pygls offers no other way to the process
    assert process is not None
    assert process.returncode == status
    await connected.stop()


def _client() -> LanguageClient:
    client = LanguageClient(converter_factory=_converter)
    register_lsp_features(client)
    return client


@cache
def _converter() -> Converter:
    """Return the one converter of all clients: making one takes longer than most tests."""
    return default_converter()


def _noting(told: list[str], method: str) -> Callable[[object, object], None]:
    """Return what accepts a request that wants no answer, and notes that it came."""

    def note(_client: object, _params: object) -> None:
        told.append(method)

    return note
