"""What fixes would change, as a patch that `git apply` takes: every byte as it stands, paths from the repository's top.

A terminal is shown the same with control signs replaced. UTF-16 is binary to Git and makes no patch.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from wrongfix import walk
from wrongfix.files import Document
from wrongfix.report.paint import paint
from wrongfix.report.plain import plain

_NO_END = "\\ No newline at end of file"


def patch(document: Document, after: str, *, readable: bool, colour: bool) -> Iterator[str]:
    """Yield the lines of the patch from a document to its new text, each with its end."""
    from difflib import unified_diff  # noqa: PLC0415 # rarely asked for

    mark = "\ufeff" if document.encoding == "utf-8-sig" else ""
    old, new = _lines(mark + document.source.text), _lines(mark + after)
    name = _named(document)
    for line in unified_diff(old, new, _quoted(f"a/{name}"), _quoted(f"b/{name}")):
        for each in (line.removesuffix("\n"), *(() if line.endswith("\n") else (_NO_END,))):
            shown = plain(each.removesuffix("\r")) if readable else each
            part = "added" if line[0] == "+" else "removed" if line[0] == "-" else ""
            yield f"{paint(shown, part, on=colour) if part else shown}\n"


def _lines(text: str) -> list[str]:
    r"""Return the lines as Git counts them, with their ends: it knows `\n` alone."""
    lines = [f"{line}\n" for line in text.split("\n")]
    return lines[:-1] if text.endswith("\n") or not text else [*lines[:-1], lines[-1][:-1]]


def _named(document: Document) -> str:
    """Return a document's path from the top of the repository around the current folder, as `git apply` reads it."""
    top = walk.repository_of(os.getcwd())
    if top is not None and document.path:
        name = os.path.relpath(document.path, top).replace(os.sep, "/")
        if not name.startswith("../"):
            return name
    return document.source.name


def _quoted(name: str) -> str:
    r"""Return a path as it stands in a patch: with a tab behind one with blanks, in quotes where Git needs them."""
    if name.isprintable() and not set(name) & set('"\\'):
        return f"{name}\t" if " " in name else name
    octets = name.encode("utf-8", "surrogateescape")
    signs = (chr(each) if 0x20 <= each < 0x7F and each not in b'"\\' else f"\\{each:03o}" for each in octets)
    return f'"{"".join(signs)}"'
