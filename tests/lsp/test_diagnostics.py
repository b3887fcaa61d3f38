"""Findings reach every client, at the right columns, for the right version."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket

from lsprotocol import types

from lsp.editor import SERVER

MISFIT = """---
status: proposed
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Keep tariffs current
"""


async def test_a_finding_carries_all_the_client_can_take(start):
    """Severity, code, link to the rule's page and related place arrive; a client that takes none of these gets none."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-tariffs.md", MISFIT)
    found = (await editor.diagnostics(uri))[0]
    assert (found.severity, found.code, found.source) == (types.DiagnosticSeverity.Error, "KNW002", "wrongfix")
    assert found.code_description.href.endswith("/docs/rules/KNW002-tuning-on-changing-facts.md")
    assert [editor.words(uri, each.location.range) for each in found.related_information] == ["stale-knowledge"]
    plain = await start("emacs28-eglot1.9")
    uri = plain.open("0001-tariffs.md", MISFIT)
    found = (await plain.diagnostics(uri))[0]
    assert found.code == "KNW002"
    assert found.code_description is None
    assert found.related_information is None


async def test_what_is_in_vain_is_greyed_out(start):
    """A directive that silences nothing carries the tag by which editors grey it out."""
    editor = await start("vscode1.139")
    text = MISFIT.replace("fine-tuning", "rag") + "\n<!-- wrongfix-disable-file KNW002 -- agreed -->\n"
    found = await editor.diagnostics(editor.open("0001-tariffs.md", text))
    assert [each.tags for each in found] == [(types.DiagnosticTag.Unnecessary,)]


async def test_every_settled_version_is_published_and_a_closed_one_is_cleared(start):
    """A list is published for each version, also when nothing changed, and an empty one when the document closes."""
    editor = await start("emacs30")
    uri = editor.open("0001-tariffs.md", MISFIT)
    for version in (1, 2, 3):
        assert len((await editor.pushed(uri, version)).diagnostics) == 1
        editor.replace(uri, len(editor.texts[uri]), len(editor.texts[uri]), "\n")
    await editor.pushed(uri, 4)
    editor.close(uri)
    assert not (await editor.pushed(uri, None)).diagnostics


NO_RECORDS = (
    ("README.md", "# Fine-tuning\n\nWe chose fine-tuning because answers are stale.\n", "markdown"),
    ("compose.yaml", "services:\n  web:\n    status: running\n", "yaml"),
    ("main.py", "failure-tags: [stale-knowledge]\napproach: [fine-tuning]\n", "python"),
    ("docs/adr/README.md", "# Decisions\n\n- [1](0001-a.md)\n- [2](0002-b.md)\n- [3](0003-c.md)\n", "markdown"),
)


async def test_what_is_no_record_is_left_alone(start):
    """Pages, settings and programs get an empty list, and no features either."""
    editor = await start("emacs30")
    for name, text, language in NO_RECORDS:
        uri = editor.open(name, text, language)
        assert await editor.diagnostics(uri) == []
        params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
        assert not await editor.ask(editor.client.text_document_document_symbol_async(params))


async def test_excluded_files_are_left_alone(start):
    """What the configuration excludes, or an ignore file names, is as silent in the editor as on the command line."""
    editor = await start("emacs30")
    editor.write("wrongfix.toml", 'exclude = ["old/"]\n')
    editor.write(".gitignore", "build/\n")
    for name, count in (("old/0001-a.md", 0), ("build/0001-a.md", 0), ("new/0001-a.md", 1)):
        assert len(await editor.diagnostics(editor.open(name, MISFIT))) == count


async def test_a_closed_document_is_known_as_it_is_on_disk(start):
    """What was typed and thrown away does not linger among the workspace's records."""
    editor = await start("emacs30")
    text = "# Kept\n\n## Status\n\naccepted\n\n## Decision\n\nYes.\n"
    editor.write("docs/adr/0001-a.md", text)
    uri = editor.open("docs/adr/0001-a.md", text.replace("Kept", "Thrown away"))
    await editor.diagnostics(uri)
    editor.close(uri)

    def symbols():
        return editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(""))

    assert await editor.until(symbols, lambda found: [each.name for each in found] == ["0001 Kept"])


async def test_the_server_listens_on_an_address_too():
    """For debugging, the server speaks over TCP."""
    port = free_port()
    command = [*SERVER, "--tcp", f"127.0.0.1:{port}"]
    process = await asyncio.create_subprocess_exec(*command)
    reader = writer = None
    for _ in range(200):
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            break
        await asyncio.sleep(0.05)
    assert reader is not None
    assert writer is not None
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}}).encode()
    writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    header = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
    assert b"Content-Length" in header
    process.terminate()
    await process.wait()


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
