"""Addresses of files as clients write them, and paths; the two are turned into one another nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit


def path_of(uri: str) -> str | None:
    """Return the absolute path an address leads to; nothing for one that is no file on this machine."""
    try:
        parts = urlsplit(uri)
        path = os.fsdecode(unquote_to_bytes(parts.path))
    except ValueError:  # no address, or the half of a pair that no encoding has
        return None
    if parts.scheme != "file" or not path.startswith("/") or "\0" in path:
        return None
    if os.name == "nt":
        path = path.lstrip("/") if not parts.netloc else f"//{parts.netloc}{path}"
    return os.path.normpath(path)


def uri_of(path: str) -> str:
    """Return the address of a file by its absolute path."""
    return Path(path).as_uri()
