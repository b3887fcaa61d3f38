"""YAML as nodes with places, also when it is half typed, hostile or plainly wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timing import cpu_seconds
from wrongfix import yamltext
from wrongfix.record.model import Node

YAML = st.text(st.sampled_from("ab:-{}[],\"'|>&*!?#\n \t1~"), max_size=60)


def plain(node: Node | None) -> object:
    """Return a node as plain data: mappings, lists and the text of scalars."""
    if node is None or node.tag == "null":
        return None
    if node.tag == "map":
        return {key.value: plain(value) for key, value in node.items()}
    if node.tag == "seq":
        return [plain(element) for element in node.elements()]
    return node.value


def read(text: str) -> object:
    """Return the first document of a text as plain data."""
    return plain(yamltext.parse(text)[0].root)


def problems(text: str) -> list[tuple[int, str]]:
    """Return the line (from 1) and the message of each problem."""
    return [
        (text.count("\n", 0, problem.span.start) + 1, problem.message) for problem in yamltext.parse(text)[0].problems
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("# only a comment\n", None),
        ("a: 1\nb: [x, 'y', \"z\"]\n", {"a": "1", "b": ["x", "y", "z"]}),
        ("a: 2026-01-02\nb: yes\nc: 010\n", {"a": "2026-01-02", "b": "yes", "c": "010"}),
        ("a: ~\nb:\nc: null\nd: 'null'", {"a": None, "b": None, "c": None, "d": "null"}),
        ("a: |\n  x\n   y\nb: >\n  p\n  q\n", {"a": "x\n y\n", "b": "p q\n"}),
        ("a: &x [1]\nb: *x\n", {"a": ["1"], "b": ["1"]}),
        ("base: &b {k: 1, l: 2}\nc:\n  <<: *b\n  l: 3\n", {"base": {"k": "1", "l": "2"}, "c": {"l": "3", "k": "1"}}),
        ("a: !!python/object:os.system x\nb: !own {c: d}\n", {"a": "x", "b": {"c": "d"}}),
        ('{"a": [1, {"b": null}]}', {"a": ["1", {"b": None}]}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    ],
)
def test_values_are_kept_as_written(text, expected):
    """Dates, numbers and booleans stay text; tags construct nothing; aliases stand for what they name."""
    assert read(text) == expected
    assert problems(text) == []


def test_every_value_knows_its_place():
    """The span of a scalar covers what is written, quotes included; offsets are characters."""
    text = "ä: 'ö'\nlist: [é, {k: v}]\n"
    root = yamltext.parse(text)[0].root
    assert root is not None
    (key, value), (_, items) = root.items()
    assert text[key.span.start : key.span.end] == "ä"
    assert text[value.span.start : value.span.end] == "'ö'"
    assert text[items.span.start : items.span.end] == "[é, {k: v}]"
    assert [text[each.span.start : each.span.end] for each in items.elements()] == ["é", "{k: v}"]


def test_places_count_from_the_start_of_the_source():
    """Front matter is parsed where it stands in its document."""
    source = "---\nstatus: accepted\n---\n"
    root = yamltext.parse(source, 4, 21)[0].root
    assert root is not None
    assert source[root.items()[0][1].span.start :].startswith("accepted")


@pytest.mark.parametrize(
    ("text", "kept", "line", "words"),
    [
        ("a: 1\nb: [x, y\n", {"a": "1", "b": ["x", "y"]}, 2, "bracket"),
        ("a: 1\nb: [x, \nc: 3\n", {"a": "1", "c": "3", "b": ["x"]}, 2, "bracket"),
        ("a: 1\nb: 'x\nc: 3\n", {"a": "1", "c": "3"}, 2, "quote"),
        ("a: 1\nb: Use: it\nc: 3\n", {"a": "1", "c": "3"}, 2, "colon"),
        ("a: 1\nfail\n", {"a": "1"}, 2, "colon"),
        ("a: 1\n\tb: 2\n", {}, 2, "tab"),
        ("a: 1\nb: @x\nc: 3\n", {"a": "1", "c": "3"}, 2, "begin"),
        ("a: 1\na: 2\nb: 3\n", {"a": "1", "b": "3"}, 2, "twice"),
        ("a: x\0y\nb: 3\n", {"a": "x y", "b": "3"}, 1, "character"),
    ],
)
def test_what_is_broken_is_a_problem_and_the_rest_is_read(text, kept, line, words):
    """One problem at the reader's place, in words that help; the entries around it are there."""
    assert (read(text) or {}) == kept
    ((where, message),) = problems(text)
    assert where == line
    assert words in message


@pytest.mark.parametrize(
    "text",
    [
        "'[' * 30_000",
        "'{a: ' * 30_000",
        "'- ' * 30_000",
        "'? ' * 30_000",
        "'\\n'.join(' ' * depth + 'a:' for depth in range(2_000))",
        "'a: &a [x,x,x,x,x,x,x,x,x]\\n' + ''.join(f'{chr(98+i)}: &{chr(98+i)} [{\",\".join([\"*\"+chr(97+i)]*9)}]\\n' for i in range(9))",
        "'a: &a [*a]\\n'",
    ],
)
def test_bombs_and_depth_end_as_a_problem_and_not_as_a_crash(text):
    """In a process of its own: nesting that overruns a stack and aliases that multiply are refused at a bound."""
    script = (
        "from wrongfix import yamltext\n"
        f"document = yamltext.parse({text})[0]\n"
        "assert len(document.problems) <= 1, document.problems\n"
        "print([problem.message for problem in document.problems])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr[-500:]


def test_depth_and_aliases_have_bounds_that_are_told():
    """A hundred levels are read; a hundred and one are a problem that says so."""
    assert problems("[" * 100 + "]" * 100) == []
    assert "deep" in problems("[" * 101 + "]" * 101)[0][1]


@given(YAML)
@settings(max_examples=500)
def test_no_text_makes_reading_raise(text):
    """Whatever is typed, documents come back, with spans inside the text."""

    def check(node: Node) -> None:
        assert 0 <= node.span.start <= node.span.end <= len(text)
        for each in (*node.elements(), *(value for _, value in node.items())):
            check(each)

    for document in yamltext.parse(text):
        if document.root is not None:
            check(document.root)


@pytest.mark.parametrize("unit", ["- {a: b}\n", '- "a\n', "a: b: c\n", "a: b\n", "# c\n", "- [x,\n"])
def test_time_grows_with_length_alone(unit):
    """Four times the text takes about four times as long, broken or not."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return cpu_seconds(lambda: yamltext.parse(text), repeats=3)

    seconds(10_000)
    small = max(seconds(30_000), 0.002)
    assert seconds(120_000) < small * 12
