"""Markdown as a terminal shows it: headings, wrapped paragraphs and lists, code as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from wrongfix.report.paint import paint


def shown(page: str, *, width: int, colour: bool) -> str:
    """Return a page of our own Markdown fitted to a width."""
    return "".join(f"{line}\n" for line in _lines(page, width, colour=colour))


def _lines(page: str, width: int, *, colour: bool) -> Iterator[str]:
    fence = ""
    paragraph: list[str] = []
    for line in [*page.splitlines(), ""]:
        stripped = line.lstrip()
        if fence:
            if stripped.startswith(fence):
                fence = ""
            else:
                yield f"    {line}" if line else ""
            continue
        if stripped and not stripped.startswith(("#", "```", "- ", "* ", "> ", "|")):
            paragraph.append(stripped)
            continue
        yield from wrap(" ".join(paragraph), width, break_on_hyphens=False)
        paragraph = []
        if stripped.startswith("```"):
            fence = stripped[: len(stripped) - len(stripped.lstrip("`"))]
        elif stripped.startswith("#"):
            yield paint(stripped.lstrip("# "), "rule", on=colour)
        elif stripped.startswith(("- ", "* ", "> ")):
            yield from wrap(stripped, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
        else:
            yield line
