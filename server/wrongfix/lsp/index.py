"""The records of the workspace by file: titles, numbers and links, read once and kept up to date file by file."""

from __future__ import annotations


class Index:
    """Every record of the workspace folders."""
