"""Colours for terminals, given by what is coloured; whether to colour is decided at the edge."""

from __future__ import annotations

_SIGNS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "place": "1",
    "rule": "1",
    "rail": "34",
    "related": "34",
    "fix": "32",
    "faint": "2",
    "added": "32",
    "removed": "31",
}


def paint(text: str, part: str, *, on: bool) -> str:
    """Return the text in the colour of a part: a severity, `place`, `rule`, `rail`, `related`, `fix`, `faint`."""
    return f"\x1b[{_SIGNS[part]}m{text}\x1b[0m" if on and text else text
