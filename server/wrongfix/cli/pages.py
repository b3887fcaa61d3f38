"""Markdown as a terminal shows it: headings, paragraphs, lists and code, folded where they are too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from textwrap import wrap

from wrongfix.report.paint import paint

_LINK = re.compile(r"\[([^\]\n]+)\]\(((?:[^()\s]|\([^()\s]*\))+)\)")


def shown(page: str, *, width: int, colour: bool) -> str:
    """Return a page of our own Markdown fitted to a width."""
    return "".join(f"{line}\n" for line in _lines(page, width, colour=colour))


def linked(text: str) -> str:
    """Return a text with its links as a reader can copy them."""
    return _LINK.sub(r"\1 <\2>", text)


def _folded(line: str, width: int, indent: int) -> list[str]:
    """Return a line as several where it is too wide; words stay whole, addresses too."""
    return wrap(line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def _lines(page: str, width: int, *, colour: bool) -> Iterator[str]:
    fence = ""
    paragraph: list[str] = []
    for line in [*page.splitlines(), ""]:
        stripped = line.lstrip()
        if fence:
            if stripped.startswith(fence):
                fence = ""
            else:
                yield from _folded(f"    {line}", width, len(line) - len(stripped) + 6) if line else [""]
            continue
        if stripped and not stripped.startswith(("#", "```", "- ", "* ", "> ", "|")):
            paragraph.append(stripped)
            continue
        yield from _folded(linked(" ".join(paragraph)), width, 0)
        paragraph = []
        if stripped.startswith("```"):
            fence = stripped[: len(stripped) - len(stripped.lstrip("`"))]
        elif stripped.startswith("#"):
            yield paint(stripped.lstrip("# "), "rule", on=colour)
        elif stripped.startswith(("- ", "* ", "> ")):
            yield from _folded(f"  {linked(stripped)}", width, 4)
        else:
            yield line
