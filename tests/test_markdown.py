"""Markdown as blocks and masked prose, with every piece at its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timing import cpu_seconds
from wrongfix import markdown
from wrongfix.record.model import BlockKind

MARKUP = st.text(st.sampled_from("ab *_`[]()#>-|\n\r<>!&;~:{}\t😀ä1."), max_size=80)


def blocks(text: str) -> list[tuple[str, str]]:
    """Return the kind and the words of each block."""
    document = markdown.parse(text)
    prose = markdown.masked(text, document.prose)
    return [(piece.kind.value, " ".join(prose[piece.start : piece.end].split())) for piece in document.pieces]


def masked(text: str) -> str:
    """Return the masked prose of a text."""
    return markdown.masked(text, markdown.parse(text).prose)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Use *both* ✅", [("heading", "Use both ✅")]),
        ("Title\n=====\n\ntext", [("heading", "Title"), ("paragraph", "text")]),
        ("one\ntwo\n\nthree", [("paragraph", "one two"), ("paragraph", "three")]),
        ("- a\n  - b\n- c", [("item", "a"), ("item", "b"), ("item", "c")]),
        ("- a\n\n  more\n- b", [("item", "a"), ("paragraph", "more"), ("item", "b")]),
        ("> said\n> so", [("quote", "said so")]),
        ("| a | b |\n|---|---|\n| **c** | |", [("cell", "a"), ("cell", "b"), ("cell", "c")]),
        ("```\ncode\n```\n\n    indented\n\ntext", [("paragraph", "text")]),
        ("```adr\nIn the context of x we decided for y\n```", [("paragraph", "In the context of x we decided for y")]),
        ("<div>\nraw\n</div>\n\n<!-- no\nword -->\n\ntext", [("paragraph", "text")]),
        ("- ## not a section", [("item", "not a section")]),
        ("[link]: http://x.y 'only a definition'", []),
    ],
)
def test_blocks_are_what_commonmark_says(text, expected):
    """Headings, paragraphs, items, cells and quotes are blocks; code, comments and raw HTML are none."""
    assert blocks(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold** _it_", "  bold    it "),
        ("`Redis` stays", " Redis  stays"),
        ("see [the page](http://a.b/c 'd') now", "see  the page                    now"),
        ("![alt words](i.png) x", "                    x"),
        ("a <b>b</b> c <!-- d --> e", "a    b     c            e"),
        ("a &amp; b", "a &     b"),
        ("a\r\n**b**\r\n", "a\r\n  b  \r\n"),
        ("text\n\n```\ncode\n```\n", "text\n\n   \n    \n   \n"),
        ("<http://x.y>", " http://x.y "),
        ("- [x] done", "      done"),
        ("a\\*b", "a *b"),
    ],
)
def test_markup_is_blanked_and_words_stay_where_they_are(text, expected):
    """Masked prose has the text's length: markup, targets, images and code are spaces, line ends are kept."""
    assert masked(text) == expected


@given(MARKUP)
@settings(max_examples=300)
def test_prose_and_text_share_their_places(text):
    """Every character of prose is the text's own character at that offset, a space, or what an entity stands for."""
    prose = masked(text)
    assert len(prose) == len(text)
    entities = "&" in text
    for said, written in zip(prose, text, strict=True):
        assert said in {written, " "} or entities
        assert (written in "\r\n") == (said in "\r\n") or said == " " or entities


@given(MARKUP)
@settings(max_examples=300)
def test_blocks_stand_in_order_and_inside_the_text(text):
    """Blocks hold words, follow one another and never overlap."""
    end = 0
    for piece in markdown.parse(text).pieces:
        assert end <= piece.start < piece.end <= len(text)
        end = piece.end


def test_places_hold_after_characters_beyond_ascii():
    """Offsets are characters, not bytes, whether few or most characters are beyond ASCII."""
    for lead in ("é ", "日本語" * 40 + " ", "😀" + "a" * 200 + " "):
        text = f"{lead}**word** [link](t)\n\n# Ü heading"
        document = markdown.parse(text)
        strong, link, heading = text.index("word"), text.index("link"), text.index("Ü")
        assert (strong, strong + 4, None) in document.prose
        assert document.links[0].words.start == link
        assert document.headings[0].words.start == heading


def test_a_link_tells_its_words_and_its_target():
    """Inline, reference and bare links are read; the words are what is shown."""
    text = "[a **b**](c.md) and [d][e] and <http://f.g>\n\n[e]: h.md"
    links = markdown.parse(text).links
    assert [(text[link.words.start : link.words.end], link.target) for link in links] == [
        ("a **b", "c.md"),
        ("d", "h.md"),
        ("http://f.g", "http://f.g"),
    ]


def test_cells_know_their_row_and_column():
    """The header is row 0; a second table counts anew."""
    table = "| a | b |\n|---|---|\n| c | d |\n"
    pieces = markdown.parse(f"{table}\n{table}").pieces
    assert [(piece.row, piece.column) for piece in pieces] == [(0, 0), (0, 1), (1, 0), (1, 1)] * 2


def test_items_know_how_deep_they_stand():
    """Depth counts the lists around an item; text outside lists has depth 0."""
    pieces = markdown.parse("text\n\n- a\n  - b\n    - c").pieces
    assert [piece.depth for piece in pieces] == [0, 1, 2, 3]


def test_indented_lines_of_another_text_keep_their_places():
    """Markdown inside a YAML block scalar is read without its indent, in offsets of the whole."""
    source = "decision: |\n    We will\n\n    * use `this`\n    * not ä **that**\n"
    document = markdown.parse_lines(source, source.index("\n") + 1, len(source))
    assert [piece.kind for piece in document.pieces] == [BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ITEM]
    assert [source[start:end] for start, end, _ in document.prose if end - start > 3] == [
        "We will",
        "use ",
        "this",
        "not ä ",
        "that",
    ]


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit", [">", "[", "*a ", "`a ", "<a ", "- a\n", "# a\n", "&amp;", "ä*", "| a |\n|-|\n| b |\n\n"]
)
def test_time_grows_with_length_alone(unit):
    """Four times the text takes about four times as long, however it is built."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return cpu_seconds(lambda: markdown.masked(text, markdown.parse(text).prose), repeats=3)

    seconds(10_000)
    small = max(seconds(30_000), 0.002)
    assert seconds(120_000) < small * 12


def test_nothing_in_a_text_makes_parsing_fail():
    """NUL, lone surrogates, a byte order mark and an empty text are read like any other."""
    for text in ("", "\0", "a\0b", "\ud800 word", "\ufeff# a", "\r", "\n" * 50):
        document = markdown.parse(text)
        assert len(markdown.masked(text, document.prose)) == len(text)
