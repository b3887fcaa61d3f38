"""A client of language servers that only measures: how soon a server is ready, and how soon a keystroke is answered."""

from __future__ import annotations

import json
import queue
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SECONDS = 30
_WHOLE = 1
IDLE_SERVER = "from pygls.lsp.server import LanguageServer; LanguageServer('idle', '1').start_io()"
"""A pygls server that does nothing."""


@dataclass(frozen=True)
class Latency:
    """Milliseconds: from start to the answer of `initialize`, and from a keystroke to its diagnostics."""

    ready: float
    median: float
    slowest_of_twenty: float
    diagnostics: int


class Conversation:
    """A server and what it says, with the time it said it."""

    def __init__(self, command: Sequence[str | Path], folder: Path) -> None:
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        self._said: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {"textDocument": {"publishDiagnostics": {"versionSupport": True}}}
        params = {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities}
        answered, answer = self.ask("initialize", params)
        self.ready = (answered - self._started) * 1000
        sync = answer["result"]["capabilities"].get("textDocumentSync", _WHOLE)
        self._sync = sync.get("change", _WHOLE) if isinstance(sync, dict) else sync
        self.tell("initialized", {})

    def tell(self, method: str, params: object) -> float:
        """Send a notification and return when."""
        return self._send({"method": method, "params": params})

    def ask(self, method: str, params: object) -> tuple[float, dict[str, Any]]:
        """Send a request and return its answer, and when it came."""
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == number and "method" not in message)

    def wait(self, wanted: Callable[[dict[str, Any]], bool]) -> tuple[float, dict[str, Any]]:
        """Return the first message that is wanted, and when it came."""
        while True:
            at, message = self._said.get(timeout=_SECONDS)
            if wanted(message):
                return at, message

    def change(self, text: str, start: int, end: int, piece: str) -> dict[str, Any]:
        """Return the change that puts a piece into a text, as the server wants it: whole, or its range in UTF-16."""
        if self._sync == _WHOLE:
            return {"text": text[:start] + piece + text[end:]}
        return {"range": {"start": _position(text, start), "end": _position(text, end)}, "text": piece}

    def memory(self) -> float:
        """Return the memory the server holds, in MiB."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def end(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.wait()

    def _send(self, message: dict[str, Any]) -> float:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        at = time.perf_counter()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self._process.stdin.flush()
        return at

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = int(line.split(b":")[1])
            while stream.readline().strip():
                pass
            data = stream.read(length)
            at = time.perf_counter()
            message = json.loads(data)
            if "method" in message and "id" in message:
                asked = message["params"].get("items", []) if isinstance(message.get("params"), dict) else []
                self._send({"id": message["id"], "result": [None for _ in asked] or None})
            else:
                self._said.put((at, message))


def _position(text: str, offset: int) -> dict[str, int]:
    lines = re.split("\r\n|\r|\n", text[:offset])
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


def answers(message: dict[str, Any], uri: str, version: int) -> bool:
    """Say whether a message brings the diagnostics of this version; a server that names no version answers in order."""
    if message.get("method") != "textDocument/publishDiagnostics":
        return False
    params = message["params"]
    return bool(params["uri"] == uri and params.get("version") in (version, None))


def readiness(command: Sequence[str | Path], folder: Path) -> float:
    """Return the milliseconds until a server has answered `initialize`."""
    conversation = Conversation(command, folder)
    conversation.end()
    return conversation.ready


def typing(command: Sequence[str | Path], document: Path, keystrokes: int) -> Latency:
    """Type letters into a document and take them out again, each after the answer to the last."""
    conversation = Conversation(command, document.parent)
    uri, text = document.as_uri(), document.read_text(encoding="utf-8")
    item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
    conversation.tell("textDocument/didOpen", {"textDocument": item})
    _, first = conversation.wait(lambda message: answers(message, uri, 1))
    lines = text.split("\n")
    number = next(number for number, words in enumerate(lines) if number > 10 and len(words) > 40)
    place = sum(len(words) + 1 for words in lines[:number]) + 20
    taken = []
    for version in range(2, keystrokes + 2):
        piece, end = ("", place + 1) if version % 2 else ("x", place)
        change = conversation.change(text, place, end, piece)
        text = text[:place] + piece + text[end:]
        params = {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
        sent = conversation.tell("textDocument/didChange", params)
        came, _ = conversation.wait(lambda message, version=version: answers(message, uri, version))  # type: ignore[misc] # bound
        taken.append((came - sent) * 1000)
        time.sleep(0.01)
    conversation.end()
    ordered = sorted(taken)
    slow = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return Latency(conversation.ready, statistics.median(taken), slow, len(first["params"]["diagnostics"]))
