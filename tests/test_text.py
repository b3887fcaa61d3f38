"""Text with places: offsets, lines as the Language Server Protocol has them, and edits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wrongfix.text import Edit, OverlappingEditsError, Position, Source, Span, apply

LINES = st.text(st.sampled_from("ab\r\n\u2028\x0c\U0001f600"), max_size=30)


def source(text: str) -> Source:
    """Return a source under any name."""
    return Source("a.md", text)


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", (0,)),
        ("a\nb", (0, 2)),
        ("a\r\nb\rc\n", (0, 3, 5, 7)),
        ("a\u2028b\x0cc\x0bd\x85e\n", (0, 10)),
    ],
)
def test_lines_end_as_the_protocol_says(text, starts):
    r"""Only `\r\n`, `\n` and `\r` end a line; U+2028, form feed and their like do not."""
    assert source(text).line_starts == starts


@given(LINES, st.integers(0, 40))
def test_an_offset_survives_the_way_to_a_position_and_back(text, offset):
    """Position and offset are inverse, save inside a line end, which belongs to the end of its line."""
    place = source(text).position(offset)
    back = source(text).offset(place)
    inside_line_end = text[back : min(offset, len(text))].strip("\r\n") == ""
    assert back == min(offset, len(text)) or inside_line_end


def test_a_position_outside_the_text_is_moved_to_its_nearest_end():
    """Clients send such positions after an edit; they are no error."""
    text = source("ab\ncd")
    assert text.offset(Position(0, 99)) == 2
    assert text.offset(Position(9, 0)) == 5
    assert text.position(99) == Position(1, 2)
    assert text.position(-1) == Position(0, 0)


def test_a_line_is_given_without_its_end():
    """The span of a line holds neither part of a CRLF."""
    text = source("ab\r\ncd\ref\n")
    assert [text.slice(text.line(row)) for row in range(4)] == ["ab", "cd", "ef", ""]


@pytest.mark.parametrize(("text", "end"), [("a\r\nb\n", "\r\n"), ("a\rb", "\r"), ("a", "\n"), ("", "\n")])
def test_a_text_keeps_its_own_line_end(text, end):
    """The first line end is what an insertion has to use; a text without any gets a line feed."""
    assert source(text).line_end == end


@given(LINES, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.text("xy", max_size=3)), max_size=5))
def test_edits_change_their_spans_and_nothing_else(text, edits):
    """Applied together, edits give what applying them one by one from the last gives; or they are refused."""
    made = [Edit(Span(min(a, b), max(a, b)), content) for a, b, content in edits]
    ordered = sorted(made, key=lambda edit: (edit.span.start, edit.span.end))
    touching = any(one.span.end > two.span.start for one, two in pairwise(ordered))
    outside = any(edit.span.end > len(text) for edit in made)
    if touching or outside:
        with pytest.raises(OverlappingEditsError):
            apply(text, made)
        return
    expected = text
    for edit in reversed(ordered):
        expected = expected[: edit.span.start] + edit.content + expected[edit.span.end :]
    assert apply(text, made) == expected


def test_insertions_at_one_place_keep_their_order():
    """Two lines inserted at the same offset stand in the order they were given."""
    assert apply("ad", [Edit(Span(1, 1), "b"), Edit(Span(1, 1), "c")]) == "abcd"


def test_spans_meet_and_cover():
    """Half-open spans that only touch do not meet."""
    assert not Span(0, 2).meets(Span(2, 4))
    assert Span(0, 3).meets(Span(2, 4))
    assert Span(0, 4).covers(Span(2, 4))
    assert not Span(0, 4).covers(Span(2, 5))
