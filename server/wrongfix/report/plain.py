"""Words made safe to show: what a record says never steers a terminal."""

from __future__ import annotations

_LINE_ENDS = dict.fromkeys(map(ord, "\t\n\r\x0b\x0c\x85\u2028\u2029"), " ")
_CONTROLS = dict.fromkeys((*range(0x20), 0x7F, *range(0x80, 0xA0)), "\ufffd")
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0xFEFF), "\ufffd")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SAFE = {**_CONTROLS, **_DIRECTIONS, **_SURROGATES, **_LINE_ENDS}


def plain(text: str) -> str:
    """Return text of the same length with control and direction signs replaced, on one line."""
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_SAFE)


def as_text(name: str) -> str:
    """Return a file's name with what is no text in it replaced: no reader of JSON has to take half a character."""
    return name if name.isascii() else name.translate(_SURROGATES)
