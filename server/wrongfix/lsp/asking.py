"""What a client is asked for: its settings, and to ask again for what has changed; the same thing once at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from wrongfix.lsp.client import Client
from wrongfix.lsp.options import SECTION


class Asking:
    """The server's own requests, and the answers that are still to come."""

    def __init__(self, server: LanguageServer, client: Client, take: Callable[[object], None]) -> None:
        self._server = server
        self._client = client
        self._take = take
        self._sent: list[object] = []
        """The settings being asked about, and the newest that came meanwhile."""
        self._asked: dict[str, Future[Any]] = {}
        self._again: set[str] = set()

    async def settings(self, sent: object = None) -> None:
        """Take the editor's settings: what the client answers, else what it sent; null changes nothing.

        While a client is asked, it is not asked again; what it sends meanwhile is taken when it has answered.
        """
        self._sent.append(sent)
        if len(self._sent) > 1:
            del self._sent[1:-1]
            return
        try:
            while self._sent:
                said = await self._answer()
                self._take(self._sent[0] if said is None else said)
                self._sent = self._sent[1:]
        finally:
            self._sent.clear()

    async def offer(self, offers: list[types.Registration]) -> None:
        """Offer what can be asked for from now on."""
        if offers:
            with suppress(JsonRpcException):
                await self._server.client_register_capability_async(types.RegistrationParams(offers))

    def refresh(self) -> None:
        """Ask the client to ask again, where it can be asked to."""
        if self._client.pulls and self._client.refreshes_diagnostics:
            self._ask(types.WORKSPACE_DIAGNOSTIC_REFRESH)
        if self._client.refreshes_hints:
            self._ask(types.WORKSPACE_INLAY_HINT_REFRESH)
        if self._client.refreshes_lenses:
            self._ask(types.WORKSPACE_CODE_LENS_REFRESH)

    def stop(self) -> None:
        """Ask for nothing more."""
        self._again.clear()

    async def _answer(self) -> object:
        if not self._client.configuration:
            return None
        items = [types.ConfigurationItem(section=SECTION)]
        with suppress(JsonRpcException):
            answer = await self._server.workspace_configuration_async(types.ConfigurationParams(items))
            return answer[0] if answer else None
        return None

    def _ask(self, method: str) -> None:
        """Ask a client to ask again; one that has not answered yet is asked when it has."""
        if method in self._asked:
            self._again.add(method)
            return
        loop = asyncio.get_running_loop()
        self._asked[method] = self._server.protocol.send_request(method, None)
        self._asked[method].add_done_callback(lambda _: loop.call_soon_threadsafe(self._answered, method))

    def _answered(self, method: str) -> None:
        self._asked.pop(method, None)
        if method in self._again:
            self._again.discard(method)
            self._ask(method)
