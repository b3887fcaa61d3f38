"""A client made from bytes: well-formed messages in any order, and its own idea of every text, to be held against."""

from __future__ import annotations

import json
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from fuzzing.listening import Heard, framed, hold

RECORDS = Path(__file__).parents[1] / "tests" / "records"
CLIENTS = [
    json.loads(path.read_text(encoding="utf-8")) for path in sorted((RECORDS.parent / "lsp" / "clients").glob("*.json"))
]
_STATED = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# A\n\n## Decision\n\nWe fine-tune.\n"
TEXTS = (
    _STATED, _STATED.replace("\n", "\r\n"), _STATED.replace("\n", "\r"), "", "---\nfailure-tags: [", "# 😀\n\n\u2028é\ud800",
    "title: A\nfailure-tags: [stale-knowlege]\napproach: fine-tuning\n", "[tool]\n", "select = ['KNW']\n", "x = [", "<!-- wrongfix-disable",
    *(path.read_text(encoding="utf-8") for path in sorted(RECORDS.rglob("*.md"), key=lambda path: path.stat().st_size)[:8]),
)  # fmt: skip
ROOT = Path(mkdtemp())
(ROOT / "adr").mkdir()
for number, text in enumerate(TEXTS[:3]):
    (ROOT / "adr" / f"000{number}-a.md").write_text(text, encoding="utf-8", newline="")
URIS = (
    (ROOT / "adr" / "0000-a.md").as_uri(), (ROOT / "adr" / "0009-new.md").as_uri(), (ROOT / "b.yaml").as_uri(), (ROOT / "wrongfix.toml").as_uri(),
    "untitled:Untitled-1", "git:/a/b.md?x", "http://example.com/a.md", "", "file:///%00", "file:x.md", "file:///nowhere/%FF%ED%A0%80.md", "file://[", "\ud800",
)  # fmt: skip
REQUESTS = (
    "hover", "completion", "codeAction", "documentSymbol", "definition", "references", "prepareRename", "rename", "foldingRange",
    "documentLink", "inlayHint", "codeLens", "diagnostic",
)  # fmt: skip
COMMANDS = ("wrongfix.debugInformation", "wrongfix.openRulePage", "nothing")
SETTINGS: tuple[object, ...] = (
    None, {}, 1, [], {"wrongfix": {"diagnostics": False, "codeLens": True}}, {"inlayHints": {"enable": False}}, {"run": "onSave"},
    {"configuration": "wrongfix.toml"}, {"configuration": "/\0"}, {"configuration": "x" * 5_000}, {"logLevel": "debug"}, {"run": []},
)  # fmt: skip
_LAST = "last"
Each = TypeVar("Each")
_END = re.compile(r"\r\n|\n|\r")


class Bytes:
    """Decisions, one after the other; when there are none left, each is the first."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def number(self, most: int) -> int:
        """Return a number from 0 to `most`, which is below 65536."""
        self._at += 1 + (most > 255)
        taken = int.from_bytes(self._data[self._at - 1 - (most > 255) : self._at])
        return taken % (most + 1)

    def one(self, of: tuple[Each, ...] | list[Each]) -> Each:
        """Return one of some things."""
        return of[self.number(len(of) - 1)]

    def words(self) -> str:
        """Return a short text, one of the known ones or one that the bytes spell."""
        length = self.number(60)
        if length > 40:
            return self.one(TEXTS)
        self._at += length
        return self._data[self._at - length : self._at].decode("utf-8", "surrogateescape")


class Client:
    """What is said, and what the texts must be by now."""

    def __init__(self, data: bytes) -> None:
        self.bytes = Bytes(data)
        self.heard = Heard()
        self.asked: Counter[int | str] = Counter()
        self.texts: dict[str, tuple[int, str]] = {}
        self.encoding = "utf-16"
        self._number = 0
        self._versions = 0

    def begin(self) -> bytes:
        """Begin as the protocol asks, as one of the recorded clients."""
        able = self.bytes.one([{}, *CLIENTS])
        offered = able.get("general", {}).get("positionEncodings") or []
        self.encoding = next((each for each in offered if each in ("utf-8", "utf-16", "utf-32")), "utf-16")
        root = self.bytes.one((None, ROOT.as_uri(), "file:///nowhere", "x"))
        params = {
            "capabilities": able,
            "rootUri": root,
            "processId": None,
            "initializationOptions": self.bytes.one(SETTINGS),
        }
        return self.ask("initialize", params) + self.tell("initialized", {})

    def ask(self, method: str, params: object) -> bytes:
        """Return a request."""
        self._number += 1
        self.asked[self._number] += 1
        return _message({"id": self._number, "method": method, "params": params})

    def tell(self, method: str, params: object) -> bytes:
        """Return a notification."""
        return _message({"method": method, "params": params})

    def next(self) -> bytes:
        """Return what is said next."""
        choose = self.bytes.number(15)
        uri = self.bytes.one(URIS)
        named = {"uri": uri}
        if choose <= 1:
            text, version = self.bytes.words(), self._version()
            self.texts[uri] = (version, text)
            language = self.bytes.one(("markdown", "yaml", "toml", "plaintext", ""))
            return self.tell(
                "textDocument/didOpen",
                {"textDocument": {**named, "languageId": language, "version": version, "text": text}},
            )
        if choose <= 4:
            version = self._version()
            changes = [self._change(uri, version) for _ in range(self.bytes.number(3))]
            if uri in self.texts:
                self.texts[uri] = (version, self.texts[uri][1])
            return self.tell(
                "textDocument/didChange", {"textDocument": {**named, "version": version}, "contentChanges": changes}
            )
        if choose == 5:
            self.texts.pop(uri, None)
            return self.tell("textDocument/didClose", {"textDocument": named})
        if choose == 6:
            return self.tell("textDocument/didSave", {"textDocument": named})
        if choose <= 10:
            return self._question(named)
        return self._aside(choose, uri)

    def end(self) -> bytes:
        """Ask for the state of the server."""
        self.asked[_LAST] += 1
        params = {"command": COMMANDS[0]}
        return _message({"id": _LAST, "method": "workspace/executeCommand", "params": params})

    def _question(self, named: dict[str, str]) -> bytes:
        method = self.bytes.one(REQUESTS)
        params: dict[str, Any] = {"textDocument": named, "position": self._place(), "newName": self.bytes.words()}
        params["range"] = {"start": self._place(), "end": self._place()}
        bare = {
            "range": params["range"],
            "message": "x",
            "code": self.bytes.one(("KNW002", "DX007", 3, None, "TAG001")),
        }
        params["context"] = {"includeDeclaration": True, "diagnostics": [bare] * self.bytes.number(1)}
        return self.ask(f"textDocument/{method}", params)

    def _aside(self, choose: int, uri: str) -> bytes:  # noqa: PLR0911 # one return for each kind
        if choose == 11:
            return self.tell("workspace/didChangeConfiguration", {"settings": self.bytes.one(SETTINGS)})
        if choose == 12:
            event = {
                "added": [{"uri": self.bytes.one(URIS), "name": "x"}],
                "removed": [{"uri": ROOT.as_uri(), "name": "x"}],
            }
            if self.bytes.number(3) == 0:
                return self.tell("workspace/didChangeWorkspaceFolders", {"event": event})
            return self.tell(
                "workspace/didChangeWatchedFiles", {"changes": [{"uri": uri, "type": 1 + self.bytes.number(2)}]}
            )
        if choose == 13:
            method, params = self.bytes.one((
                ("workspace/symbol", {"query": self.bytes.words()}), ("workspace/diagnostic", {"previousResultIds": [{"uri": uri, "value": "x"}]}),
                ("workspace/executeCommand", {"command": self.bytes.one(COMMANDS), "arguments": self.bytes.one((None, [], [uri], [1], [uri, uri]))}),
                ("x/unknown", {}), ("initialize", {"capabilities": {}}), ("textDocument/hover", 3), ("workspace/symbol", None),
            ))  # fmt: skip
            return self.ask(method, params)
        if choose == 14 and self.heard.asked:
            number = self.heard.asked.pop(self.bytes.number(len(self.heard.asked) - 1))
            result = self.bytes.one((None, [], [None], [self.bytes.one(SETTINGS)], {"success": True}, 1, "x"))
            error = {"code": -1, "message": "no"}
            return _message({"id": number, **self.bytes.one(({"result": result}, {"error": error}, {"error": 1}, {}))})
        rude = (
            {"id": self._number, "result": 1},
            {"method": "$/cancelRequest", "params": {"id": self._number}},
            {"method": "exit"},
        )
        if (said := self.bytes.number(20)) == 0:
            return self.ask("shutdown", None)
        return (
            _message(rude[said])
            if said < len(rude)
            else self.tell("$/setTrace", {"value": self.bytes.one(("verbose", "off", "x"))})
        )

    def _version(self) -> int:
        """Return a version no text had yet; now and then one that is lower than those before."""
        self._versions += 1
        return self._versions * (-1 if self.bytes.number(15) == 15 else 1)

    def _place(self) -> dict[str, int]:
        return {"line": self.bytes.number(20), "character": self.bytes.number(300)}

    def _change(self, uri: str, version: int) -> dict[str, Any]:
        words, whole = self.bytes.words(), self.bytes.number(3) == 0
        start, end = self._place(), self._place()
        if uri in self.texts:
            text = self.texts[uri][1]
            first = 0 if whole else self.offset(text, start)
            last = len(text) if whole else max(first, self.offset(text, end))
            self.texts[uri] = (version, text[:first] + words + text[last:])
        return {"text": words} if whole else {"range": {"start": start, "end": end}, "text": words}

    def offset(self, text: str, place: dict[str, int]) -> int:
        """Return where a place lies in a text, counted sign by sign as the protocol says."""
        starts = [0, *(found.end() for found in _END.finditer(text))]
        if place["line"] >= len(starts):
            return len(text)
        at, left = starts[place["line"]], place["character"]
        while at < len(text) and text[at] not in "\r\n":
            left -= _width(text[at], self.encoding)
            if left < 0:
                break
            at += 1
        return at

    def assert_heard(self) -> None:
        """The server's texts are the client's, and what it shows last of each lies inside."""
        told = next((each for each in self.heard.messages if each.get("id") == _LAST), {})
        if "result" not in told:
            return
        documents = {each["uri"]: each for each in told["result"]["documents"]}
        assert documents.keys() == self.texts.keys()
        shown = {
            each["params"]["uri"]: each["params"]
            for each in self.heard.messages
            if each.get("method") == "textDocument/publishDiagnostics"
        }
        for uri, (version, text) in self.texts.items():
            assert documents[uri]["version"] == version, uri
            assert documents[uri]["sha256"] == sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), (uri, text)
            if shown.get(uri, {}).get("version") == version:
                for each in shown[uri]["diagnostics"]:
                    assert each["range"]["start"]["line"] < len(_END.split(text)), each


def _width(sign: str, encoding: str) -> int:
    if encoding == "utf-32":
        return 1
    return len(sign.encode("utf-8", "surrogatepass")) if encoding == "utf-8" else 1 + (ord(sign) > 0xFFFF)


def _message(said: dict[str, Any]) -> bytes:
    return framed(json.dumps({"jsonrpc": "2.0", **said}).encode())


def converse(data: bytes) -> None:
    """Hold a conversation that the bytes spell."""
    client = Client(data)

    hold([client.begin, *[client.next] * min(len(data) // 4, 60), client.end], client.asked, client.heard)
    client.assert_heard()


def wire(data: bytes) -> None:
    """Send bytes as they are: what stands between blank lines is a body, and with `!` before it no message at all."""
    pieces = data.split(b"\n\n")
    hold([piece[1:] if piece.startswith(b"!") else framed(piece) for piece in pieces], Counter(), Heard())
