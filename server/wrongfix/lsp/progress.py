"""Progress of long work, for clients that show it: begun late, so that short work shows nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

_AFTER, _EVERY = 0.5, 0.25
"""Seconds before anything is shown, and between two reports."""


class Progress:
    """One piece of work in the client's progress bar."""

    def __init__(self, server: LanguageServer, token: str, title: str, *, shown: bool) -> None:
        self._server = server
        self._token = token
        self._title = title
        self._shown = shown
        self._begun: asyncio.Task[None] | None = None
        self._last = monotonic()
        self._start = self._last

    def report(self, count: int) -> None:
        """Say how many files were read so far."""
        now = monotonic()
        if not self._shown or now - self._start < _AFTER or now - self._last < _EVERY:
            return
        self._last = now
        if self._begun is None:
            self._begun = asyncio.get_running_loop().create_task(self._begin())
        elif self._begun.done():
            self._server.work_done_progress.report(self._token, types.WorkDoneProgressReport(message=_files(count)))

    def end(self, count: int) -> None:
        """Say that the work is done."""
        if self._begun is not None:
            self._begun.add_done_callback(
                lambda _: self._server.work_done_progress.end(
                    self._token, types.WorkDoneProgressEnd(message=f"{count} records")
                )
            )

    async def _begin(self) -> None:
        with suppress(JsonRpcException):
            await self._server.work_done_progress.create_async(self._token)
        self._server.work_done_progress.begin(
            self._token, types.WorkDoneProgressBegin(title=self._title, cancellable=False)
        )


def _files(count: int) -> str:
    return f"{count} files"
