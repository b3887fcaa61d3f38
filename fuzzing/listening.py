"""One conversation with the language server inside this process: bytes go in, and all it says is held against the laws.

The server's own reading loop runs; only its threads are replaced, so that the same bytes give the same conversation.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from functools import cache
from typing import Any

from pygls.protocol import default_converter

from wrongfix import rulebook
from wrongfix.lsp.checking import Checks
from wrongfix.lsp.wiring import Server

_HEADER = re.compile(rb"Content-Length: (\d+)\r\nContent-Type: [^\r\n]+\r\n\r\n")
_TURNS = 400
"""Turns of the loop in which everything asked must be answered."""
_INTERNAL = -32603
_converter = cache(default_converter)  # making one takes longer than most conversations
logging.disable(logging.CRITICAL)


class Inline(Executor):
    """Does work at once, in the thread that asks."""

    def submit(self, call: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Return what came of the work."""
        future: Future[Any] = Future()
        try:
            future.set_result(call(*arguments, **named))
        except Exception as error:  # noqa: BLE001 # whoever waits for the work is told
            future.set_exception(error)
        return future


class Heard:
    """What the server wrote: whole messages, each held against what must be true of any."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.answers: Counter[int | str] = Counter()
        self.asked: list[int | str] = []
        """The server's own requests that nobody answered yet."""
        self.closed = False

    def write(self, data: bytes) -> None:
        """Take a message."""
        found = _HEADER.match(data)
        assert found is not None, data[:200]
        body = data[found.end() :]
        assert len(body) == int(found[1]), data[:200]
        message = json.loads(body, parse_constant=_no_number)
        assert message["jsonrpc"] == "2.0", message
        self.messages.append(message)
        if "method" in message:
            if "id" in message:
                self.asked.append(message["id"])
            said = json.dumps(message.get("params"))
            assert "internal error" not in said, message
        else:
            self.answers[message["id"]] += 1
            assert message.get("error", {}).get("code") != _INTERNAL, message

    def close(self) -> None:
        """Take note that the server has gone."""
        self.closed = True


class Said:
    """The bytes a client sends; before the end the server is answered and gets its turns to answer."""

    def __init__(self, pieces: list[bytes | Callable[[], bytes]], heard: Heard, done: Callable[[], bool]) -> None:
        self._pieces = list(reversed(pieces))
        self._heard = heard
        self._done = done
        self._left = b""

    async def line(self) -> bytes:
        """Return the next line."""
        return await self._take(lambda left: (left.find(b"\n") + 1) or len(left), whole=False)

    async def exactly(self, number: int) -> bytes:
        """Return so many bytes."""
        return await self._take(lambda left: min(number, len(left)), whole=True, number=number)

    async def _take(self, end: Callable[[bytes], int], *, whole: bool, number: int = 0) -> bytes:
        while self._pieces and (len(self._left) < number if whole else b"\n" not in self._left):
            piece = self._pieces.pop()
            self._left += piece if isinstance(piece, bytes) else piece()
            await asyncio.sleep(0)
        if not self._left:
            for _ in range(_TURNS):
                if self._done():
                    break
                if self._heard.asked:
                    self._left = b"".join(map(_refusal, self._heard.asked))
                    self._heard.asked.clear()
                    return await self._take(end, whole=whole, number=number)
                await asyncio.sleep(0)
        at = end(self._left)
        taken, self._left = self._left[:at], self._left[at:]
        return taken


def hold(pieces: list[bytes | Callable[[], bytes]], asked: Counter[int | str], heard: Heard) -> None:
    """Let a server hear the pieces, which may be made while it listens; each request is answered as often as it came."""
    server = Server(_converter)
    server.protocol.set_writer(heard)  # type: ignore[arg-type] # it writes as a stream does

    def is_done() -> bool:
        return heard.closed or all(heard.answers[number] >= times for number, times in asked.items())

    with suppress(SystemExit):
        asyncio.run(server.serve(Said(pieces, heard, is_done)))
    server.stop()
    if not heard.closed:
        for number, times in asked.items():
            assert heard.answers[number] == times, (number, times, heard.answers[number])


def framed(body: bytes) -> bytes:
    """Return a body with the header that belongs to it."""
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def _refusal(number: int | str) -> bytes:
    return framed(json.dumps({"jsonrpc": "2.0", "id": number, "error": {"code": -32601, "message": "no"}}).encode())


def _no_number(name: str) -> None:
    raise AssertionError(f"{name} was sent")


def _replace_threads() -> None:
    """Make what is costly once, and let no work run beside the conversation."""
    plain = rulebook.load
    load = cache(lambda rules, words: plain(own_rules=rules, own_words=dict(words)))
    rulebook.load = lambda own_rules=(), own_words=None: load(tuple(own_rules), tuple((own_words or {}).items()))  # type: ignore[assignment] # as above
    begin = Checks.__init__

    def begun(self: Checks, *arguments: Any, **named: Any) -> None:
        begin(self, *arguments, **named)
        self._worker.shutdown()
        self._worker = Inline()  # type: ignore[assignment] # it does what a pool does

    Checks.__init__ = begun  # type: ignore[method-assign] # as above
    Checks.warm_up = lambda _: None  # type: ignore[method-assign] # the rules are warm


_replace_threads()
