"""pygls' protocol with our own text synchronisation, because pygls splits lines where the protocol does not.

A request that cannot be answered gets an error instead of silence, whatever is wrong with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from concurrent.futures import Future
from typing import Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol, lsp_method

MOST_AT_ONCE = 1_000
"""Requests under way; a client that asks for more before it has an answer is told so."""
_TRACES = tuple(each.value for each in types.TraceValue)
_PARSE_ERROR, _SERVER_CANCELLED = -32700, -32802


class Protocol(LanguageServerProtocol):
    """Hands documents on without keeping a second copy of them."""

    is_left = False
    """Whether the client no longer reads."""

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

    def _run_generator(
        self, future: Future[Any] | None, *, gen: Generator[Any, Any, Any], result_future: Future[Any]
    ) -> None:
        """Go on with a handler that waited; what it waited for may be cancelled, which is no fault."""
        if future is not None and future.cancelled():
            result_future.cancel()
            gen.close()
        else:
            super()._run_generator(future, gen=gen, result_future=result_future)

    def take(self, data: Any) -> None:  # noqa: ANN401 # any JSON
        """Handle what a client sent; what cannot be handled is answered with why, and nothing else happens."""
        if not isinstance(data, dict):
            self.refuse("a message is an object, and several in one are none of the protocol's")
        elif data.get("jsonrpc") != self.VERSION:
            self._refuse(data, JsonRpcInvalidRequest(f'a message says "jsonrpc": "{self.VERSION}"'))
        elif "method" not in data:
            self._take_answer(data)
        elif not isinstance(data["method"], str):
            self._refuse(data, JsonRpcInvalidRequest("a method is a text"))
        elif "id" in data and not _is_id(data["id"]):
            self.refuse("an id is a number or a text")
        elif reason := self._reason_against(data["method"], asks="id" in data):
            self._refuse(data, reason)
        else:
            self._take_call(data)

    def refuse(self, reason: str) -> None:
        """Answer what is no message, or one whose id cannot be known."""
        self._send_data({"jsonrpc": self.VERSION, "id": None, "error": {"code": _PARSE_ERROR, "message": reason}})

    def _refuse(self, data: dict[str, Any], reason: JsonRpcException) -> None:
        """Answer a request with an error; what is no request wants no answer."""
        if _is_id(data.get("id")) and "method" in data:
            self._send_response(data["id"], error=reason.to_response_error())
        elif "id" in data:
            self.refuse(reason.message)

    def _reason_against(self, method: str, *, asks: bool) -> JsonRpcException | None:
        """Return why a call is not for now: before the beginning, after the end, or in a flood."""
        if self._workspace is None and method not in (types.INITIALIZE, types.EXIT):
            return JsonRpcServerNotInitialized("the first message is initialize")
        if self._workspace is not None and method == types.INITIALIZE:
            return JsonRpcInvalidRequest("initialize comes once")
        if self._shutdown and method != types.EXIT:
            return JsonRpcInvalidRequest("nothing comes after shutdown but exit")
        if asks and method != types.SHUTDOWN and self._under_way() >= MOST_AT_ONCE:
            return JsonRpcException(f"more than {MOST_AT_ONCE} requests at once", _SERVER_CANCELLED)
        return None

    def _under_way(self) -> int:
        """Return how many calls of the client's are being worked on; our own requests wait for the client."""
        return len(self._request_futures) - len(self._result_types)

    def _take_call(self, data: dict[str, Any]) -> None:
        _name_language(data)
        _drop_unknown_trace(data)
        try:
            message = self.structure_message(data)
        except JsonRpcException:
            self._refuse(data, JsonRpcInvalidParams(f"{data['method']} has parameters of another form"))
            return
        self._handle(message)

    def _take_answer(self, data: dict[str, Any]) -> None:
        """Take the answer to one of our own requests; nobody waits for any other."""
        number = data.get("id")
        if not _is_id(number) or number not in self._result_types:
            return
        try:
            message = self.structure_message(data)
        except JsonRpcException as error:
            future = self._request_futures.pop(number, None)
            if future is not None and not future.done():
                future.set_exception(error)
            return
        self._result_types.pop(number, None)
        self._handle(message)

    def _handle(self, message: Any) -> None:  # noqa: ANN401 # as above
        try:
            self.handle_message(message)
        except Exception as error:  # noqa: BLE001 # one message that fails must not end the conversation
            self._server.report_server_error(error, type(error))  # type: ignore[arg-type] # it is only logged

    def _handle_cancel_notification(self, msg_id: str | int) -> None:
        """Cancel a request of the client's; our own are not the client's to cancel."""
        if msg_id not in self._result_types:
            super()._handle_cancel_notification(msg_id)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, *args: Any) -> Generator[Any, Any, None]:  # noqa: ANN401 # as pygls has it
        """Cancel what is under way, each answered, and take nothing any more."""
        if (handler := self.fm.features.get(types.SHUTDOWN)) is not None:
            yield handler, args, None
        current = self.msg_id
        for number, future in list(self._request_futures.items()):  # a copy: what is cancelled leaves the table
            if number != current and not future.done():
                future.cancel()
        self._shutdown = True

    def _send_data(self, data: Any) -> None:  # noqa: ANN401 # as pygls has it
        """Send a message; a client that no longer reads has gone."""
        try:
            super()._send_data(data)
        except BrokenPipeError:
            self.is_left = True


def _name_language(data: dict[str, Any]) -> None:
    """Fill in the language of an opened document where a client leaves it out: the file's name tells it as well."""
    if data["method"] == types.TEXT_DOCUMENT_DID_OPEN:
        params = data.get("params")
        item = params.get("textDocument") if isinstance(params, dict) else None
        if isinstance(item, dict) and item.get("languageId") is None:
            item["languageId"] = ""


def _drop_unknown_trace(data: dict[str, Any]) -> None:
    """Leave out a trace of another name, which some clients have: no reason to refuse the conversation."""
    params = data.get("params")
    if data["method"] == types.INITIALIZE and isinstance(params, dict) and params.get("trace") not in _TRACES:
        params.pop("trace", None)


def _is_id(value: object) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)
