"""Places and edits of any text: there and back in every unit, and edits that join to what they say."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from properties.laws import RULERS, examples
from wrongfix.lsp.changing import changed
from wrongfix.lsp.documents import Documents
from wrongfix.lsp.ruler import Ruler
from wrongfix.text import Edit, OverlappingEditsError, Source, Span, apply

texts = st.text(
    st.one_of(st.sampled_from("ab\n\r\t \x0b\x85\u2028é😀\ud800\udc00\ufeff"), st.characters()), max_size=30
)
places = st.integers(0, 40)


@given(texts, places)
@examples(200)
def test_an_offset_survives_every_unit(text, offset):
    """Between the two signs of a line end there is no place; from any other the way leads back."""
    source = Source("r", text)
    offset = min(offset, len(text))
    if text[max(offset - 1, 0) : offset + 1] == "\r\n":
        return
    assert source.offset(source.position(offset)) == offset
    for ruler in RULERS:
        place = ruler.place(source, offset)
        assert ruler.offset(source, place.row, place.column) == offset


@given(texts, st.integers(-3, 40), st.integers(-3, 40))
@examples(200)
def test_any_place_a_client_names_lies_in_the_text(text, row, column):
    """Rows and columns beyond the text are moved into it."""
    source = Source("r", text)
    for ruler in RULERS:
        assert 0 <= ruler.offset(source, row, column) <= len(text)


@given(texts, st.lists(st.tuples(places, places, st.text("xy\n", max_size=3)), max_size=5), st.sampled_from(RULERS))
@examples(200)
def test_incremental_edits_equal_the_full_text(text, edits, ruler):
    """Whatever edits a client sends, the document is what the client's own text has become."""
    documents = Documents()
    documents.open(types.TextDocumentItem("file:///r.md", "markdown", 1, text))
    for version, (one, other, words) in enumerate(edits, 2):
        start, end = sorted((min(one, len(text)), min(other, len(text))))
        source = Source("r", text)
        if any(text[max(at - 1, 0) : at + 1] == "\r\n" for at in (start, end)):
            continue
        where = types.Range(
            *(types.Position(p.row, p.column) for p in (ruler.place(source, at) for at in (start, end)))
        )
        change = types.TextDocumentContentChangePartial(range=where, text=words)
        held = documents.change("file:///r.md", version, [change], ruler)
        text = text[:start] + words + text[end:]
        assert held is not None
        assert held.source.text == text
        assert held.version == version


ENDS = st.text(st.sampled_from("ab\r\n\r\n\u2028😀é\ud800"), max_size=20)
ANYWHERE = st.builds(types.Position, st.integers(0, 6), st.integers(0, 8))
CHANGES = st.one_of(
    st.builds(types.TextDocumentContentChangePartial, range=st.builds(types.Range, ANYWHERE, ANYWHERE), text=ENDS),
    st.builds(types.TextDocumentContentChangeWholeDocument, text=ENDS),
)


@given(ENDS, st.lists(CHANGES, max_size=8), st.sampled_from(RULERS))
@examples(500)
def test_changes_of_one_message_are_those_of_many(text, changes, ruler):
    """Where lines come together, fall apart or end before the place, changes taken together make the same text."""
    apart = Source("r", text)
    for change in changes:
        apart = changed(apart, [change], ruler)
    assert changed(Source("r", text), changes, ruler).text == apart.text


def test_a_change_among_many_looks_at_its_own_line():
    """What one of many changes costs does not grow with the text around its line."""
    looked_at = []

    class Counting(Ruler):
        def characters(self, text, units):
            looked_at.append(len(text))
            return super().characters(text, units)

    text = "a line of some words\n" * 10_000
    ranges = [types.Range(types.Position(row, 2), types.Position(row, 6)) for row in range(0, 10_000, 10)]
    changes = [types.TextDocumentContentChangePartial(range=each, text="word") for each in ranges]
    assert changed(Source("r", text), changes, Counting()).text.count("a word of") == 1_000
    assert sum(looked_at) == 2 * 1_000 * len("a line of some words")


@given(texts, st.lists(st.tuples(places, places, st.text(max_size=3)), max_size=5))
@examples(200)
def test_edits_are_made_all_or_not_at_all(text, edits):
    """Edits that overlap or lie outside are refused; the rest replaces exactly what it covers."""
    made = [Edit(Span(*sorted((one, other))), words) for one, other, words in edits]
    ordered = sorted(made, key=lambda edit: (edit.span.start, edit.span.end))
    overlap = any(a.span.end > b.span.start for a, b in itertools.pairwise(ordered))
    outside = any(edit.span.end > len(text) for edit in made)
    if overlap or outside:
        with pytest.raises(OverlappingEditsError):
            apply(text, made)
        return
    expected, at = "", 0
    for edit in ordered:
        expected += text[at : edit.span.start] + edit.content
        at = edit.span.end
    assert apply(text, made) == expected + text[at:]
