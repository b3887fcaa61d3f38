"""The server's reading loop: bytes of a client into messages, each bounded; it knows no method.

pygls believes every length it is told and reads lines of any length. Here a message has a bound, one that is longer is
passed over piece by piece, and what is no message is answered.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from io import BufferedIOBase
from typing import Any, NoReturn, Protocol

LARGEST = 100_000_000
"""Bytes of a message: six for each character of the largest file that is read, and some."""
_HEADERS = 8_192
"""Bytes of a line of headers; the rest of a longer one is the next line."""
_PIECE = 65_536
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?\n?", re.IGNORECASE)


class Reader(Protocol):
    """Where bytes come from; an empty answer is the end."""

    def line(self) -> Awaitable[bytes]:
        """Return the next line, or the first bytes of one that is long."""

    def exactly(self, number: int) -> Awaitable[bytes]:
        """Return so many bytes, or fewer at the end."""


class Pipe:
    """Reads standard input beside the conversation, as much at once as there is: each wait is a change of threads."""

    def __init__(self, stream: BufferedIOBase, executor: Executor) -> None:
        self._stream = stream
        self._executor = executor
        self._ahead = bytearray()

    async def line(self) -> bytes:
        """Return the next line."""
        while (end := self._ahead.find(b"\n", 0, _HEADERS)) < 0:
            if len(self._ahead) >= _HEADERS or not await self._more():
                return self._taken(_HEADERS)
        return self._taken(end + 1)

    async def exactly(self, number: int) -> bytes:
        """Return so many bytes."""
        while len(self._ahead) < number and await self._more():
            pass
        return self._taken(number)

    async def _more(self) -> bool:
        """Read what there is; say whether it was anything."""
        piece = await asyncio.get_running_loop().run_in_executor(self._executor, self._stream.read1, _PIECE)
        self._ahead += piece
        return bool(piece)

    def _taken(self, number: int) -> bytes:
        taken = bytes(self._ahead[:number])
        del self._ahead[:number]
        return taken


class Socket:
    """Reads from an address."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._stream = stream

    async def line(self) -> bytes:
        """Return the next line."""
        try:
            return await self._stream.readuntil()
        except asyncio.IncompleteReadError as error:
            return error.partial
        except asyncio.LimitOverrunError:
            return await self._stream.read(_HEADERS)

    async def exactly(self, number: int) -> bytes:
        """Return so many bytes."""
        try:
            return await self._stream.readexactly(number)
        except asyncio.IncompleteReadError as error:
            return error.partial


async def run(
    reader: Reader, take: Callable[[Any], None], refuse: Callable[[str], None], ended: Callable[[], bool]
) -> None:
    """Hand each message on as plain data until the client is gone; what is none is refused in words.

    Lines that are no headers are passed over, so that a client that lost count is understood again later.
    """
    while not ended():
        length = await _length(reader)
        if length is None:
            return
        if length > LARGEST:
            refuse(f"a message of {length} bytes; the most is {LARGEST}")
            if not await _passed_over(reader, length):
                return
            continue
        body = await reader.exactly(length)
        if len(body) < length:
            return
        try:
            data = json.loads(body, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            refuse(f"not JSON: {str(error)[:200]}")
            continue
        take(data)
        await asyncio.sleep(0)  # what a message began goes on before the next is taken


async def _length(reader: Reader) -> int | None:
    """Return the length that a message's headers tell; nothing at the end."""
    length: int | None = None
    while line := await reader.line():
        if found := _LENGTH.fullmatch(line):
            length = int(found[1])
        elif length is not None and not line.strip():
            return length
    return None


async def _passed_over(reader: Reader, length: int) -> bool:
    """Read so many bytes and keep none; say whether they all came."""
    while length > 0:
        piece = await reader.exactly(min(length, _PIECE))
        if not piece:
            return False
        length -= len(piece)
    return True


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")
