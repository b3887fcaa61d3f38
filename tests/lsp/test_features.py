"""What an editor shows around the text: hover, completion, hints, lens, symbols, links, folding."""

from __future__ import annotations

import pytest
from lsprotocol import types

STATED = """---
status: proposed
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Keep tariffs current

## Context and Problem Statement

The assistant quotes last year's tariffs.

## Decision Outcome

Chosen option: "Fine-tuning".
"""


PROSE = """# Answer from the handbook

## Status

proposed

## Context

The support assistant quotes last year's tariffs, so customers get outdated prices.

## Decision

We will fine-tune the model on the price list every quarter.

## Consequences

It costs money.
"""


async def ask(editor, method, params):
    """Send one request."""
    return await editor.ask(getattr(editor.client, f"{method}_async")(params))


async def hover(editor, uri, words):
    """Return what hovering over some words shows."""
    place = editor.where(uri, words).start
    inside = types.Position(place.line, place.character + 1)
    return await ask(editor, "text_document_hover", types.HoverParams(types.TextDocumentIdentifier(uri), inside))


async def hints(editor, uri):
    """Return the inlay hints of a document: the words before each, and its label."""
    whole = editor.range(uri, 0, len(editor.texts[uri]))
    params = types.InlayHintParams(types.TextDocumentIdentifier(uri), whole)
    found = await ask(editor, "text_document_inlay_hint", params)
    return [(editor.texts[uri][: editor.offset(uri, each.position)], each.label) for each in found or ()]


EXPLAINED = {
    "stale-knowledge": "First fix: `rag`",
    "fine-tuning": "does not fix `stale-knowledge`",
    "proposed": "on its way",
    "KNW002": "Why it matters",
}


async def test_hover_says_what_a_word_means_and_what_fits(start):
    """Tags, approaches, the status and codes in directives explain themselves, over exactly their words."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-tariffs.md", f"{STATED}\n<!-- wrongfix-disable-file KNW002 -- agreed -->\n")
    for words, told in EXPLAINED.items():
        shown = await hover(editor, uri, words)
        assert editor.words(uri, shown.range) == words
        assert told in shown.contents.value


async def test_hover_explains_what_was_read_from_prose(start):
    """Words that were taken for a failure or an approach say so, and for which."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0001-handbook.md", PROSE)
    shown = await hover(editor, uri, "fine-tune")
    assert "`fine-tuning`" in shown.contents.value
    assert "Read as chosen from" in shown.contents.value


STATING = """---
failure-tags: [high-latency, speling]
approach: [caching]
tried: {prompting: "62 %"}
ruled-out: {structured-outputs: "none offered"}
out-of-scope: [hallucination]
---
# Answer sooner
"""
EXPLAINED_TOO = {
    "prompting": "· `prompting` ·",
    "structured-outputs": "· `structured-outputs` ·",
    "hallucination": "· `hallucination` ·",
    "speling": "No failure of this name is known.",
}


async def test_hover_explains_all_that_an_author_states(start):
    """What was tried, ruled out or left out explains itself like what fails, and an unknown tag says it is none."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-sooner.md", STATING)
    for words, told in EXPLAINED_TOO.items():
        shown = await hover(editor, uri, words)
        assert editor.words(uri, shown.range) == words
        assert told in shown.contents.value


async def test_the_words_a_failure_rests_on_explain_it(start):
    """In a sentence a failure was read from, the words it rests on stand for themselves, and the rest for the whole."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0001-handbook.md", PROSE)
    sentence = PROSE[PROSE.index("The support") : PROSE.index("\n\n## Decision")]
    for words, shown_over in (("tariffs", "last year's tariffs"), ("customers", sentence)):
        shown = await hover(editor, uri, words)
        assert editor.words(uri, shown.range) == shown_over
        assert "`stale-knowledge`" in shown.contents.value
        assert "Read as observed from “last year's tariffs”" in shown.contents.value


async def test_hover_shows_no_markup_to_those_who_cannot_read_it(start):
    """A client that declares no Markdown gets plain text, and words of a record run nothing."""
    editor = await start("vim-ale")
    uri = editor.open("0001-tariffs.md", STATED)
    shown = await hover(editor, uri, "stale-knowledge")
    assert shown.contents.kind == types.MarkupKind.PlainText
    assert "**" not in shown.contents.value


async def test_hover_says_nothing_about_plain_words(start):
    """Where there is nothing to say, nothing is said."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-tariffs.md", STATED)
    assert await hover(editor, uri, "Problem Statement") is None


async def test_hints_stand_behind_what_was_read_from_prose(start):
    """In a record without tags, the failure and the choice are hinted where they were read."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0001-handbook.md", PROSE)
    found = await hints(editor, uri)
    labels = {label for _, label in found}
    assert "chosen: fine-tuning" in labels
    assert "stale-knowledge" in labels


OPTIONS = PROSE.replace(
    "## Decision\n\nWe will fine-tune the model on the price list every quarter.",
    "## Considered Options\n\n* Fine-tuning\n* Prompt engineering\n\n## Decision Outcome\n\n"
    'Chosen option: "Fine-tuning", because the vendor offers it.',
)


async def test_an_option_and_the_statement_that_chooses_it_say_the_same(start):
    """What is chosen by the name of its option is hinted at and explains itself in both places, another option in one."""
    editor = await start("vscode1.139")
    uri = editor.open("docs/adr/0001-handbook.md", OPTIONS)
    found = [(before.rpartition("\n")[2], label) for before, label in await hints(editor, uri)]
    assert [each for each in found if "tuning" in each[1]] == [
        ("* Fine-tuning", "chosen: fine-tuning"),
        ('Chosen option: "Fine-tuning', "chosen: fine-tuning"),
    ]
    assert [each for each in found if "prompting" in each[1]] == [("* Prompt engineering", "considered: prompting")]
    for words in ("* Fine-tuning", '"Fine-tuning'):
        place = editor.where(uri, words).end
        params = types.HoverParams(types.TextDocumentIdentifier(uri), place)
        shown = await ask(editor, "text_document_hover", params)
        assert editor.words(uri, shown.range) == "Fine-tuning"
        assert "`fine-tuning`" in shown.contents.value


async def test_hints_are_silent_where_tags_are_stated_and_out_of_scope(start):
    """What the author wrote needs no hint, and a record about something else gets none."""
    editor = await start("vscode1.139")
    assert await hints(editor, editor.open("0001-tariffs.md", STATED)) == []
    other = PROSE.replace("The support assistant quotes", "The web shop shows").replace(
        "fine-tune the model", "rewrite"
    )
    assert await hints(editor, editor.open("docs/adr/0002-shop.md", other)) == []


SUM = "stale-knowledge → fine-tuning · 1 finding"


@pytest.mark.parametrize(("options", "shown"), [(None, []), ({"codeLens": True}, [SUM])])
async def test_a_lens_sums_a_record_up_when_switched_on(start, options, shown):
    """One line says what the record claims and how much is found in it; it is off unless switched on."""
    editor = await start("vscode1.139", options=options)
    uri = editor.open("0001-tariffs.md", STATED)
    found = await ask(editor, "text_document_code_lens", types.CodeLensParams(types.TextDocumentIdentifier(uri)))
    assert [each.command.title for each in found or ()] == shown


@pytest.mark.parametrize("client", ["vscode1.139", "vim-ale"])
async def test_sections_are_the_symbols_of_a_document(start, client):
    """A record's sections are a tree under its title, or a flat list for clients that know no trees."""
    editor = await start(client)
    uri = editor.open("0001-tariffs.md", STATED)
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    found = await ask(editor, "text_document_document_symbol", params)
    names = ["Context and Problem Statement", "Decision Outcome"]
    if client == "vim-ale":
        assert [each.name for each in found] == ["Keep tariffs current", *names]
        return
    assert [each.name for each in found] == ["Keep tariffs current"]
    assert [each.name for each in found[0].children] == names
    assert editor.words(uri, found[0].children[1].selection_range) == "## Decision Outcome"


async def test_a_lens_counts_the_findings_of_its_own_record(start):
    """In a log of records each line counts what is found in its record alone."""
    editor = await start("vscode1.139", options={"codeLens": True})
    fit, unfit = (
        "title: A\nfailure-tags: [stale-knowledge]\napproach: [rag]\n",
        ("title: B\nfailure-tags: [stale-knowledge, missing-citations]\napproach: [fine-tuning]\n"),
    )
    uri = editor.open("0001-log.yaml", f"{fit}---\n{unfit}")
    found = await ask(editor, "text_document_code_lens", types.CodeLensParams(types.TextDocumentIdentifier(uri)))
    assert [each.command.title.rpartition(" · ")[2] for each in found] == ["0 findings", "2 findings"]


async def test_keys_are_the_symbols_of_a_yaml_record_below_its_title(start):
    """A YAML record is named by its title, which carries its status, and its keys stand below it."""
    editor = await start("vscode1.139")
    text = "title: Keep tariffs\nstatus: proposed\ncontext: Old.\ndecision: We train.\n"
    uri = editor.open("docs/adr/0001-a.yaml", text)
    params = types.DocumentSymbolParams(types.TextDocumentIdentifier(uri))
    (root,) = await ask(editor, "text_document_document_symbol", params)
    assert (root.name, root.detail) == ("Keep tariffs", "proposed")
    assert editor.words(uri, root.selection_range) == "Keep tariffs"
    assert [each.name for each in root.children] == ["title", "status", "context", "decision"]


async def test_front_matter_and_sections_fold(start):
    """What can be folded ends at its last written line."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-tariffs.md", STATED)
    params = types.FoldingRangeParams(types.TextDocumentIdentifier(uri))
    found = await ask(editor, "text_document_folding_range", params)
    assert {(each.start_line, each.end_line) for each in found} >= {(0, 4), (5, 13), (7, 9), (11, 13)}


async def test_codes_in_directives_are_links_to_their_pages(start):
    """A directive names a rule; the name leads to the rule's page."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-tariffs.md", f"{STATED}\n<!-- wrongfix-disable-file KNW002 -- agreed -->\n")
    params = types.DocumentLinkParams(types.TextDocumentIdentifier(uri))
    found = await ask(editor, "text_document_document_link", params)
    assert [editor.words(uri, each.range) for each in found] == ["KNW002"]
    assert found[0].target.endswith("KNW002-tuning-on-changing-facts.md")
