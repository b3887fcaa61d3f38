"""What the server tells about itself: the log, the trace, and internal errors with what reproduces them."""

from __future__ import annotations

import json
import platform
import sys
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from wrongfix import __version__
from wrongfix.lsp.options import LEVELS

if TYPE_CHECKING:
    from pygls.lsp.server import LanguageServer

    from wrongfix.lsp.documents import Document

KINDS = {
    "error": types.MessageType.Error,
    "warning": types.MessageType.Warning,
    "info": types.MessageType.Info,
    "debug": types.MessageType.Log,
}
_KEPT = 10
"""How many documents of internal errors are kept on disk."""


class Log:
    """Speaks to the client's log; an internal error is shown once and logged each time."""

    def __init__(self, server: LanguageServer, level: Callable[[], str]) -> None:
        self._server = server
        self._level = level
        self._shown: set[str] = set()

    def say(self, level: str, message: str) -> None:
        """Log a message if the level set by the user lets it through."""
        least = self._level()
        if least != "off" and LEVELS.index(level) <= LEVELS.index(least):
            self._server.window_log_message(types.LogMessageParams(KINDS[level], message))

    def trace(self, message: str, detail: str | None = None) -> None:
        """Tell a step, if the client traces."""
        trace = self._server.protocol.trace
        if trace != types.TraceValue.Off:
            verbose = detail if trace == types.TraceValue.Verbose else None
            self._server.log_trace(types.LogTraceParams(message, verbose))

    @contextmanager
    def contained(
        self, doing: str, document: Document | None = None, settings: object = None
    ) -> Generator[None, None, None]:
        """Log what goes wrong inside and go on after it."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 # one answer that fails must not end the conversation
            self.failure(error, doing, document, settings)

    def failure(self, error: Exception, doing: str, document: Document | None = None, settings: object = None) -> None:
        """Log an internal error with what reproduces it, and show it the first time it happens."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "unknown place"
        about = {
            "doing": doing,
            "wrongfix": __version__,
            "python": platform.python_version(),
            "platform": sys.platform,
            "document": document.uri if document else None,
            "version": document.version if document else None,
            "kept": _kept(document) if document else None,
            "settings": repr(settings) if settings is not None else None,
        }
        told = "".join(traceback.format_exception(error))
        self.say("error", f"internal error while {doing}\n{json.dumps(about)}\n{told}")
        summary = f"{type(error).__name__} at {place}"
        if summary not in self._shown:
            self._shown.add(summary)
            message = (
                f"wrongfix: internal error while {doing} ({summary}). Earlier results stay; the log has the details."
            )
            self._server.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))


def _kept(document: Document) -> str | None:
    """Write the document that shows an error into the user's log folder; return where, or nothing when it cannot be."""
    from platformdirs import user_log_dir  # noqa: PLC0415 # only an internal error needs it

    folder = Path(user_log_dir("wrongfix", appauthor=False))
    data = document.source.text.encode("utf-8", "surrogatepass")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = sorted(folder.glob("failed-*"), key=lambda path: path.stat().st_mtime)
        for path in kept[: max(0, len(kept) - _KEPT + 1)]:
            path.unlink()
        path = folder / f"failed-{sha256(data).hexdigest()[:12]}{Path(document.source.name).suffix}"
        path.write_bytes(data)
    except OSError:
        return None
    return str(path)
