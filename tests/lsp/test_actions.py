"""Code actions are complete, true to their titles, and safe unless they say otherwise."""

from __future__ import annotations

import ast
import json
import re

import pytest
from lsprotocol import types

from lsp.editor import CLIENTS, capabilities, changes_of
from wrongfix import engine, rulebook
from wrongfix.lsp import actions, client, trying
from wrongfix.lsp.checking import Checked
from wrongfix.lsp.documents import Document
from wrongfix.lsp.index import Index
from wrongfix.lsp.options import Options
from wrongfix.lsp.projects import Project
from wrongfix.lsp.view import View
from wrongfix.settings import Settings
from wrongfix.text import Source, Span

MISFIT = """---
status: proposed
failure-tags: [stale-knowledge]
approach: [fine-tuning]
---
# Keep tariffs current

## Decision

We train.
"""
MISSPELT = "---\nfailure-tags: [stale-knowlege, hallucinaton]\napproach: [rag]\n---\n# A\n"
IGNORE = 'ignore = ["tuning-on-changing-facts"]\n'
UNFIT = "title: {}\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n"


def command_of(action):
    """Return the name and the arguments of an action's command: lsprotocol takes such an action for a bare command."""
    command = ast.literal_eval(action.command)
    return command["command"], command["arguments"]


def fixes(actions):
    """Return the actions that carry an edit and silence nothing."""
    return [
        each
        for each in actions
        if isinstance(each, types.CodeAction) and each.edit and not each.title.startswith("Silence")
    ]


@pytest.mark.parametrize("client", ["monaco0.57", "kate22", "vim-ale"])
async def test_bare_diagnostics_get_complete_actions(start, client):
    """Clients that return diagnostics without code, source and data, or take no document changes, get whole edits."""
    editor = await start(client)
    uri = editor.open("0001-tariffs.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"), bare=True)
    assert fixes(actions)[0].edit.document_changes is None
    editor.apply(fixes(actions)[0].edit)
    assert await editor.diagnostics(uri) == []


async def test_only_safe_fixes_are_preferred_and_unsafe_ones_say_so(start):
    """A misspelt tag is repaired safely and preferred; another choice is the author's and says it is unsafe."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-tariffs.md", MISFIT)
    unsafe = fixes(await editor.actions(uri, editor.where(uri, "fine-tuning")))[0]
    assert unsafe.title.endswith("(unsafe)")
    assert not unsafe.is_preferred
    uri = editor.open("0002-misspelt.md", MISSPELT)
    safe = fixes(await editor.actions(uri, editor.where(uri, "stale-knowlege")))[0]
    assert safe.is_preferred
    assert "unsafe" not in safe.title


async def test_all_findings_of_a_rule_are_fixed_at_once(start):
    """Where a rule finds several things, one action fixes them all."""
    editor = await start("vscode1.139")
    uri = editor.open("0002-misspelt.md", MISSPELT)
    actions = fixes(await editor.actions(uri, editor.where(uri, "stale-knowlege")))
    (whole,) = [each for each in actions if each.title == "Fix all 2 of unknown-failure"]
    editor.apply(whole.edit)
    assert "[stale-knowledge, hallucination]" in editor.texts[uri]


async def test_fixing_all_of_a_rule_says_when_it_is_unsafe(start):
    """One unsafe fix among those of a rule makes the whole action unsafe, and its title says so."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-log.yaml", "".join(f"---\n{UNFIT.format(name)}" for name in ("A", "B")))
    assert len(await editor.diagnostics(uri)) == 2
    actions = fixes(await editor.actions(uri, editor.where(uri, "fine-tuning")))
    (whole,) = [each for each in actions if each.title.startswith("Fix all 2 of")]
    assert whole.title == "Fix all 2 of tuning-on-changing-facts (unsafe)"
    editor.apply(whole.edit)
    assert await editor.diagnostics(uri) == []


@pytest.mark.parametrize("client", ["vscode1.139", "nvim010", "vim-ale"])
async def test_fix_all_applies_safe_fixes_alone(start, client):
    """On save only what keeps the meaning is applied: misspelt tags are, another approach is not."""
    editor = await start(client)
    text = MISSPELT.replace("[rag]", "[fine-tuning]")
    uri = editor.open("0002-misspelt.md", text)
    actions = await editor.actions(uri, editor.range(uri, 0, 0), only=["source.fixAll.wrongfix"])
    assert [each.kind for each in actions] == ["source.fixAll.wrongfix"]
    editor.apply(actions[0].edit)
    assert editor.texts[uri] == text.replace("stale-knowlege, hallucinaton", "stale-knowledge, hallucination")


async def test_only_what_is_asked_for_is_offered(start):
    """A client that asks for one kind of action gets that kind."""
    editor = await start("vscode1.139")
    uri = editor.open("0002-misspelt.md", MISSPELT)
    range_ = editor.where(uri, "stale-knowlege")
    assert {each.kind for each in await editor.actions(uri, range_, only=["source"])} == {"source.fixAll.wrongfix"}
    kinds = {
        each.kind for each in await editor.actions(uri, range_, only=["quickfix"]) if isinstance(each, types.CodeAction)
    }
    assert kinds == {"quickfix"}
    assert await editor.actions(uri, range_, only=["refactor"]) == []


LINES = {
    "0001-a.md": (MISFIT, "fine-tuning"),
    "0001-b.yaml": ("title: A\nfailure-tags: [stale-knowledge]\napproach:\n  - fine-tuning\n", "fine-tuning"),
    "0001-c.md": ("# A\n\n## Failure tags\n\n- stale-knowlege\n- hallucination\n", "stale-knowlege"),
    "0001-d.md": ("# A\r\n\r\nFailure tags: stale-knowlege\r\n", "stale-knowlege"),
}


async def test_silencing_a_line_leaves_no_finding(start):
    """The directive silences the finding, is itself in order, and stands last among the actions."""
    editor = await start("vscode1.139")
    for name, (text, words) in LINES.items():
        uri = editor.open(name, text)
        before = await editor.diagnostics(uri)
        actions = await editor.actions(uri, editor.where(uri, words))
        titles = [each.title for each in actions]
        assert titles == sorted(titles, key=lambda title: title.startswith("Silence"))
        editor.apply(next(each for each in actions if each.title.endswith("on this line")).edit)
        assert len(await editor.diagnostics(uri)) == len(before) - 1
        assert ("\r\n" in text) == ("\r\n" in editor.texts[uri])


@pytest.mark.parametrize("name", ["0001-tariffs.md", "0001-tariffs.yaml"])
async def test_silencing_a_line_writes_no_comment_into_a_value(start, name):
    """In a block scalar a comment would be part of what it says: it stands above the key."""
    editor = await start("vscode1.139")
    fence = "---\n" if name.endswith(".md") else ""
    text = f"{fence}failure-tags: [stale-knowledge]\napproach: |\n  fine-tuning\nstatus: draft\n{fence}"
    uri = editor.open(name, text)
    editor.apply(
        next(
            each.edit
            for each in await editor.actions(uri, editor.where(uri, "|\n  fine-tuning"))
            if each.title.endswith("on this line")
        )
    )
    assert re.search(r"\n# wrongfix: ignore\[\w+\] say why\napproach: \|\n  fine-tuning\n", editor.texts[uri])
    assert await editor.diagnostics(uri) == []


async def test_silencing_is_offered_once_and_where_it_silences(start):
    """Findings of one rule share what silences them all; what is found about a comment, no comment is offered for."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", MISSPELT)
    actions = await editor.actions(uri, editor.range(uri, 0, len(MISSPELT)))
    assert [each.title for each in actions if each.title.startswith("Silence")] == [
        "Silence unknown-failure on this line",
        "Silence unknown-failure in this file",
        "Silence unknown-failure in the configuration",
        "Silence these 2 unknown-failure by the baseline",
    ]
    ((_, (change,)),) = changes_of(actions[-1].edit).items()
    assert len(json.loads(change.new_text)["findings"]) == 2
    for number, comment in enumerate(("KNW002 -- agreed", "KNW002", "KNW999 -- agreed")):
        text = MISFIT.replace("fine-tuning", "rag" if "--" in comment else "fine-tuning")
        uri = editor.open(f"100{number}-b.md", f"{text}\n<!-- wrongfix-disable-file {comment} -->\n")
        assert len(await editor.diagnostics(uri)) == 1
        actions = await editor.actions(uri, editor.where(uri, "<!--"))
        assert not [each for each in actions if each.title.endswith(("on this line", "in this file"))]


async def test_silencing_a_file_leaves_its_front_matter_in_place(start):
    """The directive for a whole file stands after the front matter."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    editor.apply(next(each for each in actions if each.title.endswith("in this file")).edit)
    assert await editor.diagnostics(uri) == []
    assert editor.texts[uri].startswith(MISFIT[: MISFIT.index("# Keep")])


async def test_no_comment_is_offered_against_a_finding_about_comments(start):
    """What cannot silence is not offered: only the configuration and the baseline do."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", f"{MISFIT}\n<!-- wrongfix-disable-file KNW999 -- why -->\n")
    titles = [each.title for each in await editor.actions(uri, editor.where(uri, "KNW999"))]
    assert "Silence unknown-silenced-rule in the configuration" in titles
    assert [title for title in titles if title.endswith(("on this line", "in this file"))] == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("wrongfix.toml", 'profile = "strict"\n', 'ignore = ["tuning-on-changing-facts"]\nprofile = "strict"\n'),
        ("wrongfix.toml", 'ignore = ["HYB"]\n', 'ignore = ["tuning-on-changing-facts", "HYB"]\n'),
        ("pyproject.toml", "[tool.wrongfix]\n", '[tool.wrongfix]\nignore = ["tuning-on-changing-facts"]\n'),
        (
            "pyproject.toml",
            '[tool.wrongfix.severity]\nDX = "info"\n',
            f'[tool.wrongfix.severity]\nDX = "info"\n\n[tool.wrongfix]\n{IGNORE}',
        ),
        (
            "pyproject.toml",
            'tool.wrongfix.profile = "strict"\n',
            f'tool.wrongfix.{IGNORE}tool.wrongfix.profile = "strict"\n',
        ),
        (
            "pyproject.toml",
            '[tool]\nwrongfix.profile = "strict"',
            f'[tool]\nwrongfix.{IGNORE}wrongfix.profile = "strict"',
        ),
        ("pyproject.toml", "[tool]\nwrongfix = {}\n", f"[tool]\nwrongfix = {{{IGNORE.strip()}}}\n"),
        (
            "pyproject.toml",
            '[tool]\nwrongfix = {profile = "strict"}\n',
            f'[tool]\nwrongfix = {{{IGNORE.strip()}, profile = "strict"}}\n',
        ),
        (
            "pyproject.toml",
            'tool.wrongfix = {profile = "strict", ignore = ["HYB"]}\n',
            'tool.wrongfix = {profile = "strict", ignore = ["tuning-on-changing-facts", "HYB"]}\n',
        ),
        (
            "pyproject.toml",
            '[tool.wrongfix.per-file-ignores]\n"*.txt" = ["DX"]\n',
            f'[tool.wrongfix.per-file-ignores]\n"*.txt" = ["DX"]\n\n[tool.wrongfix]\n{IGNORE}',
        ),
        (
            "wrongfix.toml",
            'extend = "base.toml"\n',
            'ignore = ["HYB", "tuning-on-changing-facts"]\nextend = "base.toml"\n',
        ),
        ("wrongfix.toml", None, 'ignore = ["tuning-on-changing-facts"]\n'),
    ],
)
async def test_silencing_in_the_configuration(start, tmp_path, name, before, after):
    """The rule joins those ignored by the closest configuration, however it is written; where there is none, one is made."""
    (tmp_path / "base.toml").write_text('ignore = ["HYB"]\n')
    if before is not None:
        (tmp_path / name).write_text(before)
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    edit = next(each.edit for each in actions if each.title == "Silence tuning-on-changing-facts in the configuration")
    (address, (change,)) = next(iter(changes_of(edit).items()))
    assert address == (tmp_path / name).as_uri()
    row, text = change.range.start.line, (before or "").splitlines(keepends=True)
    column = change.range.start.character
    at = sum(map(len, text[:row])) + column
    assert (before or "")[:at] + change.new_text + (before or "")[at:] == after


async def test_a_new_configuration_lies_at_the_top_of_the_innermost_folder(start, tmp_path):
    """Where workspace folders lie in one another, the one closest to the record is its own."""
    inner = tmp_path / "service"
    (inner / "docs").mkdir(parents=True)
    editor = await start("vscode1.139", tmp_path, more_folders=[inner])
    for name, top in (("service/docs/0001-a.md", inner), ("other/docs/0001-a.md", tmp_path)):
        uri = editor.open(name, MISFIT)
        actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
        edit = next(each.edit for each in actions if each.title.endswith("in the configuration"))
        assert list(changes_of(edit)) == [(top / "wrongfix.toml").as_uri()]


async def test_silencing_by_the_baseline(start):
    """The finding joins the baseline, and once that is written it is gone."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    edit = next(each.edit for each in actions if each.title.endswith("by the baseline"))
    (address, (change,)) = next(iter(changes_of(edit).items()))
    assert [each["file"] for each in json.loads(change.new_text)["findings"]] == ["0001-a.md"]
    path = editor.write(".wrongfix-baseline.json", change.new_text)
    assert address == path.as_uri()
    editor.tell_changed(path)
    assert await editor.diagnostics(uri) == []


@pytest.mark.parametrize("client", CLIENTS)
async def test_every_client_has_a_way_to_the_page_and_to_a_new_file(start, client, tmp_path):
    """Where a client shows no documents it is told the page's address; where it makes no files, the server makes them."""
    editor = await start(client)
    for name, ending in (("0001-a.md", "by the baseline"), ("0002-b.md", "in the configuration")):
        editor.write(name, MISFIT)
        uri = editor.open(name, MISFIT)
        actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
        (action,) = [each for each in actions if each.title.endswith(ending)]
        if isinstance(action, types.CodeAction):
            assert isinstance(action.edit.document_changes[0], types.CreateFile)
            continue
        editor.published.clear()
        command, (address, text) = command_of(action)
        assert await editor.command(command, address, text)
        assert await editor.diagnostics(uri) == []
        before = sorted(tmp_path.iterdir())
        # never over a file that is there, never another file, never elsewhere
        for other in (address, editor.uri("0003-c.toml"), f"{editor.uri('elsewhere')}/{address.rpartition('/')[2]}"):
            assert not await editor.command(command, other, text)
        assert sorted(tmp_path.iterdir()) == before
        assert len(editor.client.messages) == 3
        editor.client.messages.clear()
    (action,) = [each for each in actions if each.title.endswith("the page of tuning-on-changing-facts (KNW002)")]
    command, arguments = command_of(action)
    assert await editor.command(command, *arguments)
    shown, told = editor.client.shown_documents, editor.client.messages
    assert [*(each.uri for each in shown), *(each.message for each in told)] == arguments
    assert action.title.startswith("Open" if shown else "Tell the address of")


async def test_silencing_is_behind_a_setting(start):
    """Who does not want to be offered silence is not."""
    editor = await start("vscode1.139", options={"silenceActions": False})
    uri = editor.open("0001-a.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    assert fixes(actions)
    assert not [each for each in actions if each.title.startswith("Silence")]


async def test_the_rule_page_opens_in_the_editor(start):
    """The action shows the page of the rule, and only a page; nothing else is shown on demand."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-a.md", MISFIT)
    actions = await editor.actions(uri, editor.where(uri, "fine-tuning"))
    assert [each for each in actions if each.title == "Open the page of tuning-on-changing-facts (KNW002)"]
    link = (await editor.diagnostics(uri))[0].code_description.href
    assert await editor.command("wrongfix.openRulePage", link)
    assert [each.uri for each in editor.client.shown_documents] == [link]
    assert not await editor.command("wrongfix.openRulePage", "command:evil")


async def test_two_findings_with_one_remedy_offer_it_once(start):
    """Findings at one place whose fixes are the same share one action, which names both."""
    editor = await start("vscode1.139")
    text = MISFIT.replace("[stale-knowledge]", "[stale-knowledge, missing-citations]")
    uri = editor.open("0001-a.md", text)
    assert len(await editor.diagnostics(uri)) == 2
    found = fixes(await editor.actions(uri, editor.where(uri, "fine-tuning")))
    titles = [each.title for each in found]
    assert len(titles) == len(set(titles))
    assert len(found[0].diagnostics) == 2
    editor.apply(found[0].edit)
    assert await editor.diagnostics(uri) == []


def log(records):
    """Return a log of so many records, each with a misfit."""
    record = "- title: Tariffs {}\n  status: draft\n  failure-tags: [stale-knowledge]\n  approach: [fine-tuning]\n"
    return "".join(record.format(number) for number in range(records))


def seen(text):
    """Return a document as a request sees it."""
    source, settings = Source("/w/log.yaml", text), Settings()
    document = Document("file:///w/log.yaml", None, "yaml", 1, source)
    book = rulebook.load()
    checked = Checked(
        document, Project(settings, book), settings, engine.examine(source, book, settings), ours=True, generation=0
    )
    said = client.read(types.InitializeParams(capabilities=capabilities("vscode1.139")))
    return View(document, checked, said, Options(), Index())


def answered(view, first, last, monkeypatch, after=lambda: None):
    """Return the titles of the actions for a stretch of text, and the length of each text that was checked for them."""
    lengths = []

    def check(source, book, settings):
        lengths.append(len(source.text))
        after()
        return engine.check(source, book, settings)

    monkeypatch.setattr(trying, "check", check)
    monkeypatch.setattr(actions, "check", check)
    place = types.CodeActionParams(
        types.TextDocumentIdentifier(view.document.uri), view.range(Span(first, last)), types.CodeActionContext([])
    )
    return [each.title for each in actions.answer(view, place)], lengths


@pytest.mark.parametrize("records", [2, 20, 200])
def test_a_selection_of_many_findings_takes_a_bounded_number_of_checks(records, monkeypatch):
    """However many findings are selected, so many texts are checked and so many actions offered, and no more."""
    text = log(records)
    titles, lengths = answered(seen(text), 0, len(text), monkeypatch)
    assert len(lengths) <= trying.MOST
    assert f"Fix all {records} of tuning-on-changing-facts (unsafe)" in titles
    assert len(titles) <= 500
    assert any(title.startswith("Silence") for title in titles) == (records == 2)


def test_a_record_of_a_log_is_judged_apart(monkeypatch):
    """What is offered at a cursor is tried on the record around it, not on all others as well; and it is all there."""
    text = log(200)
    at = text.index("fine-tuning", len(text) // 2)
    titles, lengths = answered(seen(text), at, at, monkeypatch)
    assert max(lengths) < len(text) // 100
    assert titles[0] == "Replace fine-tuning by rag (unsafe)"
    assert "Silence tuning-on-changing-facts on this line" in titles


def test_an_answer_nobody_waits_for_is_not_finished(monkeypatch):
    """After a request is cancelled nothing more is tried."""
    text = log(20)
    view = seen(text)
    _, lengths = answered(view, 0, len(text), monkeypatch, view.left.set)
    assert len(lengths) == 1
