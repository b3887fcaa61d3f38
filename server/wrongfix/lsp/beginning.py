"""Writing a new configuration or baseline for clients that make no files; nothing else is written, and nothing over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from wrongfix import baseline, configuration
from wrongfix.lsp.addresses import path_of

NEW_CONFIGURATION = configuration.FILE_NAMES[1]


class NotBegunError(Exception):
    """The file was not written; the words say why."""


def begin(address: str, text: str, served: Iterable[str]) -> str:
    """Write a new file that holds for one of the documents or folders served; return its path. Raises NotBegunError."""
    path = Path(path_of(address) or "")
    if path.name not in (NEW_CONFIGURATION, baseline.FILE_NAME):
        raise NotBegunError(f"{address} is neither a configuration nor a baseline")
    if not any(Path(each).is_relative_to(path.parent) for each in served):
        raise NotBegunError(f"{path} would hold for nothing that is open")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise NotBegunError(f"{path} cannot be written: {error.strerror or error}") from None
    return str(path)
