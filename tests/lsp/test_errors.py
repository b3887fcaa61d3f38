"""Nothing a client sends ends the server; what goes wrong inside is told once and costs no result."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

MISFIT = (
    "---\nstatus: proposed\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Keep tariffs current\n"
)
FAULTY = """
import sys
from wrongfix.lsp.server import run
from wrongfix.lsp import checking, hover
examine, answer = checking.examine, hover.answer
def failing(source, rulebook, settings):
    if "boom" in source.text:
        raise RecursionError("made to fail")
    return examine(source, rulebook, settings)
def answering(view, params):
    raise KeyError("made to fail, too")
checking.examine, hover.answer = failing, answering
sys.exit(run())
"""
SLOW = """
import sys, time
from wrongfix.lsp.server import run
from wrongfix.lsp import checking
examine = checking.examine
def slowly(source, rulebook, settings):
    time.sleep(0.3)
    return examine(source, rulebook, settings)
checking.examine = slowly
sys.exit(run())
"""
UNTELLABLE = """
import sys
from wrongfix.lsp.server import run
from wrongfix.lsp import diagnostics
tell = diagnostics.of_document
def failing(checked, client):
    if "boom" in checked.document.source.text:
        raise KeyError("made to fail")
    return tell(checked, client)
diagnostics.of_document = failing
sys.exit(run())
"""
UNREADING = """
import sys
from wrongfix.lsp.server import run
from wrongfix.lsp import workspace
read = workspace.read
def failing(source, vocabulary):
    if "boom" in source.text:
        raise KeyError("made to fail")
    return read(source, vocabulary)
workspace.read = failing
sys.exit(run())
"""
HOSTILE = (
    "",
    "\ufeff---\r\n\r\n---\r\n",
    "---\nfailure-tags: [" + "[" * 5000,
    "---\n" + "a: &x [*x]\n" * 50,
    "{a: " * 3000,
    ">" * 3000 + " x",
    "\ud800 lone \udfff surrogates",
    "\x00\x01\x02\x7f\x80\x85",
    "| a |\n|---|\n" + "| x " * 3000,
    "<!-- wrongfix-disable" + " " * 5000,
    "# wrongfix: ignore[" * 500,
    "[a](" * 2000,
    "🏳️\u200d🌈" * 500,
)


async def test_an_internal_error_is_shown_once_and_the_last_good_result_stays(start, monkeypatch, tmp_path):
    """The user is told once, the log says each time what reproduces it, and findings stay on the screen."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    editor = await start("emacs30", command=[sys.executable, "-c", FAULTY])
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    for word in ("boom", "boom"):
        editor.replace(uri, len(editor.texts[uri]), len(editor.texts[uri]), word)
        await editor.command("wrongfix.debugInformation")
    assert await editor.until(
        lambda: editor.command("wrongfix.debugInformation"), lambda _: len(editor.client.log_messages) >= 2
    )
    assert len(editor.client.messages) == 1
    assert "internal error while checking a document" in editor.client.messages[0].message
    told = json.loads(editor.client.log_messages[0].message.splitlines()[1])
    assert (told["document"], told["version"]) == (uri, 2)
    assert (tmp_path / told["kept"]).read_text(encoding="utf-8").endswith("boom")
    assert [each.version for each in editor.published] == [1]
    editor.replace(uri, len(MISFIT), len(editor.texts[uri]), "")
    assert len(await editor.diagnostics(uri)) == 1


async def test_the_documents_of_the_last_ten_errors_are_kept(start, monkeypatch, tmp_path):
    """However often something fails, the user's disk holds ten documents of it, the newest ones."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    editor = await start("emacs30", command=[sys.executable, "-c", FAULTY])
    for number in range(13):
        uri = editor.open(f"{number:04}-a.md", f"boom {number}")
        await editor.ask(
            editor.client.text_document_folding_range_async(types.FoldingRangeParams(types.TextDocumentIdentifier(uri)))
        )
    kept = [path.read_text(encoding="utf-8") for path in (tmp_path / "state").rglob("failed-*")]
    assert sorted(kept) == sorted(f"boom {number}" for number in range(3, 13))


@pytest.mark.parametrize("client", ["emacs30", "vscode1.139"])
async def test_an_error_in_telling_is_told_too(start, client, monkeypatch, tmp_path):
    """What goes wrong after a check is shown once like any internal error; who pulls keeps what was told before."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    editor = await start(client, command=[sys.executable, "-c", UNTELLABLE])
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    editor.replace(uri, len(MISFIT), len(MISFIT), "boom")
    if editor.pulls:
        with pytest.raises(JsonRpcException, match="the log has the details"):
            await editor.pull(uri)
    assert await editor.until(
        lambda: editor.command("wrongfix.debugInformation"), lambda _: bool(editor.client.messages)
    )
    assert "internal error" in editor.client.messages[0].message
    params = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning").start)
    assert await editor.ask(editor.client.text_document_hover_async(params))
    editor.replace(uri, len(MISFIT), len(MISFIT) + 4, "")
    assert len(await editor.diagnostics(uri)) == 1


@pytest.mark.parametrize(("faulty", "named"), [(FAULTY, True), (UNTELLABLE, True), (UNREADING, False)])
async def test_a_file_that_fails_takes_no_other_with_it(start, monkeypatch, tmp_path, faulty, named):
    """Of a workspace everything but the file that makes the server fail is read and told, and the failure logged once."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    record = f"{MISFIT}\n## Decision\n\nWe train.\n"
    root = tmp_path / "work"
    for name, text in (("0001-a.md", record), ("0002-b.md", f"{record}\nboom\n"), ("0003-c.md", record)):
        (root / "docs" / "adr").mkdir(parents=True, exist_ok=True)
        (root / "docs" / "adr" / name).write_text(text, encoding="utf-8")
    editor = await start("vscode1.139", root, command=[sys.executable, "-c", faulty])
    params = types.WorkspaceDiagnosticParams(previous_result_ids=[])
    for _ in range(2):
        report = await editor.ask(editor.client.workspace_diagnostic_async(params))
        assert [each.uri[-9:] for each in report.items] == ["0001-a.md", "0003-c.md"]
    symbols = await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("tariffs")))
    assert len(symbols) == 2 + named
    assert len([each for each in editor.client.log_messages if "made to fail" in each.message]) == 1


async def test_an_answer_that_fails_is_empty(start, monkeypatch, tmp_path):
    """A feature that fails gives nothing, tells it, and leaves the others alone."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    editor = await start("vscode1.139", command=[sys.executable, "-c", FAULTY])
    uri = editor.open("0001-a.md", MISFIT)
    params = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning").start)
    assert await editor.ask(editor.client.text_document_hover_async(params)) is None
    assert "answering textDocument/hover" in editor.client.messages[0].message
    assert await editor.actions(uri, editor.where(uri, "fine-tuning"))


@pytest.mark.parametrize("client", ["emacs30", "vscode1.139"])
async def test_no_text_ends_the_server(start, client):
    """Half-typed, hostile and absurd documents are checked and asked about like any other."""
    editor = await start(client)
    for number, text in enumerate(HOSTILE):
        for name in (f"{number}.md", f"{number}.yaml"):
            uri = editor.open(f"docs/adr/{name}", text)
            await editor.diagnostics(uri)
            place = types.TextDocumentIdentifier(uri), types.Position(0, 5)
            await editor.ask(editor.client.text_document_hover_async(types.HoverParams(*place)))
            await editor.ask(editor.client.text_document_completion_async(types.CompletionParams(*place)))
            await editor.actions(uri, types.Range(types.Position(0, 0), types.Position(99, 0)))
    assert await editor.until(
        lambda: editor.command("wrongfix.debugInformation"), lambda told: len(told["documents"]) == 2 * len(HOSTILE)
    )
    assert editor.client.messages == []


async def test_messages_of_no_sense_are_refused_and_survived(start):
    """Unknown methods, wrong parameters and documents nobody opened are answered and forgotten."""
    editor = await start("vscode1.139")
    protocol = editor.client.protocol
    with pytest.raises(JsonRpcException):
        await editor.ask(protocol.send_request_async("wrongfix/unknown", {"a": 1}))
    with pytest.raises(JsonRpcException):
        await editor.ask(raw(editor, "textDocument/hover", {"textDocument": 7, "position": "here"}))
    ghost = editor.uri("ghost.md")
    editor.versions[ghost], editor.texts[ghost] = 1, ""
    editor.send(ghost, [types.TextDocumentContentChangeWholeDocument("x")])
    editor.close(ghost)
    assert await editor.pull(ghost) == []
    assert await editor.pull("untitled:Untitled-1") == []
    assert len(await editor.diagnostics(editor.open("0001-a.md", MISFIT))) == 1


def raw(editor, method, params):
    """Send a request whose parameters no client library would let pass."""
    future = asyncio.get_running_loop().create_future()
    protocol = editor.client.protocol
    protocol._request_futures["raw"] = future  # noqa: SLF001 # there is no other way to send nonsense
    protocol._result_types["raw"] = None  # noqa: SLF001 # as above
    body = json.dumps({"jsonrpc": "2.0", "id": "raw", "method": method, "params": params})
    protocol.writer.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
    return future


async def test_a_request_can_be_cancelled(start):
    """A client that no longer wants an answer is told that the request was cancelled."""
    editor = await start("vscode1.139", command=[sys.executable, "-c", SLOW])
    uri = editor.open("0001-a.md", MISFIT)
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    asked = editor.client.protocol.send_request(types.TEXT_DOCUMENT_DIAGNOSTIC, params, msg_id="slow")
    editor.client.cancel_request(types.CancelParams("slow"))
    with pytest.raises(JsonRpcException, match="cancel"):
        await editor.ask(asyncio.wrap_future(asked))
    assert len(await editor.diagnostics(uri)) == 1


async def test_what_arrives_during_a_check_is_checked_together(start):
    """Stale results are dropped: the newest version is published, and every one that was published was settled."""
    editor = await start("emacs30", command=[sys.executable, "-c", SLOW])
    uri = editor.open("0001-a.md", MISFIT.replace("fine-tuning", ""))
    editor.type(uri, "]\n---", "fine-tuning")
    assert len(await editor.diagnostics(uri)) == 1
    versions = [each.version for each in editor.published]
    assert versions == sorted(set(versions))
    assert len(versions) < 5


async def test_leaving_without_a_shutdown_is_not_a_success(start):
    """A client that exits without asking first leaves status 1 behind."""
    editor = await start("emacs30", status=1)
    editor.client.exit(None)
    await editor.ask(editor.client._server.wait())  # noqa: SLF001 # pygls offers no other way to the process
    editor.client.error = RuntimeError("gone")


async def test_the_trace_tells_how_long_a_check_took(start):
    """Who traces the server sees each check; who does not sees nothing."""
    editor = await start("emacs30")
    traces = editor.traces
    uri = editor.open("0001-a.md", MISFIT)
    await editor.diagnostics(uri)
    assert traces == []
    editor.client.set_trace(types.SetTraceParams(types.TraceValue.Verbose))
    editor.replace(uri, 0, 0, "")
    await editor.diagnostics(uri)
    assert any("0001-a.md version 2" in each.message for each in traces)


@pytest.mark.parametrize("level", [types.TraceValue.Messages, types.TraceValue.Verbose])
async def test_a_trace_may_be_asked_for_from_the_beginning(start, level):
    """The trace a client names in `initialize` holds until it sets another; details come with the verbose one only."""
    editor = await start("emacs30", trace=level)
    uri = editor.open("0001-a.md", MISFIT)
    await editor.diagnostics(uri)
    told = [each.verbose for each in editor.traces if "0001-a.md version 1" in each.message]
    assert told == [uri if level is types.TraceValue.Verbose else None]
    editor.client.set_trace(types.SetTraceParams(types.TraceValue.Off))
    editor.replace(uri, 0, 0, "")
    await editor.diagnostics(uri)
    assert len(editor.traces) == len(told)


async def test_a_log_that_is_off_says_nothing(start, monkeypatch, tmp_path):
    """Who switches the log off finds nothing in it; an internal error is still shown."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    editor = await start("emacs30", options={"logLevel": "off"}, command=[sys.executable, "-c", FAULTY])
    uri = editor.open("0001-a.md", MISFIT + "boom")
    await editor.ask(
        editor.client.text_document_folding_range_async(types.FoldingRangeParams(types.TextDocumentIdentifier(uri)))
    )
    assert len(editor.client.messages) == 1
    assert editor.client.log_messages == []


@pytest.mark.parametrize(("level", "said"), [("info", True), ("error", False)])
async def test_the_log_level_is_a_setting(start, level, said):
    """At level info the server says which version runs on which Python; by default it says nothing."""
    editor = await start("emacs30", options={"logLevel": level})
    await editor.command("wrongfix.debugInformation")
    assert any("Python" in each.message for each in editor.client.log_messages) is said
