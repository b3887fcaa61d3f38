"""Records are found by their names and followed along their links, in both directions, and renamed with them."""

from __future__ import annotations

import re

import pytest
import yaml
from lsprotocol import types

from lsp.editor import changes_of

OLD = "# Train on the handbook\n\n## Status\n\nSuperseded by [0002 Search the handbook](0002-search-the-handbook.md)\n\n## Decision\n\nWe train.\n"
NEW = (
    "---\nstatus: accepted\nsupersedes: 0001-train-on-the-handbook.md\n---\n# Search the handbook\n\n## Context\n\n"
    "After [Train on the handbook](0001-train-on-the-handbook.md) 😀 we search.\n\n## Decision\n\nWe search.\n"
)


@pytest.fixture
def records(tmp_path):
    """Write two records that point at each other."""
    folder = tmp_path / "docs" / "adr"
    folder.mkdir(parents=True)
    (folder / "0001-train-on-the-handbook.md").write_text(OLD)
    (folder / "0002-search-the-handbook.md").write_text(NEW)
    return folder


def at(editor, uri, words, occurrence=0):
    """Return what names a place in a request."""
    return {"text_document": types.TextDocumentIdentifier(uri), "position": editor.where(uri, words, occurrence).start}


@pytest.mark.parametrize("words", ["0001-train-on-the-handbook.md\n", "Train on", "0001-train-on-the-handbook.md)"])
async def test_a_link_leads_to_the_title_of_its_record(start, records, words):
    """From front matter, from a link's words and from its target, the definition is the other record's title."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0002-search-the-handbook.md", NEW)
    found = await editor.ask(
        editor.client.text_document_definition_async(types.DefinitionParams(**at(editor, uri, words)))
    )
    assert found.uri == (records / "0001-train-on-the-handbook.md").as_uri()
    assert (found.range.start, found.range.end) == (
        types.Position(0, 2),
        types.Position(0, len("# Train on the handbook")),
    )


async def test_references_are_the_links_that_point_at_a_record(start, records):
    """From a record's own title, every link to it is found, in files that are not open too."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0001-train-on-the-handbook.md", OLD)
    other = (records / "0002-search-the-handbook.md").as_uri()
    params = types.ReferenceParams(
        context=types.ReferenceContext(include_declaration=False), **at(editor, uri, "Train on")
    )
    found = await editor.ask(editor.client.text_document_references_async(params))
    assert [(each.uri, each.range.start.line) for each in found] == [(other, 2), (other, 8)]


@pytest.mark.parametrize(("client", "moves"), [("vscode1.139", True), ("kate22", False)])
async def test_renaming_changes_title_links_and_file(start, records, client, moves):
    """A new title is written into the heading and the links that quote it; the file follows where clients move files."""
    editor = await start(client)
    uri = editor.open("docs/adr/0001-train-on-the-handbook.md", OLD)
    other = editor.open("docs/adr/0002-search-the-handbook.md", NEW)
    place = at(editor, other, "Train on")
    if editor.offered.rename_provider is not True:
        prepared = await editor.ask(
            editor.client.text_document_prepare_rename_async(types.PrepareRenameParams(**place))
        )
        assert prepared.placeholder == "Train on the handbook"
    edit = await editor.ask(
        editor.client.text_document_rename_async(types.RenameParams(**place, new_name="Teach the model"))
    )
    editor.apply(edit)
    assert editor.texts[uri].startswith("# Teach the model\n")
    moved = [each for each in edit.document_changes or () if isinstance(each, types.RenameFile)]
    file = "0001-teach-the-model.md" if moves else "0001-train-on-the-handbook.md"
    assert f"[Teach the model]({file})" in editor.texts[other]
    assert f"supersedes: {file}\n" in editor.texts[other]
    assert [each.new_uri for each in moved] == ([(records / file).as_uri()] if moves else [])


async def test_links_between_records_are_document_links(start, records):
    """References by path are links one can click, in front matter too."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0002-search-the-handbook.md", NEW)
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
    found = await editor.ask(editor.client.text_document_document_link_async(params))
    assert {each.target for each in found} == {(records / "0001-train-on-the-handbook.md").as_uri()}
    assert [each.range.start.line for each in found] == [2, 8]


async def test_records_are_the_symbols_of_the_workspace(start, records):
    """Letters in their order find a record by number or title; new, changed and gone files are known at once."""
    editor = await start("vscode1.139")

    async def names(query):
        found = await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query)))
        return [each.name for each in found]

    assert await names("srch") == ["0002 Search the handbook"]
    assert await names("0001") == ["0001 Train on the handbook"]
    third = editor.write("docs/adr/0003-cache.md", OLD.replace("Train on the handbook", "Cache the search"))
    (records / "0001-train-on-the-handbook.md").unlink()
    editor.tell_changed(third, records / "0001-train-on-the-handbook.md")
    assert await names("search") == ["0002 Search the handbook", "0003 Cache the search"]
    assert await names("Train") == []


@pytest.mark.usefixtures("records")
async def test_what_is_typed_counts_before_it_is_saved(start):
    """An open document is known as it stands, not as it is on disk."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0002-search-the-handbook.md", NEW)
    editor.replace(uri, NEW.index("Search"), NEW.index("Search") + 6, "Index")
    await editor.diagnostics(uri)
    found = await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("Index")))
    assert [each.name for each in found] == ["0002 Index the handbook"]


async def symbols(editor):
    """Return the records the server knows of."""
    found = await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("")))
    return [each.name for each in found]


async def test_a_folder_that_goes_takes_its_records_along(start, records):
    """News of a folder is news of the files in it, whether it goes or comes, under its old name or another."""
    editor = await start("vscode1.139")
    assert len(await symbols(editor)) == 2
    moved = records.with_name("decisions")
    records.rename(moved)
    editor.tell_changed(records)
    assert await symbols(editor) == []
    editor.tell_changed(moved)
    assert await editor.until(lambda: symbols(editor), lambda names: len(names) == 2)


@pytest.mark.usefixtures("records")
async def test_what_is_excluded_or_lies_elsewhere_is_no_record_of_the_workspace(start, tmp_path):
    """A changed file that a walk would pass over stays out, and one from elsewhere is known while it is open."""
    editor = await start("vscode1.139", tmp_path / "docs")
    assert len(await symbols(editor)) == 2
    excluded = editor.write("old/0003-c.md", OLD)
    passed_over = editor.write("node_modules/0004-d.md", OLD)
    editor.tell_changed(editor.write("wrongfix.toml", 'exclude = ["old/"]\n'), excluded, passed_over)
    editor.tell_changed(excluded, passed_over)
    assert len(await symbols(editor)) == 2
    (tmp_path / "0009-elsewhere.md").write_text(OLD)
    uri = editor.open("../0009-elsewhere.md", OLD)
    await editor.diagnostics(uri)
    assert len(await symbols(editor)) == 3
    editor.close(uri)
    assert await editor.until(lambda: symbols(editor), lambda names: len(names) == 2)


TITLES = {
    "0001-a.yaml": "title: <Old one>\ndecision: We do.\n",
    "0002-b.yaml": 'title: <"Old one"> # ours\ndecision: We do.\n',
    "0003-c.yaml": "title: <'Old one'>\ndecision: We do.\n",
    "0004-d.md": "---\ntitle: <Old one>\nstatus: draft\n---\n\n## Decision\n\nWe do.\n",
    "0005-e.md": "---\ntitle: <'Old one'>\nstatus: draft\n---\n# Old one\n\n## Decision\n\nWe do.\n",
    "0006-f.md": "# 6. Old one\n\n## Decision\n\nWe do.\n",
}
"""Records with the scalar of their title, where YAML has one, in angles."""


@pytest.mark.parametrize("title", ["New one", 'Say "no": # it', "It's 'new'", "yes", "[x] {y}, \\z 😀"])
async def test_a_new_title_leaves_yaml_whole(start, title):
    """Whatever signs a title has, the YAML says it and nothing else; front matter and heading keep saying the same."""
    editor = await start("vscode1.139")
    for name, marked in TITLES.items():
        text = re.sub("[<>]", "", marked)
        uri = editor.open(f"docs/adr/{name}", text)
        await editor.diagnostics(uri)
        place = at(editor, uri, "Old one", text.count("Old one") - 1)
        edit = await editor.ask(editor.client.text_document_rename_async(types.RenameParams(**place, new_name=title)))
        editor.apply(edit)
        before, _, rest = marked.partition("<")
        after = rest.partition(">")[2].replace("Old one", title)
        if rest:
            assert editor.texts[uri].startswith(before), name
            assert editor.texts[uri].endswith(after), name
            scalar = editor.texts[uri][len(before) : len(editor.texts[uri]) - len(after)]
            assert yaml.safe_load(f"title: {scalar} # ours") == {"title": title}, name
        else:
            assert editor.texts[uri] == text.replace("Old one", title)


QUOTED = {
    "a](b": "a\\](b",
    "[a": "\\[a",
    "a [b] c": "a [b] c",
    "a [b](c) d": "a \\[b\\](c) d",
    "a] [b": "a\\] \\[b",
    "a\\": "a\\\\",
    "a ` b": "a \\` b",
    "a `]` b": "a `]` b",
    "a \\[ b": "a \\[ b",
}
"""Titles, and how a link says them."""


@pytest.mark.usefixtures("records")
@pytest.mark.parametrize("client", ["vscode1.139", "kate22"])
async def test_a_link_stays_a_link_whatever_its_record_is_called(start, client):
    """A title with signs of Markdown is escaped where a link quotes it, and is found there when it changes again."""
    editor = await start(client)
    uri = editor.open("docs/adr/0001-train-on-the-handbook.md", OLD)
    other = editor.open("docs/adr/0002-search-the-handbook.md", NEW)

    async def renamed(before, after):
        await editor.diagnostics(uri)
        await editor.diagnostics(other)
        params = types.RenameParams(**at(editor, uri, before), new_name=after)
        edit = await editor.ask(editor.client.text_document_rename_async(params))
        for address, edits in changes_of(edit).items():  # the files stay where they are
            words = [each for each in edits if not each.new_text.endswith(".md")]
            editor.apply(types.WorkspaceEdit(changes={address: words}))

    for title, quoted in QUOTED.items():
        await renamed("Train on", title)
        assert f"# {title}\n" in editor.texts[uri]
        assert f"After [{quoted}](0001-train-on-the-handbook.md)" in editor.texts[other]
        if title == "a](b":
            await renamed(title, "Plain words")
            assert "After [Plain words](0001-train-on-the-handbook.md)" in editor.texts[other]
        editor.replace(uri, 0, len(editor.texts[uri]), OLD)
        editor.replace(other, 0, len(editor.texts[other]), NEW)


@pytest.mark.parametrize("options", [None, {"run": "onSave"}])
@pytest.mark.usefixtures("records")
async def test_a_rename_is_made_in_the_text_that_stands(start, options):
    """What was opened or typed right before counts, also where checks wait for a save: no edit lands beside its words."""
    editor = await start("vscode1.139", options=options)
    uri = editor.open("docs/adr/0001-train-on-the-handbook.md", OLD)
    other = editor.open("docs/adr/0009-new.md", NEW)
    for each in (uri, other):
        editor.replace(each, editor.texts[each].index("# "), editor.texts[each].index("# "), "Some 😀 words.\n\n")
    params = types.RenameParams(**at(editor, uri, "Train on"), new_name="Teach the model")
    editor.open("docs/adr/0002-search-the-handbook.md", NEW)
    editor.apply(await editor.ask(editor.client.text_document_rename_async(params)))
    assert editor.texts[uri] == "Some 😀 words.\n\n" + OLD.replace("Train on the handbook", "Teach the model")
    assert editor.texts[other].count("Some 😀 words.\n\n# Search the handbook\n") == 1
    assert editor.texts[other].count("[Teach the model](0001-teach-the-model.md)") == 1


async def test_a_file_moves_only_where_there_is_room_and_every_address_follows(start, records):
    """A name that is taken is left alone; addresses in link definitions follow the file like those in links."""
    editor = await start("vscode1.139")
    (records / "0001-taken.md").write_text("# Taken\n")
    uri = editor.open("docs/adr/0001-train-on-the-handbook.md", OLD)
    text = "# C\n\nSee [it][1] and [that](./0001-train-on-the-handbook.md#x).\n\n[1]: 0001-train-on-the-handbook.md\n\n## Decision\n\nYes.\n"
    other = editor.open("docs/adr/0003-c.md", text)
    await editor.diagnostics(other)

    async def renamed(title):
        place = at(editor, uri, "Train on")
        return await editor.ask(editor.client.text_document_rename_async(types.RenameParams(**place, new_name=title)))

    assert not [each for each in (await renamed("Taken")).document_changes if isinstance(each, types.RenameFile)]
    edit = await renamed("Free")
    versions = {each.text_document.uri: each.text_document.version for each in edit.document_changes[:-1]}
    assert (versions[uri], versions[other]) == (1, 1)
    editor.open("docs/adr/0002-search-the-handbook.md", NEW)
    editor.apply(edit)
    assert editor.texts[other] == text.replace("0001-train-on-the-handbook.md", "0001-free.md")
