"""A client that keeps no rule of the protocol: every request is answered, nothing ends the server but its end."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from queue import Empty, Queue

import pytest

from lsp.editor import PATIENCE, SERVER

TEXT = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# A\n"
REQUESTS = (
    "textDocument/hover", "textDocument/completion", "textDocument/codeAction", "textDocument/documentSymbol", "textDocument/definition",
    "textDocument/references", "textDocument/prepareRename", "textDocument/rename", "textDocument/foldingRange", "textDocument/documentLink",
    "textDocument/inlayHint", "textDocument/codeLens", "textDocument/diagnostic",
)  # fmt: skip


class Rude:
    """A client that writes what it likes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.said: Queue = Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self.process.stdout
        while line := stream.readline():
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else 0
            if length:
                while stream.readline().strip():
                    pass
                self.said.put(json.loads(stream.read(length)))

    def raw(self, body: bytes) -> None:
        """Send a body as it is."""
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, params=None) -> None:
        """Send a notification."""
        self.raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method, params=None):
        """Return the answer to a request, whatever else the server says meanwhile."""
        self.number += 1
        self.raw(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode())
        return self.answer(self.number)

    def answer(self, number):
        """Return the answer with a number."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                message = self.said.get(timeout=0.2)
            except Empty:
                continue
            if message.get("id") == number and "method" not in message:
                return message
        raise TimeoutError(f"no answer to {number}")

    def begin(self, root=None) -> None:
        """Begin as the protocol asks."""
        assert "result" in self.ask("initialize", {"capabilities": {}, "rootUri": root, "processId": None})
        self.tell("initialized", {})

    def end(self) -> int:
        """End as the protocol asks; return the status of the process."""
        assert "result" in self.ask("shutdown")
        self.tell("exit")
        return self.process.wait(PATIENCE)


@pytest.fixture
def rude():
    """Return a client whose server is ended whatever happens."""
    client = Rude()
    yield client
    client.process.kill()
    client.process.wait()


def test_what_comes_before_initialize_is_refused(rude):
    """A request is answered by an error, a notification is passed over, and the start still works."""
    rude.tell(
        "textDocument/didOpen",
        {"textDocument": {"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": TEXT}},
    )
    assert "error" in rude.ask(
        "textDocument/hover", {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}}
    )
    rude.begin()
    assert rude.end() == 0


def test_unknown_methods_and_broken_messages_are_answered_or_passed_over(rude):
    """An unknown request gets MethodNotFound, parameters of another shape an error, what is no message nothing."""
    rude.begin()
    assert rude.ask("wrongfix/nothing", {})["error"]["code"] == -32601
    rude.tell("wrongfix/nothing", {})
    rude.tell("$/cancelRequest", {"id": 999})
    for body in (
        b"{}",
        b"[]",
        b"1",
        b"null",
        b'"x"',
        b'{"jsonrpc":"2.0","id":7,"result":null}',
        b"not json",
        b"\xff\xfe",
    ):
        rude.raw(body)
    assert "error" in rude.ask("textDocument/hover", {"textDocument": 3})
    assert "error" in rude.ask("textDocument/hover", [1, 2])
    assert rude.end() == 0


@pytest.mark.parametrize(
    "uri", ["file:///nowhere/a.md", "untitled:x", "", "http://example.com/a.md", "file:///%00", "file:///dev/zero"]
)
def test_requests_for_what_is_not_open_are_answered(uri, rude):
    """Every request about a document nobody opened gets an answer, and the server lives."""
    rude.begin()
    place = {"line": 2**31 - 1, "character": 2**31 - 1}
    for method in REQUESTS:
        answer = rude.ask(method, {
            "textDocument": {"uri": uri}, "position": place, "range": {"start": place, "end": place}, "newName": "../../x",
            "context": {"includeDeclaration": True, "diagnostics": []},
        })  # fmt: skip
        assert "result" in answer or "error" in answer
    rude.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": "x"}]})
    rude.tell("textDocument/didClose", {"textDocument": {"uri": uri}})
    rude.tell("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert rude.end() == 0


def test_documents_out_of_order_and_places_outside_do_no_harm(rude):
    """Opened twice, versions that fall, edits beyond the end, halves of pairs: the text is what was sent last."""
    rude.begin()
    uri = "file:///a.md"
    for version in (5, 1):
        rude.tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "markdown", "version": version, "text": TEXT}},
        )
    far = {"line": 9_999, "character": 9_999}
    for version, text in ((0, "\ud800"), (-1, "😀"), (3, "x" * 100_000)):
        change = {"range": {"start": far, "end": {"line": 0, "character": 0}}, "text": text}
        rude.tell(
            "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
        )
    rude.tell(
        "textDocument/didChange", {"textDocument": {"uri": uri, "version": 9}, "contentChanges": [{"text": TEXT}]}
    )
    answer = rude.ask("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert answer["result"]
    assert rude.end() == 0


def test_what_is_asked_after_the_shutdown_is_refused(rude):
    """A request after the shutdown gets InvalidRequest, a notification nothing, and the end is a good one."""
    rude.begin()
    assert "result" in rude.ask("shutdown")
    assert rude.ask("workspace/symbol", {"query": ""})["error"]["code"] == -32600
    rude.tell("initialized", {})
    rude.tell("exit")
    assert rude.process.wait(PATIENCE) == 0


def test_the_server_ends_with_its_client(rude):
    """A client that dies leaves no server behind, and one that left without a shutdown is told so by the status."""
    rude.begin()
    rude.process.stdin.close()
    assert rude.process.wait(PATIENCE) == 1


@pytest.mark.skipif(not hasattr(os, "kill"), reason="needs processes")
def test_two_clients_have_nothing_to_do_with_each_other():
    """Two servers at once, asked in turn, each know their own documents only."""
    clients = [Rude(), Rude()]
    try:
        for number, client in enumerate(clients):
            client.begin()
            text = TEXT.replace("# A", f"# Title {number}")
            client.tell(
                "textDocument/didOpen",
                {"textDocument": {"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": text}},
            )
        for _ in range(20):
            for number, client in enumerate(clients):
                answer = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": "file:///a.md"}})
                assert f"Title {number}" in json.dumps(answer["result"])
        assert [client.end() for client in clients] == [0, 0]
    finally:
        for client in clients:
            client.process.kill()
            client.process.wait()
