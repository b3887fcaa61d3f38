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
        self.heard: list = []
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self.process.stdout
        while line := stream.readline():
            length = int(line.split(b":")[1]) if line.lower().startswith(b"content-length") else 0
            if length:
                while stream.readline().strip():
                    pass
                message = json.loads(stream.read(length))
                self.heard.append(message)
                self.said.put(message)

    def raw(self, body: bytes) -> None:
        """Send a body as it is."""
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def wire(self, *pieces: bytes) -> None:
        """Send bytes that are no whole message, one write each."""
        for piece in pieces:
            self.process.stdin.write(piece)
            self.process.stdin.flush()

    def tell(self, method, params=None) -> None:
        """Send a notification."""
        self.raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def ask(self, method, params=None):
        """Return the answer to a request, whatever else the server says meanwhile."""
        self.request(method, params)
        return self.answer(self.number)

    def request(self, method, params=None) -> None:
        """Send a request and wait for nothing."""
        self.number += 1
        self.raw(json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode())

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

    def next_request(self, method):
        """Return the id of the server's next request of a method."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            message = self.said.get(timeout=PATIENCE)
            if message.get("method") == method:
                return message["id"]
        raise TimeoutError(f"no {method}")

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
    for body in (b"{}", b'{"jsonrpc":"2.0","id":7,"result":null}', b'{"jsonrpc":"2.0","result":null}'):
        rude.raw(body)
    assert "error" in rude.ask("textDocument/hover", {"textDocument": 3})
    assert "error" in rude.ask("textDocument/hover", [1, 2])
    assert rude.end() == 0


def test_what_is_no_message_is_answered_with_why(rude):
    """Batches, other versions of JSON-RPC, odd ids, numbers that JSON has not, nesting beyond measure: an error each."""
    rude.begin()
    for body in (
        b"[]", b'[{"jsonrpc":"2.0","id":5,"method":"shutdown"}]', b"1", b"not json", b"\xff\xfe", b"", b"[" * 100_000, b'{"a":' * 100_000,
        b'{"jsonrpc":"2.0","id":NaN,"method":"shutdown"}', b'{"jsonrpc":"2.0","id":1e999999,"method":"shutdown"}',
        b'{"jsonrpc":"2.0","id":' + b"1" * 5_000 + b',"method":"shutdown"}', b'{"jsonrpc":"2.0","id":[1],"method":"shutdown"}',
        b'{"jsonrpc":"2.0","id":true,"method":"shutdown"}', b'{"jsonrpc":"2.0","id":null,"method":"shutdown"}',
    ):  # fmt: skip
        rude.raw(body)
        assert rude.answer(None)["error"]["code"] == -32700, body[:50]
    for body in (
        b'{"id":77,"method":"shutdown"}',
        b'{"jsonrpc":"1.0","id":77,"method":"shutdown"}',
        b'{"jsonrpc":"2.0","id":77,"method":3}',
    ):
        rude.raw(body)
        assert rude.answer(77)["error"]["code"] == -32600, body
    deep = {}
    for _ in range(300):
        deep = {"a": [deep]}
    assert rude.ask("workspace/executeCommand", {"command": "x", "arguments": [deep]})["error"]["code"] == -32602
    assert rude.end() == 0


def test_lengths_that_lie_and_headers_in_pieces_are_survived(rude):
    """A length beyond the bound is told and passed over; lines that are no header are passed over; pieces are joined."""
    rude.begin()
    rude.wire(
        b"junk\n", b"\x00" * 100_000 + b"\n", b"Content-Length: -5\r\n", b"Content-Length: 1" + b"0" * 30 + b"\r\n\r\n"
    )
    body = b'{"jsonrpc":"2.0","id":"a","method":"workspace/symbol","params":{"query":""}}'
    rude.wire(
        b"content-LENGTH :%d \n" % len(body), b"X-Other: " + b"y" * 20_000 + b"\r\n", b"\r", b"\n", body[:9], body[9:]
    )
    assert rude.answer("a")["result"] is not None
    size = 100_000_001
    rude.wire(b"Content-Length: %d\r\n\r\n" % size, *[b" " * 1_000_000] * 100, b" ")
    assert "bytes" in rude.answer(None)["error"]["message"]
    assert rude.end() == 0


@pytest.mark.parametrize("trace", ["compact", "verbose", None, 7, []])
def test_a_trace_of_any_name_is_no_reason_to_refuse_a_client(rude, trace):
    """Some clients have names for traces that the protocol has not; they are served all the same."""
    able = {"capabilities": {}, "rootUri": None, "processId": None, "trace": trace}
    assert "result" in rude.ask("initialize", able)
    assert rude.end() == 0


def test_every_request_is_answered_before_and_after_its_time(rude):
    """Before initialize, at a second one, and after shutdown: an error, and nothing is done."""
    hover = ("textDocument/hover", {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}})
    assert rude.ask(*hover)["error"]["code"] == -32002
    assert rude.ask("workspace/executeCommand", {"command": "wrongfix.debugInformation"})["error"]["code"] == -32002
    assert rude.ask("shutdown")["error"]["code"] == -32002
    rude.begin()
    assert rude.ask("initialize", {"capabilities": {}, "rootUri": None, "processId": None})["error"]["code"] == -32600
    assert "result" in rude.ask("shutdown")
    for method, params in (hover, ("shutdown", None), ("workspace/symbol", {"query": ""})):
        assert rude.ask(method, params)["error"]["code"] == -32600
    rude.tell(
        "textDocument/didOpen",
        {"textDocument": {"uri": "file:///a.md", "languageId": "markdown", "version": 1, "text": TEXT}},
    )
    rude.tell("exit")
    assert rude.process.wait(PATIENCE) == 0


def test_a_shutdown_answers_what_is_under_way(rude):
    """A command that waits for the client is cancelled and answered, and so is the shutdown itself."""
    able = {
        "window": {"showDocument": {"support": True}},
        "workspace": {"configuration": True, "didChangeWatchedFiles": {"dynamicRegistration": True}},
    }
    assert "result" in rude.ask("initialize", {"capabilities": able, "rootUri": None, "processId": None})
    rude.tell("initialized", {})
    for number in (801, 802):
        rude.raw(json.dumps({
            "jsonrpc": "2.0", "id": number, "method": "workspace/executeCommand",
            "params": {"command": "wrongfix.openRulePage", "arguments": ["https://example.com/"]},
        }).encode())  # fmt: skip
    rude.raw(b'{"jsonrpc":"2.0","id":803,"method":"shutdown"}')
    said = {number: rude.answer(number) for number in (801, 802, 803)}
    assert [said[number]["error"]["code"] for number in (801, 802)] == [-32800, -32800]
    assert "result" in said[803]
    rude.tell("exit")
    assert rude.process.wait(PATIENCE) == 0


def test_answers_nobody_asked_for_and_answers_of_another_form_do_no_harm(rude):
    """The client's own ids in an answer, the server's ids in a cancellation, results of any form: the server goes on."""
    able = {"workspace": {"configuration": True}}
    assert "result" in rude.ask("initialize", {"capabilities": able, "rootUri": None, "processId": None})
    rude.tell("initialized", {})
    for result in ([None], "x", 3, {"a": 1}, [[]], [{"wrongfix": {"run": 3}}]):
        asked = rude.next_request("workspace/configuration")
        rude.tell("$/cancelRequest", {"id": asked})
        rude.raw(json.dumps({"jsonrpc": "2.0", "id": asked, "result": result}).encode())
        rude.raw(json.dumps({"jsonrpc": "2.0", "id": asked, "error": {"code": 1}}).encode())
        rude.raw(json.dumps({"jsonrpc": "2.0", "id": rude.number + 1, "result": 1}).encode())
        assert rude.ask("workspace/symbol", {"query": ""})["result"] is not None
        rude.tell("workspace/didChangeConfiguration", {"settings": None})
    rude.raw(json.dumps({"jsonrpc": "2.0", "id": rude.next_request("workspace/configuration"), "error": 3}).encode())
    assert rude.end() == 0


@pytest.mark.parametrize(
    "uri", ["file:///nowhere/a.md", "untitled:x", "", "http://example.com/a.md", "file:///%00", "file:///dev/zero",
     "file:a.md", "git:/a.md", "file:///%FF%ED%A0%80.md", "file://[", "\ud800", "file:///" + "x" * 32_000 + ".md", "file:///a\n.md"],
)  # fmt: skip
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
