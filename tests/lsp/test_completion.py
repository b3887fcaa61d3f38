"""Completion offers what fits at the cursor, best first, in text that is half typed."""

from __future__ import annotations

import re

import pytest
from lsprotocol import types


async def complete(editor, text, name="docs/adr/0001-record.md"):
    """Open a text, ask for completion where it has a bar, and return address and items."""
    at = text.index("|")
    uri = editor.open(name, text.replace("|", "", 1))
    params = types.CompletionParams(types.TextDocumentIdentifier(uri), editor.position(uri, at))
    return uri, (await editor.ask(editor.client.text_document_completion_async(params))).items


def accepted(editor, uri, item):
    """Return the text after an item was taken."""
    change = item.text_edit
    start, end = editor.offset(uri, change.range.start), editor.offset(uri, change.range.end)
    text = editor.texts[uri]
    return text[:start] + change.new_text + text[end:]


HALF_TYPED = (
    ("a.md", "---\nfailure-tags: [stale-knowledge, hall|", "hallucination"),
    ("b.md", "---\nfailure-tags: [stale-knowledge, hall|\napproach: [rag]\n---\n# A\n", "hallucination"),
    ("c.md", "---\nfailure-tags:\n  - stale-knowledge\n  - miss|\n---\n# A\n", "missing-knowledge"),
    ("d.md", "---\nfailures: st|\n---\n# A\n", "stale-knowledge"),
    ("e.md", "---\nfailure-tags:\n  - {tag: stale-k|\n---\n# A\n", "stale-knowledge"),
    ("f.md", "---\nfailure-tags: [\n  stale-knowledge,\n  hall|\n]\n---\n# A\n", "hallucination"),
    ("g.yaml", "title: A\nfailure-tags: [hal|\n", "hallucination"),
    ("h.yaml", "title: A\nstatus: acc|\n", "accepted"),
    ("i.md", "---\nstatus: |\n---\n# A\n", "draft"),
    ("j.md", "# A\n\n## Status\n\nprop|\n", "proposed"),
    ("k.md", "# A\n\nStatus: rej|\n", "rejected"),
    ("l.md", "# A\n\nFailure tags: stale-knowledge, hal|\n", "hallucination"),
    ("m.md", "# A\n\n## Failure tags\n\n- hal|\n", "hallucination"),
    ("n.md", "---\ntried: {promp|\n---\n# A\n", "prompting"),
    ("o.md", "---\ntried:\n  promp|\n---\n# A\n", "prompting"),
    ("p.md", "# A\n\n<!-- wrongfix-disable-next-l|\n", "wrongfix-disable-next-line"),
    ("q.md", "# A\n\n<!-- wrongfix-disable-next-line KNW002|\n", "KNW002"),
    ("r.md", "# A\n\n<!-- wrongfix-disable-file tuning-on|\n", "KNW002"),
    ("s.md", "---\napproach: rag # wrongfix: ignore[KNW002|\n---\n# A\n", "KNW002"),
    ("t.md", "---\nstatus: proposed\nfail|\n---\n# A\n", "failure-tags"),
    ("u.yaml", 'title: A\n"failure-tags": [hall|]\n', "hallucination"),
    ("v.md", '---\nfailure-tags: ["hall|"]\n---\n# A\n', "hallucination"),
    ("w.md", "---\r\nfailure-tags:\r\n  - 😀漢字\r\n  - hall|\r\n---\r\n# A\r\n", "hallucination"),
    ("x.md", "---\nfailure-tags: [\x0c\u2028\n  hall|\n]\n---\n# A\n", "hallucination"),
    ("y.md", "---\nfailure-tags: [{tag: stale-knowledge}, {tag: hall|}]\n---\n# A\n", "hallucination"),
    ("z.yaml", "title: A\nfailure-tags: [stale_k|]\n", "stale-knowledge"),
)


async def test_the_first_offer_is_what_was_begun(start):
    """Whatever form the half-typed text has, what fits is offered first and takes the place of what was typed."""
    editor = await start("vscode1.139")
    for name, text, first in HALF_TYPED:
        uri, items = await complete(editor, text, f"docs/adr/{name}")
        assert [each.label for each in items[:1]] == [first], text
        before, _, after = text.partition("|")
        done = accepted(editor, uri, items[0])
        begun = before[: len(before) - len(re.search(r"[\w-]*$", before).group())]
        assert done.startswith(begun), text
        typed = before.removeprefix(begun)
        assert (items[0].filter_text or items[0].label).casefold().startswith(typed.casefold()), text
        assert done.endswith(after), text


@pytest.mark.parametrize(
    ("name", "text", "offered"),
    [
        ("a.yaml", "title: A # w|\n", ["wrongfix: ignore[]"]),
        ("b.yaml", "title: A\n# wrongfix: ig|\n", ["wrongfix: ignore[]"]),
        ("c.md", "---\nstatus: draft # wrongfix:|\n---\n# A\n", ["wrongfix: ignore[]"]),
        ("d.md", "# A\n\n<!-- wrongfix-disable-l|\n", ["wrongfix-disable-line"]),
    ],
)
async def test_directives_are_those_of_the_language(start, name, text, offered):
    """A comment of YAML is offered what silences there, also when the word is half typed, and a Markdown one its own."""
    editor = await start("vscode1.139")
    uri, items = await complete(editor, text, f"docs/adr/{name}")
    assert [each.label for each in items] == offered
    assert accepted(editor, uri, items[0]).count("wrongfix") == 1


@pytest.mark.parametrize(
    ("name", "text", "offered"),
    [
        ("a.yaml", "title: A\nopt|\n", ["options", "chosen-option"]),
        ("b.yaml", "title: A\ncon|\n", ["context", "consequences", "confirmation", "consulted"]),
        ("c.yaml", "title: A\nbackground: Old.\nconsequences: []\ncon|\n", ["confirmation", "consulted"]),
        ("d.md", "---\ncon|\n---\n# A\n", ["consulted"]),
        ("e.md", "---\nfailure-tags:\n  - tag: stale-knowledge\n    |\n---\n# A\n", ["count", "evidence-in-prompt"]),
        ("f.yaml", "title: A\nfailure-tags:\n- tag: stale-knowledge\n  |\n  count: 3\n", ["evidence-in-prompt"]),
        ("g.yaml", "title: A\nfailure-tags: [{tag: stale-knowledge, co|}]\n", ["count"]),
        ("h.yaml", "title: A\nfailure-tags: [{|}]\n", ["tag", "count", "evidence-in-prompt"]),
        ("i.yaml", "title: A\nfailure-tags:\n  - tag: stale-knowledge\n    count: |\n", []),
        ("j.yaml", "title: A\noptions:\n  - name: B\n    |\n", []),
    ],
)
async def test_keys_are_those_that_may_stand_there(start, name, text, offered):
    """A YAML record is offered the keys of its shape, a tag that is a mapping its own, and no key under a second name."""
    editor = await start("vscode1.139")
    _, items = await complete(editor, text, f"docs/adr/{name}")
    assert [each.label for each in items] == offered


@pytest.mark.parametrize(
    ("name", "text", "done"),
    [
        ("a.md", "---\nfailure-tags: [stale know|\n---\n# A\n", "[stale-knowledge\n"),
        ("b.yaml", "title: A\nfailure-tags:\n  - hallucination\n  - stale know|\n", "  - stale-knowledge\n"),
        ("c.md", "# A\n\nFailure tags: hallucination, stale know|\n", ": hallucination, stale-knowledge\n"),
        ("d.md", "# A\n\n## Failure tags\n\n- stale know|\n", "- stale-knowledge\n"),
        ("e.yaml", "title: A\ntried: {fine tu|\n", "{fine-tuning\n"),
        ("f.yaml", "title: A\nfailure t|\n", "\nfailure-tags: [$1]\n"),
    ],
)
async def test_a_name_of_several_words_is_replaced_as_a_whole(start, name, text, done):
    """Who types a tag's name with spaces gets the tag in place of all its words, and the client's filter lets it through."""
    editor = await start("vscode1.139")
    uri, items = await complete(editor, text, f"docs/adr/{name}")
    assert done in accepted(editor, uri, items[0])
    typed = editor.texts[uri][editor.offset(uri, items[0].text_edit.range.start) : text.index("|")]
    assert (items[0].filter_text or items[0].label).startswith(typed)


async def test_an_alias_finds_its_tag(start):
    """Whoever types what people call it finds the tag; the client's own filter lets it through."""
    editor = await start("vscode1.139")
    _, items = await complete(editor, "---\nfailure-tags: [outda|\n---\n# A\n")
    assert items[0].label == "stale-knowledge"
    assert items[0].filter_text.startswith("outda")


async def test_an_offered_tag_says_what_it_means_and_what_fits(start):
    """The documentation beside a tag tells its meaning and the approaches that fit it, from the matrix."""
    editor = await start("vscode1.139")
    _, items = await complete(editor, "---\nfailure-tags: [stale-k|]\n---\n# A\n")
    told = items[0].documentation.value
    assert "out of date" in told or "changed" in told
    assert "rag" in told


async def test_approaches_come_in_the_order_of_their_fit(start):
    """For the failures stated, a first fix comes first and a misfit last, each with the reason."""
    editor = await start("vscode1.139")
    _, items = await complete(editor, "---\nfailure-tags: [stale-knowledge]\napproach: [|\n---\n# A\n")
    labels = [each.label for each in sorted(items, key=lambda each: each.sort_text)]
    assert labels[0] == "rag"
    assert "first fix for stale-knowledge" in items[0].detail
    assert labels.index("fine-tuning") > labels.index("tool-use")


async def test_what_stands_there_is_not_offered_again(start):
    """A tag or key that is written already is left out."""
    editor = await start("vscode1.139")
    _, tags = await complete(editor, "---\nfailure-tags: [stale-knowledge, |]\n---\n# A\n")
    _, keys = await complete(editor, "---\nfailure-tags: [stale-knowledge]\n|\n---\n# A\n", "docs/adr/0002-b.md")
    assert "stale-knowledge" not in {each.label for each in tags}
    assert {"approach", "status"} <= {each.label for each in keys}
    assert "failure-tags" not in {each.label for each in keys}


@pytest.mark.parametrize(
    ("name", "text", "written"),
    [
        ("docs/adr/0002-b.md", "# B\n\nSee [x](0001|)\n", "[x](0001-first.md)"),
        ("docs/adr/0002-b.md", "# B\n\nSee [fir|]\n", "[0001 First things](0001-first.md)"),
        ("docs/adr/0002-b.md", "---\nsupersedes: 00|\n---\n# B\n", "supersedes: 0001-first.md"),
    ],
)
async def test_other_records_are_offered_as_links(start, tmp_path, name, text, written):
    """A link to another record is completed by number, title or path, wherever links are written."""
    folder = tmp_path / "docs" / "adr"
    folder.mkdir(parents=True)
    (folder / "0001-first.md").write_text("# First things\n\n## Status\n\naccepted\n\n## Decision\n\nWe do.\n")
    editor = await start("vscode1.139")
    await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("")))
    uri, items = await complete(editor, text, name)
    assert [each.label for each in items] == ["0001 First things"]
    assert written in accepted(editor, uri, items[0])
    place, at = items[0].text_edit.range, text.index("|")
    assert (items[0].filter_text or "").startswith(text[editor.offset(uri, place.start) : at])


@pytest.mark.parametrize(("client", "snippet"), [("vscode1.139", True), ("kate22", False)])
@pytest.mark.parametrize("name", ["0007-new.md", "0007-new.yaml"])
async def test_an_empty_document_becomes_a_whole_record(start, client, snippet, name):
    """A new document is offered a record in its language; without snippets the text has no marks of them."""
    editor = await start(client)
    uri, items = await complete(editor, "|", name)
    offered = [each for each in items if each.label.startswith("record-")]
    assert offered
    assert ("${1:" in offered[0].text_edit.new_text) is snippet
    if not snippet:
        editor.replace(uri, 0, 0, offered[0].text_edit.new_text)
        assert await editor.diagnostics(uri) == []


RECORDS = {
    "madr": "# Old\n\n## Considered Options\n\n* A\n\n## Decision Outcome\n\nA.\n",
    "nygard": "# Old\n\n## Status\n\naccepted\n\n## Decision\n\nA.\n",
}


@pytest.mark.parametrize("format_", RECORDS)
async def test_a_whole_record_is_one_of_the_workspace(start, tmp_path, format_):
    """The format its neighbours have comes first, and its number is the one in the file's name."""
    folder = tmp_path / "docs" / "adr"
    folder.mkdir(parents=True)
    (folder / "0003-old.md").write_text(RECORDS[format_])
    editor = await start("vscode1.139")
    _, items = await complete(editor, "|", "docs/adr/0042-new.md")
    offered = sorted((each for each in items if each.label.startswith("record-")), key=lambda each: each.sort_text)
    assert offered[0].label == f"record-{format_}"
    assert len(offered) == len(RECORDS)
    numbered = next(each for each in offered if each.label == "record-nygard")
    assert "# 42. ${1:" in numbered.text_edit.new_text


NO_RECORDS = (
    ("compose.yaml", "services:\n  web:\n    status: |\n"),
    ("compose.yaml", "fail|\n"),
    ("compose.yaml", "approach: [|]\n"),
    ("README.md", "# Read me\n\nStatus: |\n"),
    ("README.md", "---\nstatus: |\n---\n# Read me\n"),
    ("README.md", "# Read me\n\nSee [x](|\n"),
)


async def test_nothing_is_offered_where_there_is_no_record(start, tmp_path):
    """A file that is no record, in a folder without records, is left to other servers."""
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "docs" / "adr" / "0003-old.md").write_text(RECORDS["nygard"])
    editor = await start("vscode1.139")
    assert await editor.ask(editor.client.workspace_symbol_async(types.WorkspaceSymbolParams("")))
    for number, (name, text) in enumerate(NO_RECORDS):
        _, items = await complete(editor, text, f"deploy{number}/{name}")
        assert not items, text
