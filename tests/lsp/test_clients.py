"""One whole conversation with each recorded client, as its user has it: from the first key to the shutdown."""

from __future__ import annotations

import pytest
from lsprotocol import types

from lsp.editor import CLIENTS, capabilities

TYPED = """---
status: proposed
failure-tags: [stale-knowledge]
approach: [rag]
---
# 😀 Keep tariffs current

## Decision

漢字 😀 We will fine-tune the model on the price list.
"""
OTHER = """---
status: proposed
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Answer 😀 from the handbook

After 😀 [😀 Keep tariffs current](0001-tariffs.md) we train.
"""


@pytest.mark.parametrize("client", CLIENTS)
async def test_every_client_is_served_from_the_first_key_to_the_shutdown(start, client):
    """A misfit typed is seen at its words, fixed and gone; completion, hover, rename, settings count; status 0 ends it."""
    editor, able = await start(client), capabilities(client)
    uri = editor.open("docs/adr/0001-tariffs.md", TYPED)
    await a_misfit_is_seen_fixed_and_gone(editor, uri)
    await an_unfinished_list_is_completed(editor, uri)
    await a_word_explains_itself(editor, uri)
    other = editor.open("docs/adr/0002-handbook.md", OTHER)
    await a_record_is_renamed(editor, uri, other, able)
    await settings_count_once_they_change(editor, other, able)
    # never both: who pulls is pushed nothing, and everybody else is pushed to
    assert editor.pulls == (able.text_document.diagnostic is not None)
    assert bool([each for each in editor.published if each.uri in (uri, other)]) is not editor.pulls


async def a_misfit_is_seen_fixed_and_gone(editor, uri):
    """Type a misfit, find it at its words, apply the first action, and find it gone."""
    assert await editor.diagnostics(uri) == []
    at = editor.texts[uri].index("rag]")
    editor.replace(uri, at, at + 3, "")
    editor.type(uri, "]\n---", "fine-tuning")
    found = await editor.diagnostics(uri)
    assert [editor.words(uri, each.range) for each in found] == ["fine-tuning"]
    actions = await editor.actions(uri, found[0].range)
    assert actions[0].edit is not None
    editor.apply(actions[0].edit)
    assert await editor.diagnostics(uri) == []
    assert "approach: [rag]" in editor.texts[uri]


async def an_unfinished_list_is_completed(editor, uri):
    """Open a list, type the beginning of a tag, and take the first offer."""
    at = editor.texts[uri].index("---\n#")
    editor.replace(uri, at, at, "out-of-scope: [😀, \n")
    editor.type(uri, "\n---\n#", "hall")
    at = editor.texts[uri].index("hall") + 4
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), editor.position(uri, at))
    offered = (await editor.ask(editor.client.text_document_completion_async(params))).items
    assert offered[0].label == "hallucination"
    change = offered[0].text_edit
    editor.apply(types.WorkspaceEdit(changes={uri: [types.TextEdit(change.range, change.new_text)]}))
    assert "out-of-scope: [😀, hallucination\n---\n#" in editor.texts[uri]
    editor.replace(uri, editor.texts[uri].index("out-of"), editor.texts[uri].index("---\n#"), "")


async def a_word_explains_itself(editor, uri):
    """Hover over a word behind signs that the encodings count differently."""
    place = editor.where(uri, "fine-tune")
    params = types.HoverParams(types.TextDocumentIdentifier(uri), place.end)
    shown = await editor.ask(editor.client.text_document_hover_async(params))
    assert "fine-tuning" in shown.contents.value
    assert editor.words(uri, shown.range).startswith("fine-tun")


async def a_record_is_renamed(editor, uri, other, able):
    """Rename a record, and find the new title in its heading and in the link of another record."""
    assert [each.code for each in await editor.diagnostics(other)] == ["KNW002"]
    place = editor.where(uri, "Keep tariffs").start
    identifier = types.TextDocumentIdentifier(uri)
    params = types.RenameParams(text_document=identifier, position=place, new_name="Learn 😀 tariffs")
    edit = await editor.ask(editor.client.text_document_rename_async(params))
    written = able.workspace.workspace_edit
    versioned = bool(written and written.document_changes)
    assert (edit.document_changes is not None, edit.changes is not None) == (versioned, not versioned)
    editor.apply(edit)
    assert "# Learn 😀 tariffs\n" in editor.texts[uri]
    assert "After 😀 [Learn 😀 tariffs](0001-tariffs.md) we train." in editor.texts[other]


async def settings_count_once_they_change(editor, uri, able):
    """Ignore the rule in the project, then switch hover off in the editor."""
    assert [each.code for each in await editor.diagnostics(uri)] == ["KNW002"]
    if not editor.pulls:
        editor.published.clear()
    path = editor.write("wrongfix.toml", 'ignore = ["KNW002"]\n')
    watched = able.workspace.did_change_watched_files
    if watched is not None and watched.dynamic_registration:
        editor.tell_changed(path)
    else:
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert await editor.diagnostics(uri) == []
    said = {"wrongfix": {"hover": False}}
    editor.client.set_configuration(said)
    sent = None if able.workspace.configuration else said
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=sent))
    params = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning").start)
    assert await editor.until(lambda: editor.client.text_document_hover_async(params), lambda shown: shown is None)
