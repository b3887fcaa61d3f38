"""pygls' protocol with our own text synchronisation, because pygls splits lines where the protocol does not.

A request that cannot be read is answered with an error instead of silence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidRequest
from pygls.protocol import LanguageServerProtocol, lsp_method
from pygls.protocol.json_rpc import JsonRPCNotification

_UNREADABLE = "$/wrongfix/unreadable"


class Protocol(LanguageServerProtocol):
    """Hands documents on without keeping a second copy of them."""

    @property
    def ended_well(self) -> bool:
        """Say whether the client asked for a shutdown before it left."""
        return bool(self._shutdown)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand an opened document on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand a change on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        """Hand a closed document on."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def _execute_handler(
        self,
        msg_id: str | int,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        """Run a handler, and forget it when it is done: pygls keeps what became of every notification for ever."""
        super()._execute_handler(msg_id, handler, callback, args, kwargs)
        future = self._request_futures.get(msg_id)
        if future is not None:
            # not at once: pygls goes through its futures while it cancels them
            loop = asyncio.get_running_loop()
            future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._request_futures.pop, msg_id, None))

    def structure_message(self, data: dict[str, Any]) -> Any:  # noqa: ANN401 # any message of the protocol
        """Return a message as its type; one that cannot be read is answered at once and passed over."""
        _name_language(data)
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            return JsonRPCNotification(method=_UNREADABLE, jsonrpc=self.VERSION, params=None)

    def handle_message(self, message: Any) -> None:  # noqa: ANN401 # as above
        """Handle a message; what is no message at all is passed over, and after the shutdown nothing is asked."""
        if self._shutdown and getattr(message, "method", types.EXIT) != types.EXIT and hasattr(message, "id"):
            self._send_response(message.id, error=JsonRpcInvalidRequest("the server was shut down").to_response_error())
        elif hasattr(message, "jsonrpc"):
            super().handle_message(message)


def _name_language(data: object) -> None:
    """Fill in the language of an opened document where a client leaves it out: the file's name tells it as well."""
    if isinstance(data, dict) and data.get("method") == types.TEXT_DOCUMENT_DID_OPEN:
        params = data.get("params")
        item = params.get("textDocument") if isinstance(params, dict) else None
        if isinstance(item, dict) and item.get("languageId") is None:
            item["languageId"] = ""
