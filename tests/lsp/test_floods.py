"""Clients that send faster than can be answered, or hold very many documents open: bounded memory, nothing lost."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from lsp.editor import PATIENCE
from lsp.test_hostile import TEXT, Rude

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the system how much is taken")


@pytest.fixture
def rude():
    """Return a client whose server is ended whatever happens."""
    client = Rude()
    client.begin()
    yield client
    client.process.kill()
    client.process.wait()


def peak(client):
    """Return the most megabytes the server took so far."""
    status = Path(f"/proc/{client.process.pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def opened(client, uri, text=TEXT):
    """Open a document."""
    client.tell(
        "textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": text}}
    )


def state(client):
    """Return what the server has open, by address."""
    told = client.ask("workspace/executeCommand", {"command": "wrongfix.debugInformation"})
    return {each["uri"]: each for each in told["result"]["documents"]}


@pytest.mark.parametrize("count", [1_000, pytest.param(50_000, marks=pytest.mark.soak)])
def test_a_flood_of_changes_takes_no_memory_and_loses_nothing(count, rude):
    """Changes that come faster than checks are taken together; every one is in the text."""
    opened(rude, "file:///a.md")
    state(rude)
    before = peak(rude)
    for version in range(2, count + 2):
        end = {"line": 5 + version - 2, "character": 0}
        rude.tell("textDocument/didChange", {
            "textDocument": {"uri": "file:///a.md", "version": version},
            "contentChanges": [{"range": {"start": end, "end": end}, "text": f"{version:06}\n"}],
        })  # fmt: skip
    told = state(rude)["file:///a.md"]
    assert told["version"] == count + 1
    assert told["characters"] == len(TEXT) + 7 * count
    assert peak(rude) - before < 40 + told["characters"] * 800 / 1_000_000


def test_a_flood_of_requests_is_answered_or_refused(rude):
    """Each of five thousand requests gets an answer, at the latest that there are too many."""
    opened(rude, "file:///a.md", TEXT + "We will use rag for the model. " * 3_000)
    first = rude.number + 1
    place = {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 1, "character": 18}}
    for _ in range(5_000):
        rude.request("textDocument/hover", place)
    wanted = set(range(first, first + 5_000))
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not wanted <= {each.get("id") for each in rude.heard}:
        time.sleep(0.05)
    answers = [each for each in rude.heard if each.get("id") in wanted]
    assert len(answers) == 5_000
    refused = [each["error"]["code"] for each in answers if "error" in each]
    assert set(refused) <= {-32802}
    assert len(refused) < 5_000
    assert rude.end() == 0


@pytest.mark.parametrize("count", [400, pytest.param(5_000, marks=pytest.mark.soak)])
def test_thousands_of_open_documents_are_held(count, rude):
    """Each is checked and answered for; 60 KB for each, given back when it is closed."""
    opened(rude, "file:///first/a.md")
    state(rude)
    before = peak(rude)
    for number in range(count):
        opened(rude, f"file:///folder{number}/a.md")
    assert len(state(rude)) == count + 1
    answer = rude.ask("textDocument/documentSymbol", {"textDocument": {"uri": f"file:///folder{count - 1}/a.md"}})
    assert answer["result"]
    assert peak(rude) - before < 40 + count * 60 / 1_000
    for number in range(count):
        rude.tell("textDocument/didClose", {"textDocument": {"uri": f"file:///folder{number}/a.md"}})
    assert len(state(rude)) == 1
    assert rude.end() == 0


def test_settings_nobody_answers_for_pile_nothing_up():
    """A client that sends settings by the thousand and answers no question is asked once, and served."""
    client = Rude()
    try:
        able = {
            "workspace": {
                "configuration": True,
                "codeLens": {"refreshSupport": True},
                "inlayHint": {"refreshSupport": True},
            }
        }
        client.ask("initialize", {"capabilities": able, "rootUri": None, "processId": None})
        client.tell("initialized", {})
        for _ in range(3_000):
            client.tell("workspace/didChangeConfiguration", {"settings": {"wrongfix": {"codeLens": True}}})
            client.tell("initialized", {})
        assert client.ask("workspace/symbol", {"query": ""})["result"] == []
        assert sum(message.get("method") == "workspace/configuration" for message in client.heard) == 1
        assert client.end() == 0
    finally:
        client.process.kill()
        client.process.wait()


def test_a_document_larger_than_any_file_that_is_read_is_told(rude):
    """Seventeen megabytes in an editor are answered for at once, and read when there are fewer."""
    opened(rude, "file:///adr/a.md", TEXT + "rag model stale " * 1_100_000)
    answer = rude.ask("textDocument/documentSymbol", {"textDocument": {"uri": "file:///adr/a.md"}})
    assert "error" not in answer
    shown = [each for each in rude.heard if each.get("method") == "textDocument/publishDiagnostics"]
    assert [each["code"] for each in shown[-1]["params"]["diagnostics"]] == ["REC001"]
    rude.tell(
        "textDocument/didChange",
        {"textDocument": {"uri": "file:///adr/a.md", "version": 2}, "contentChanges": [{"text": TEXT}]},
    )
    rude.ask(
        "textDocument/codeAction",
        {
            "textDocument": {"uri": "file:///adr/a.md"},
            "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}},
            "context": {"diagnostics": []},
        },
    )
    shown = [each for each in rude.heard if each.get("method") == "textDocument/publishDiagnostics"]
    assert [each["code"] for each in shown[-1]["params"]["diagnostics"]] == ["KNW002"]
    assert rude.end() == 0
