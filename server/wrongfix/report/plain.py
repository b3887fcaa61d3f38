"""Words made safe to show: what a record says never steers a terminal."""

from __future__ import annotations

_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " ")
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F, *range(0x80, 0xA0)), "\ufffd")
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF), "\ufffd")
_SURROGATES = dict.fromkeys(range(0xDC80, 0xDD00), "\ufffd")
_SAFE = {**_CONTROLS, **_DIRECTIONS, **_SURROGATES, **_LINE_ENDS}


def plain(text: str) -> str:
    """Return text of the same length with control and direction signs replaced, on one line."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_SAFE)
