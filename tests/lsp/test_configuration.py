"""What is wrong with configuration and rule files is told where they stand, open or not, and never both ways."""

from __future__ import annotations

import pytest
from lsprotocol import types

MISFIT = (
    "---\nstatus: proposed\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Keep tariffs current\n"
)
IGNORING = 'ignore = ["tuning-on-changing-facts"]\n'
DISTILLED = "---\nfailure-tags: [high-cost]\napproach: [distillation]\n---\n# A\n"
RULE = """code: OWN001
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
PUSHING, PULLING = "emacs30", "vscode1.139"


async def shown(editor, uri, version=None):
    """Wait for a file to be told something, pulled where the client pulls; return the messages."""
    if editor.pulls:
        return [each.message for each in await editor.pull(uri)]
    return [each.message for each in (await editor.pushed(uri, version or editor.versions[uri])).diagnostics]


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_an_open_configuration_shows_its_fault_as_it_is_typed(start, client):
    """A broken key shows and goes as it is typed, also when no record is open; who pulls is pushed nothing."""
    editor = await start(client)
    editor.write("wrongfix.toml", "")
    uri = editor.open("wrongfix.toml", "")
    assert await shown(editor, uri) == []
    editor.replace(uri, 0, 0, 'selct = ["DX"]\n')
    assert 'did you mean "select"' in (await shown(editor, uri))[0]
    editor.replace(uri, 0, 5, "select")
    assert await shown(editor, uri) == []
    assert bool([each for each in editor.published if each.uri == uri]) is not editor.pulls


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_a_fault_follows_its_file_as_it_is_opened_and_closed(start, client):
    """A closed file's fault is pushed; once it is open it is told like any document, and pushed again when closed."""
    editor = await start(client)
    path = editor.write("wrongfix.toml", 'selct = ["DX"]\n')
    editor.tell_changed(path)
    uri = path.as_uri()
    assert (await editor.pushed(uri, None)).diagnostics
    editor.published.clear()
    editor.open("wrongfix.toml", 'selct = ["DX"]\n')
    assert "select" in (await shown(editor, uri))[0]
    if editor.pulls:

        def pushed():
            return [list(each.diagnostics) for each in editor.published if each.uri == uri]

        assert await editor.until(lambda: editor.command("wrongfix.debugInformation"), lambda _: pushed() == [[]])
    editor.published.clear()
    editor.close(uri)

    def last():
        return [each.diagnostics for each in editor.published if each.uri == uri][-1:]

    assert await editor.until(lambda: editor.command("wrongfix.debugInformation"), lambda _: any(last()))


@pytest.mark.parametrize("client", [PUSHING, PULLING, "kate22"])
async def test_a_rule_file_open_in_the_editor_counts_when_it_is_saved(start, client):
    """Whoever writes a rule beside a record sees it count as soon as it is saved, whether or not files are watched."""
    editor = await start(client)
    name = "rules/OWN001-no-distillation-here.yaml"
    path = editor.write(name, RULE)
    editor.write("wrongfix.toml", 'rules = ["rules/*.yaml"]\n')
    uri = editor.open("0001-a.md", DISTILLED)
    assert ("OWN001", 2) in {(each.code, each.severity) for each in await editor.diagnostics(uri)}
    rule = editor.open(name, RULE)
    at = RULE.index("warning")
    editor.replace(rule, at, at + len("warning"), "error")
    editor.write(name, editor.texts[rule])
    await editor.diagnostics(rule)
    editor.published.clear()
    if client == PULLING:
        editor.tell_changed(path)
    else:
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(rule)))
    assert ("OWN001", 1) in {(each.code, each.severity) for each in await editor.diagnostics(uri)}


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_the_fault_of_an_open_rule_file_stands_beside_what_else_is_found(start, client):
    """A rule file is YAML and is checked as such; its own fault is not wiped away by that."""
    editor = await start(client)
    name = "rules/OWN001-no-distillation-here.yaml"
    broken = RULE.replace("severity: warning", "severty: warning")
    path = editor.write(name, broken)
    editor.tell_changed(editor.write("wrongfix.toml", 'rules = ["rules/*.yaml"]\n'))
    assert (await editor.pushed(path.as_uri(), None)).diagnostics
    rule = editor.open(name, broken)
    assert any("severty" in each for each in await shown(editor, rule))
    editor.replace(rule, len(broken), len(broken), "# still broken\n")
    assert any("severty" in each for each in await shown(editor, rule))


async def test_what_configuration_extends_is_watched(start):
    """A file of any name that configuration extends counts as soon as it changes."""
    editor = await start(PULLING)
    editor.write("wrongfix.toml", 'extend = "team.toml"\n')
    base = editor.write("team.toml", "")
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    assert await editor.until(lambda: editor.command("wrongfix.debugInformation"), lambda _: len(editor.wishes) == 2)
    watched = next(each for each in editor.wishes if each.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    assert "*.toml" in watched.register_options["watchers"][0]["globPattern"]
    editor.write("team.toml", IGNORING)
    editor.tell_changed(base)
    assert await editor.diagnostics(uri) == []


@pytest.mark.parametrize("client", [PUSHING, PULLING, "kate22"])
async def test_a_new_rule_file_counts_as_soon_as_it_is_there(start, client):
    """A file that fits a pattern of `rules` is a rule file, also the first one, whose absence was a fault till then."""
    editor = await start(client)
    editor.write("wrongfix.toml", 'rules = ["rules/*.yaml"]\n')
    settings = editor.open("wrongfix.toml", 'rules = ["rules/*.yaml"]\n')
    assert "there is no such file" in (await shown(editor, settings))[0]
    uri = editor.open("0001-a.md", DISTILLED)
    assert "OWN001" not in {each.code for each in await editor.diagnostics(uri)}
    name = "rules/OWN001-no-distillation-here.yaml"
    path = editor.write(name, RULE)
    editor.published.clear()
    if client == "kate22":
        rule = editor.open(name, RULE)
        editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(rule)))
    else:
        editor.tell_changed(path)
    assert "OWN001" in {each.code for each in await editor.diagnostics(uri)}
    assert await shown(editor, settings) == []


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_the_fault_of_a_nested_configuration_outlasts_an_edit_of_another(start, client):
    """What is wrong in one configuration stays on the screen while the one above it is typed."""
    editor = await start(client)
    nested = editor.write("packages/a/wrongfix.toml", 'selct = ["DX"]\n')
    editor.write("packages/a/docs/adr/0001-a.md", MISFIT)
    editor.tell_changed(editor.write("wrongfix.toml", ""))
    assert (await editor.pushed(nested.as_uri(), None)).diagnostics
    root = editor.open("wrongfix.toml", "")
    await shown(editor, root)
    editor.replace(root, 0, 0, "#")
    assert await shown(editor, root) == []
    await editor.command("wrongfix.debugInformation")
    told = [each.diagnostics for each in editor.published if each.uri == nested.as_uri()]
    assert told[-1]
    assert [] not in told
    nested.write_text("", encoding="utf-8")
    editor.published.clear()
    editor.tell_changed(nested)
    assert list((await editor.pushed(nested.as_uri(), None)).diagnostics) == []


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_a_fault_in_what_configuration_extends_follows_its_text(start, client):
    """A file that configuration extends is read as it stands in the editor, like the configuration itself."""
    editor = await start(client)
    editor.write("wrongfix.toml", 'extend = "team.toml"\n')
    wrong = 'selct = ["DX"]\n'
    path = editor.write("team.toml", wrong)
    editor.tell_changed(path)
    assert (await editor.pushed(path.as_uri(), None)).diagnostics
    uri = editor.open("team.toml", wrong)
    await shown(editor, uri)
    editor.replace(uri, 0, 0, "# one\n# two\n")
    assert await shown(editor, uri)
    (found,) = await editor.diagnostics(uri)
    assert editor.words(uri, found.range) == "selct"
    at = editor.texts[uri].index("selct")
    editor.replace(uri, at, at + 5, "select")
    assert await shown(editor, uri) == []
    at = editor.texts[uri].index("DX")
    editor.replace(uri, at, at + 2, "DX99")
    (found,) = await editor.diagnostics(uri)
    assert editor.words(uri, found.range) == "DX99"


async def test_files_of_any_name_and_above_the_folders_are_watched(start, tmp_path):
    """A baseline by another name and a configuration above the folder are asked for where the client can tell of them."""
    (tmp_path / "wrongfix.toml").write_text('baseline = "accepted.json"\n', encoding="utf-8")
    editor = await start(PULLING, tmp_path / "work")
    editor.write("docs/adr/0001-a.md", MISFIT)

    def watched():
        return {
            pattern["pattern"]
            for wish in editor.wishes
            for watcher in (wish.register_options or {}).get("watchers", ())
            if isinstance(pattern := watcher["globPattern"], dict) and pattern["baseUri"] == tmp_path.as_uri()
        }

    await editor.diagnostics(editor.open("docs/adr/0001-a.md", MISFIT))
    wanted = {"wrongfix.toml", "accepted.json"}
    assert await editor.until(lambda: editor.command("wrongfix.debugInformation"), lambda _: watched() == wanted)


@pytest.mark.parametrize("client", [PUSHING, PULLING])
async def test_a_configuration_above_the_folders_counts_at_the_next_save(start, tmp_path, client):
    """What no client may tell of is looked at when a record is opened or saved."""
    above = tmp_path / "wrongfix.toml"
    above.write_text("", encoding="utf-8")
    editor = await start(client, tmp_path / "work")
    uri = editor.open("0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    above.write_text(IGNORING, encoding="utf-8")
    editor.published.clear()
    editor.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
    assert await editor.diagnostics(uri) == []


async def test_a_chosen_configuration_is_that_of_the_folder_around(start, tmp_path):
    """With several folders, the path set in the editor counts from the one a record lies in."""
    other = tmp_path / "other"
    editor = await start(PUSHING, tmp_path / "one", more_folders=[other], options={"configuration": "team.toml"})
    editor.write("team.toml", "")
    other.mkdir()
    (other / "team.toml").write_text(IGNORING, encoding="utf-8")
    assert len(await editor.diagnostics(editor.open("0001-a.md", MISFIT))) == 1
    assert await editor.diagnostics(editor.open("../other/0001-a.md", MISFIT)) == []


async def test_an_ignore_file_counts_at_once(start):
    """A record that an ignore file names is let go as soon as that is written."""
    editor = await start(PULLING)
    editor.write("wrongfix.toml", "")
    uri = editor.open("build/0001-a.md", MISFIT)
    assert len(await editor.diagnostics(uri)) == 1
    editor.tell_changed(editor.write(".gitignore", "build/\n"))
    assert await editor.diagnostics(uri) == []


async def hovers(editor, uri):
    """Say whether hover is on."""
    params = types.HoverParams(types.TextDocumentIdentifier(uri), editor.where(uri, "fine-tuning").start)
    return await editor.ask(editor.client.text_document_hover_async(params)) is not None


async def test_settings_count_by_every_road(start):
    """Sent settings count where the answer is null, dotted keys too, and a setting taken back is as it was at first."""
    editor = await start(PULLING, options={"folding": False})
    uri = editor.open("0001-a.md", MISFIT)

    async def settled(sent, answer, *, on):
        editor.client.set_configuration({"wrongfix": answer})
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings=sent))
        return await editor.until(lambda: hovers(editor, uri), lambda shown: shown is on)

    assert await settled({"wrongfix": {"hover": False}}, None, on=False)
    assert await settled({"wrongfix": {}}, None, on=True)
    assert await settled(None, {"hover": False}, on=False)
    assert await settled(None, {"hover": None}, on=True)
    assert await settled({"wrongfix.hover.enable": False}, None, on=False)
    assert await settled(None, {"hover": True}, on=True)
    told = await editor.command("wrongfix.debugInformation")
    assert told["options"]["folding"] is False


async def test_silencing_in_an_open_configuration_goes_by_its_text(start):
    """The edit fits the configuration as it stands in the editor, and the file chosen there is the one edited."""
    editor = await start(PULLING)
    editor.write("wrongfix.toml", "")
    text = '# ours 😀\n\nprofile = "default"\nignore = ["HYB"]\n'
    configuration = editor.open("wrongfix.toml", text)
    uri = editor.open("0001-a.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    edit = next(each.edit for each in actions if each.title.endswith("in the configuration"))
    editor.apply(edit)
    assert editor.texts[configuration] == text.replace('["HYB"]', '["tuning-on-changing-facts", "HYB"]')
    assert edit.document_changes[0].text_document.version == 1
    assert await editor.diagnostics(uri) == []
    chosen = await start(PULLING, options={"configuration": "ci/team.toml"})
    path = chosen.write("ci/team.toml", "")
    uri = chosen.open("0001-a.md", MISFIT)
    actions = await chosen.actions(uri, chosen.where(uri, "fine-tuning"))
    edit = next(each.edit for each in actions if each.title.endswith("in the configuration"))
    assert [each.text_document.uri for each in edit.document_changes] == [path.as_uri()]
