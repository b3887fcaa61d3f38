"""Positions are right in every encoding, whatever stands in the text, over the wire."""

from __future__ import annotations

import pytest
from lsprotocol import types

ODD = (
    "---\r\nstatus: proposed # 😀 e\u0301 漢字 \u2028 not a line end\r\n"
    "failure-tags: [stale-knowledge]\r\napproach: [{marks}fine-tuning]\r\n---\r\n# 漢字 😀 title\r\n"
)
SIGNS = ("\u2028", "\u2029", "\x0c", "\x0b", "\x85", "\x1c", "\r", "\r\n", "😀", "e\u0301", "漢")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_findings_stand_at_their_words(start, encoding):
    """A finding covers exactly its words, measured by the client's own rule, after emoji, marks, CJK and odd spaces."""
    editor = await start("emacs30", encodings=[encoding])
    assert editor.encoding == encoding
    for number, before in enumerate(("", "tool-use, ", "'😀', e\u0301, 漢字, ")):
        uri = editor.open(f"{number:04}-odd.md", ODD.replace("{marks}", before))
        found = await editor.diagnostics(uri)
        assert [editor.words(uri, each.range) for each in found if "fine-tuning" in each.message] == ["fine-tuning"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
async def test_edits_after_odd_signs_land_where_they_were_made(start, encoding):
    """What one encoding counts as a unit and what ends a line never moves an edit."""
    editor = await start("emacs30", encodings=[encoding])
    for number, sign in enumerate(SIGNS):
        uri = editor.open(f"{number:04}-odd.md", f"# A{sign}b 😀{sign}c\n\nend {sign} of it{sign}")
        for words in ("b ", "c\n", "end", "of it"):
            at = editor.texts[uri].index(words)
            editor.replace(uri, at, at + 1, f"{sign}x{sign}")
        editor.replace(uri, len(editor.texts[uri]), len(editor.texts[uri]), "😀")
        assert await editor.seen_by_server(uri) == editor.digest(uri)


async def test_a_place_beyond_its_line_is_its_end(start):
    """A column beyond a line, a line beyond the text and a place inside a character are moved, never refused."""
    editor = await start("vscode1.139")
    uri = editor.open("0001-short.md", "# A 😀\r\nb\r\n")
    beyond = types.Range(types.Position(0, 99), types.Position(1, 0))
    inside = types.Range(types.Position(0, 5), types.Position(0, 5))
    far = types.Range(types.Position(9, 9), types.Position(99, 0))
    changes = [
        types.TextDocumentContentChangePartial(range=each, text=str(number))
        for number, each in enumerate((inside, beyond, far))
    ]
    editor.send(uri, changes)
    editor.texts[uri] = "# A 0😀1b\r\n2"
    await editor.diagnostics(uri)
    assert await editor.seen_by_server(uri) == editor.digest(uri)
