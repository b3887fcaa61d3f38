"""Documents of every kind a client opens, and results that are told once and told apart."""

from __future__ import annotations

import json

import pytest
from lsprotocol import types

MISFIT = (
    "---\nstatus: proposed\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Keep tariffs current\n"
)
YAML = "title: Keep tariffs current\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n"


def opened(editor, uri, language, text=MISFIT):
    """Open a document of any address and language."""
    editor.texts[uri], editor.versions[uri] = text, 1
    item = types.TextDocumentItem(uri, language, 1, text)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    return uri


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("untitled:Untitled-1", "markdown", MISFIT),
        ("untitled:Untitled-1", "md", MISFIT),
        ("untitled:Untitled-1", "gfm", MISFIT),
        ("untitled:Untitled-1", "yml", YAML),
        ("untitled:Untitled-1", "yaml.ansible", YAML),
        ("untitled:0001-a.md", "", MISFIT),
        ("file:///nowhere/0001-a.md", "plaintext", MISFIT),
        ("file:///nowhere/0001-a.yml", "text", YAML),
    ],
)
async def test_a_record_is_known_whatever_its_language_is_called(start, name, language, text):
    """Clients name languages as they like, or not at all; a document without a file is checked like any other."""
    editor = await start("emacs30")
    uri = opened(editor, name, language, text)
    assert [each.code for each in await editor.diagnostics(uri)] == ["KNW002"]
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    editor.apply(actions[0].edit)
    assert await editor.diagnostics(uri) == []


async def test_a_document_opened_without_a_language_is_opened(start):
    """A client that leaves the language out is no reason to lose its document."""
    editor = await start("emacs30")
    uri = editor.uri("0001-a.md")
    editor.texts[uri], editor.versions[uri] = MISFIT, 1
    message = {"textDocument": {"uri": uri, "version": 1, "text": MISFIT}}
    body = json.dumps({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": message})
    editor.client.protocol.writer.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode())
    assert len(await editor.diagnostics(uri)) == 1


async def asked(editor, uri, previous=None):
    """Pull a document as a client does that knows an earlier result."""
    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri), previous_result_id=previous)
    return await editor.ask(editor.client.text_document_diagnostic_async(params))


async def test_what_was_told_is_unchanged_and_nothing_else_is(start):
    """A result that is asked for again is unchanged; another text under the same version, or another server, is not."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", MISFIT)
    first = await asked(editor, uri)
    again = await asked(editor, uri, first.result_id)
    assert (again.kind, again.result_id) == ("unchanged", first.result_id)
    editor.close(uri)
    editor.open("0001-a.md", MISFIT.replace("fine-tuning", "rag"))
    other = await asked(editor, uri, first.result_id)
    assert (other.kind, list(other.items)) == ("full", [])
    server = await start("vscode1.139")
    server.open("0001-a.md", MISFIT.replace("fine-tuning", "rag"))
    assert (await asked(server, uri, first.result_id)).kind == "full"


@pytest.mark.parametrize("client", ["emacs30", "vscode1.139", "vim-ale"])
async def test_answers_fit_the_text_also_when_checks_wait_for_a_save(start, client):
    """Where findings wait for a save, actions and hover are still made from what stands in the editor."""
    editor = await start(client, options={"run": "onSave"})
    uri = editor.open("0001-a.md", MISFIT)
    await editor.diagnostics(uri)
    at = MISFIT.index("status")
    editor.replace(uri, at, at, "owner: somebody 😀\n")
    context = types.CodeActionContext([])
    params = types.CodeActionParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning"), context)
    actions = await editor.ask(editor.client.text_document_code_action_async(params))
    if actions[0].edit.document_changes:
        assert actions[0].edit.document_changes[0].text_document.version == editor.versions[uri]
    editor.apply(actions[0].edit)
    assert "owner: somebody 😀\nstatus: proposed\n" in editor.texts[uri]
    assert "approach: [rag]" in editor.texts[uri]
    place = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "proposed").start)
    shown = await editor.ask(editor.client.text_document_hover_async(place))
    assert editor.words(uri, shown.range) == "proposed"
