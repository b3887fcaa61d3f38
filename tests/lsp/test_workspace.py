"""Folders, configuration and settings: the closest counts, the last good one holds, and everything can be switched off."""

from __future__ import annotations

import sys

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound

MISFIT = (
    "---\nstatus: proposed\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Keep tariffs current\n"
)
IGNORING = 'ignore = ["tuning-on-changing-facts"]\n'
PUSHING, PULLING = "emacs30", "vscode1.139"


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_a_changed_configuration_counts_at_once(start, client):
    """What the project decides holds as soon as its file is written."""
    editor = await start(client)
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    editor.published.clear()
    editor.tell_changed(editor.write("wrongfix.toml", IGNORING))
    assert await editor.diagnostics(uri) == []
    if client == PULLING:
        assert editor.client.diagnostic_refresh_count


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_a_broken_configuration_is_told_in_its_file_and_the_last_good_one_holds(start, client):
    """The configuration file shows what is wrong where it is wrong; findings stay as they were until it is right."""
    editor = await start(client)
    path = editor.write("wrongfix.toml", IGNORING)
    uri = editor.open("0001-a.md", MISFIT)
    assert await editor.diagnostics(uri) == []
    editor.published.clear()
    editor.write("wrongfix.toml", f'{IGNORING}selct = ["DX"]\n')
    editor.tell_changed(path)
    assert await editor.diagnostics(uri) == []
    told = (await editor.pushed(path.as_uri(), None)).diagnostics
    assert [(each.range.start.line, each.range.start.character, each.range.end.character) for each in told] == [
        (1, 0, 5)
    ]
    assert 'did you mean "select"' in told[0].message
    editor.published.clear()
    editor.write("wrongfix.toml", IGNORING)
    editor.tell_changed(path)
    await editor.diagnostics(uri)
    assert not (await editor.pushed(path.as_uri(), None)).diagnostics


async def test_a_configuration_is_read_while_it_is_typed(start):
    """An open configuration file counts as it stands in the editor."""
    editor = await start(PUSHING)
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    editor.write("wrongfix.toml", "")
    editor.published.clear()
    editor.open("wrongfix.toml", IGNORING)
    assert await editor.diagnostics(uri) == []


async def test_each_folder_has_its_own_configuration(start, tmp_path):
    """The closest configuration counts, folder by folder, in several workspace folders."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    (two / "deep").mkdir(parents=True)
    (two / "wrongfix.toml").write_text(IGNORING)
    (two / "deep" / "wrongfix.toml").write_text("")
    editor = await start(PULLING, one, more_folders=[two])
    found = [
        len(await editor.diagnostics(editor.open(f"../{name}", MISFIT)))
        for name in ("one/a.md", "two/b.md", "two/deep/c.md")
    ]
    assert found == [1, 0, 1]


async def test_own_rules_count_and_a_broken_rule_file_is_told(start):
    """A team's rule finds what it is made for; when its file breaks, the file says so and the rule stays as it was."""
    editor = await start(PUSHING)
    rule = """code: OWN001
name: no-distillation-here
summary: We do not distil.
severity: warning
profile: default
when:
  chosen: [distillation]
message: "{approach} is chosen, and we do not distil"
why: Because.
sources: [S0#path]
examples:
  - bad: "---\\nfailure-tags: [high-cost]\\napproach: [«distillation»]\\n---\\n# A\\n"
  - good: "---\\nfailure-tags: [high-cost]\\napproach: [caching]\\n---\\n# A\\n"
"""
    path = editor.write("rules/OWN001-no-distillation-here.yaml", rule)
    editor.write("wrongfix.toml", 'rules = ["rules/*.yaml"]\n')
    uri = editor.open("0001-a.md", "---\nfailure-tags: [high-cost]\napproach: [distillation]\n---\n# A\n")
    assert "OWN001" in {each.code for each in await editor.diagnostics(uri)}
    editor.write("rules/OWN001-no-distillation-here.yaml", rule.replace("severity: warning", "severty: warning"))
    editor.published.clear()
    editor.tell_changed(path)
    assert "OWN001" in {each.code for each in await editor.diagnostics(uri)}
    assert "severty" in (await editor.pushed(path.as_uri(), None)).diagnostics[0].message


SWITCHES = {
    "codeActions": ("code_action_provider", "text_document_code_action"),
    "hover": ("hover_provider", "text_document_hover"),
    "completion": ("completion_provider", "text_document_completion"),
    "inlayHints": ("inlay_hint_provider", None),
    "documentSymbols": ("document_symbol_provider", None),
    "workspaceSymbols": ("workspace_symbol_provider", None),
    "navigation": ("definition_provider", None),
    "rename": ("rename_provider", None),
    "documentLinks": ("document_link_provider", None),
    "folding": ("folding_range_provider", None),
    "diagnostics": ("diagnostic_provider", None),
}


async def test_every_capability_is_offered_unless_it_is_switched_off(start):
    """What the initialization options switch off is not offered; everything else is."""
    everything = (await start(PULLING)).offered
    nothing = (await start(PULLING, options={"wrongfix": dict.fromkeys(SWITCHES, False)})).offered
    for option, (provider, _) in SWITCHES.items():
        assert getattr(everything, provider), option
        assert not getattr(nothing, provider), option


async def test_switching_off_later_counts_too(start):
    """A setting changed in the editor counts from then on, asked for or sent, and null changes nothing."""
    editor = await start(PULLING, configuration={"diagnostics": True})
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    editor.client.set_configuration({"wrongfix": {"diagnostics": False, "hover": {"enable": False}}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    hover = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning").start)
    assert await editor.until(lambda: editor.client.text_document_hover_async(hover), lambda shown: shown is None)
    assert await editor.diagnostics(uri) == []
    sent = await start("kate22")
    uri = sent.open("0001-a.md", MISFIT)
    assert len(await sent.diagnostics(uri)) == 1
    sent.published.clear()
    sent.client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams(settings={"wrongfix": {"diagnostics": False}})
    )
    assert await sent.diagnostics(uri) == []


@pytest.mark.parametrize("client", [PULLING, "emacs30"])
async def test_what_is_switched_on_later_counts_too(start, client):
    """What was off at the beginning is offered when it is switched on, where the client takes offers, and answered."""
    editor = await start(client, options={"wrongfix": dict.fromkeys(SWITCHES, False)})
    uri = editor.open("0001-a.md", MISFIT)
    await editor.command("wrongfix.debugInformation")
    editor.client.set_configuration({"wrongfix": dict.fromkeys(SWITCHES, True)})
    editor.client.workspace_did_change_configuration(
        types.DidChangeConfigurationParams({"wrongfix": dict.fromkeys(SWITCHES, True)})
    )
    hover = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning").start)

    async def hovered():
        try:
            return await editor.client.text_document_hover_async(hover)
        except JsonRpcMethodNotFound:
            return None

    assert await editor.until(hovered, bool)
    offered = {wish.method: wish.register_options for wish in editor.wishes}
    if client == PULLING:
        assert {
            "textDocument/codeAction", "textDocument/hover", "textDocument/completion", "textDocument/inlayHint",
            "textDocument/documentSymbol", "textDocument/definition", "textDocument/references", "textDocument/rename",
            "textDocument/documentLink", "textDocument/foldingRange", "textDocument/diagnostic", "workspace/symbol",
        } <= offered.keys()  # fmt: skip
        assert offered["textDocument/rename"] == {"prepareProvider": True}
        assert offered["textDocument/diagnostic"]["identifier"] == "wrongfix"
        assert len(await editor.pull(uri)) == 1
    else:
        assert offered.keys() <= {"workspace/didChangeWatchedFiles"}
        await editor.until(
            lambda: editor.command("wrongfix.debugInformation"), lambda _: editor.published[-1].diagnostics
        )
        assert len(editor.published[-1].diagnostics) == 1


@pytest.mark.parametrize("answer", [None, {"diagnostics": "perhaps", "logLevel": 7, "run": []}])
async def test_null_and_nonsense_mean_defaults(start, answer):
    """A client that answers null, or sends values of no meaning, gets the defaults."""
    editor = await start(PULLING, configuration=answer, options=answer)
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1


async def test_a_configuration_named_in_the_editor_wins(start):
    """The user's setting names a configuration file from the workspace folder."""
    editor = await start(PUSHING, options={"configuration": "ci/team.toml"})
    editor.write("ci/team.toml", IGNORING)
    assert await editor.diagnostics(editor.open("0001-a.md", MISFIT)) == []


async def test_checking_on_save_alone(start):
    """Who is disturbed by squiggles while typing gets them on opening and saving."""
    editor = await start(PUSHING, options={"run": "onSave"})
    uri = editor.open("0001-a.md", MISFIT.replace("fine-tuning", "rag"))
    assert await editor.diagnostics(uri) == []
    editor.type(uri, "]\n---", ", fine-tuning")
    editor.replace(uri, editor.texts[uri].index("rag"), editor.texts[uri].index("rag") + 5, "")
    await editor.command("wrongfix.debugInformation")
    assert {each.version for each in editor.published} == {1}
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert len(await editor.diagnostics(uri)) == 1


async def test_checking_on_save_alone_for_who_asks(start):
    """A client that pulls is told to ask again after a save, and what it is told is of the text it has, not of another."""
    editor = await start(PULLING, options={"run": "onSave"})
    uri = editor.open("0001-a.md", MISFIT.replace("fine-tuning", "rag"))
    assert await editor.diagnostics(uri) == []
    at = editor.texts[uri].index("rag")
    editor.replace(uri, at, at + 3, "fine-tuning")
    assert await editor.diagnostics(uri) == []
    before = editor.client.diagnostic_refresh_count
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    await until_found_again(editor, before)
    assert [editor.words(uri, each.range) for each in await editor.diagnostics(uri)] == ["fine-tuning"]
    editor.replace(uri, 4, 4, "owner: Ann \U0001f600\n")
    (found,) = await editor.diagnostics(uri)
    assert editor.words(uri, found.range) == "fine-tuning"
    assert [editor.words(uri, each.location.range) for each in found.related_information] == ["stale-knowledge"]
    at = editor.texts[uri].index("fine-tuning")
    editor.replace(uri, at, at + 4, "tight")
    assert await editor.diagnostics(uri) == []


async def until_found_again(editor, before):
    """Wait until the client has been told to ask again."""

    async def count():
        return editor.client.diagnostic_refresh_count

    assert await editor.until(count, lambda now: now > before)


async def test_all_records_of_the_workspace_are_checked_for_who_asks(start):
    """Workspace diagnostics name open and closed records; what was told already is told to be unchanged."""
    editor = await start(PULLING)
    closed = editor.write("docs/adr/0001-closed.md", f"{MISFIT}\n## Decision\n\nWe train.\n")
    editor.tell_changed(closed)
    opened = editor.open("docs/adr/0002-open.md", MISFIT)

    async def ask(known=()):
        params = types.WorkspaceDiagnosticParams(previous_result_ids=[types.PreviousResultId(*each) for each in known])
        return (await editor.ask(editor.client.workspace_diagnostic_async(params))).items

    first = await ask()
    assert {each.uri: len(each.items) for each in first} == {closed.as_uri(): 1, opened: 1}
    again = await ask([(each.uri, each.result_id) for each in first])
    assert {each.kind for each in again} == {"unchanged"}
    closed.unlink()
    editor.tell_changed(closed)
    gone = {each.uri: each for each in await ask([(each.uri, each.result_id) for each in first])}
    assert gone[closed.as_uri()].items == ()


async def test_what_cannot_be_read_is_told_to_who_asks_for_everything(start):
    """A file the command line calls unreadable is named here too, until it can be read."""
    editor = await start(PULLING)
    path = editor.write("docs/adr/0002-x.md", "")
    path.write_bytes("# Größe\n".encode("latin-1"))
    editor.tell_changed(path)
    params = types.WorkspaceDiagnosticParams(previous_result_ids=[])
    (found,) = (await editor.ask(editor.client.workspace_diagnostic_async(params))).items
    assert found.uri == path.as_uri()
    assert [each.code for each in found.items] == ["REC001"]
    editor.tell_changed(editor.write("docs/adr/0002-x.md", "# Size\n\n## Status\n\naccepted\n\n## Context\n\nBig.\n"))
    (found,) = (await editor.ask(editor.client.workspace_diagnostic_async(params))).items
    assert list(found.items) == []


async def test_workspace_diagnostics_have_a_setting_of_their_own(start):
    """Who switches them off is offered none; who does so later is told nothing more; one document is checked as before."""
    assert (await start(PULLING)).offered.diagnostic_provider.workspace_diagnostics
    without = await start(PULLING, options={"workspaceDiagnostics": False})
    assert not without.offered.diagnostic_provider.workspace_diagnostics
    assert len(await without.diagnostics(without.open("0001-a.md", MISFIT))) == 1
    editor = await start(PULLING, configuration={})
    uri = editor.open("docs/adr/0001-open.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    params = types.WorkspaceDiagnosticParams(previous_result_ids=[])

    async def told():
        found = await editor.client.workspace_diagnostic_async(params)
        return {each.uri: len(each.items) for each in found.items}

    assert await told() == {uri: 1}
    editor.client.set_configuration({"wrongfix": {"workspaceDiagnostics": False}})
    editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=None))
    assert await editor.until(told, lambda found: found == {})
    assert len(await editor.diagnostics(uri)) == 1


@pytest.mark.parametrize(
    ("client", "asked"),
    [
        (PULLING, {types.WORKSPACE_INLAY_HINT_REFRESH, types.WORKSPACE_CODE_LENS_REFRESH}),
        ("monaco0.57", {types.WORKSPACE_INLAY_HINT_REFRESH}),
        ("helix25.07", set()),
    ],
)
async def test_hints_and_lenses_are_asked_for_again_where_a_client_can_be_asked(start, client, asked):
    """What a changed configuration changes on the screen is drawn anew; a client that takes no such wish gets none."""
    editor = await start(client)
    await editor.diagnostics(editor.open("0001-a.md", MISFIT))
    editor.refreshed.clear()
    editor.tell_changed(editor.write("wrongfix.toml", IGNORING))
    assert await editor.until(
        lambda: editor.command("wrongfix.debugInformation"), lambda _: set(editor.refreshed) >= asked
    )
    assert set(editor.refreshed) == asked


async def test_folders_come_and_go(start, tmp_path):
    """A folder added later is read, one removed is forgotten."""
    (tmp_path / "more" / "adr").mkdir(parents=True)
    (tmp_path / "more" / "adr" / "0001-x.md").write_text("# Far away\n\n## Status\n\naccepted\n\n## Decision\n\nYes.\n")
    (tmp_path / "here").mkdir()
    editor = await start(PULLING, tmp_path / "here")
    folder = types.WorkspaceFolder((tmp_path / "more").as_uri(), "more")

    async def names():
        found = await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("")))
        return [each.name for each in found]

    assert await names() == []
    change = types.WorkspaceFoldersChangeEvent(added=[folder], removed=[])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
    assert await names() == ["0001 Far away"]
    change = types.WorkspaceFoldersChangeEvent(added=[], removed=[folder])
    editor.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(change))
    assert await names() == []


async def test_a_file_without_a_folder_is_served(start):
    """An editor may open a single file and no folder."""
    editor = await start(PUSHING, None)
    assert len(await editor.diagnostics(editor.open("0001-a.md", MISFIT))) == 1


async def test_clients_that_can_are_asked_to_tell_of_changed_files(start):
    """Records, configuration and baseline are watched; clients that cannot be asked are not."""
    editor = await start(PULLING)
    await editor.command("wrongfix.debugInformation")
    assert await editor.until(lambda: editor.command("wrongfix.debugInformation"), lambda _: len(editor.wishes) == 2)
    watched = next(each for each in editor.wishes if each.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    pattern = watched.register_options["watchers"][0]["globPattern"]
    assert all(name in pattern for name in ("*.md", "*.yaml", "*.toml", ".gitignore", ".wrongfix-baseline.json"))
    silent = await start("kate22")
    await silent.diagnostics(silent.open("0001-a.md", MISFIT))
    assert silent.wishes == []


async def test_a_client_that_tells_of_no_files_still_sees_a_changed_configuration(start):
    """Where nobody watches, configuration is looked at again when a record is opened or saved."""
    editor = await start("kate22")
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    editor.published.clear()
    editor.write("wrongfix.toml", IGNORING)
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert await editor.diagnostics(uri) == []


async def test_reading_a_large_workspace_is_shown(start, tmp_path):
    """While the folders are read for the first time, clients that show progress show it; it ends."""
    impatient = """
import sys
from wrongfix.lsp.server import run
from wrongfix.lsp import progress
progress._AFTER = progress._EVERY = 0
sys.exit(run())
"""
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    for number in range(40):
        (tmp_path / "docs" / "adr" / f"{number:04}-a.md").write_text(f"{MISFIT}\n## Decision\n\nWe train.\n")
    editor = await start(PULLING, command=[sys.executable, "-c", impatient])
    await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("")))

    def told():
        return [value for reports in editor.client.progress_reports.values() for value in reports]

    def is_over(_):
        return bool(told()) and told()[-1].kind == "end"

    assert await editor.until(lambda: editor.command("wrongfix.debugInformation"), is_over)
    assert [each.kind for each in told()][:2] == ["begin", "report"]
    assert [each.kind for each in told()].count("end") == 1
    assert told()[-1].message == "40 records"
