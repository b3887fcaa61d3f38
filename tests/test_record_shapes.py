"""Whole records in the shapes people write, each beside what has to be read out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from wrongfix.record import Record
from wrongfix.record.read import read
from wrongfix.text import Source

SHAPES = Path(__file__).parent / "records" / "shapes"
FILES = sorted(path for path in SHAPES.rglob("*.*") if path.suffix != ".expected")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SHAPES).as_posix())
def test_a_record_of_every_shape_is_read(path, book):
    """What the sibling `.expected` file names is read, under that name, from the record beside it."""
    expected = yaml.safe_load(path.with_suffix(".expected").read_text(encoding="utf-8"))
    expected = expected if isinstance(expected, list) else [expected]
    source = Source(path.relative_to(SHAPES).as_posix(), path.read_text(encoding="utf-8"))
    records = read(source, book.vocabulary)
    assert [told(record, wanted) for record, wanted in zip(records, expected, strict=True)] == expected


def told(record: Record, wanted: dict[str, object]) -> dict[str, object]:
    """Return the parts of a record that an expectation names, in its terms."""
    ways = {
        "title": lambda: record.title and record.title.value,
        "number": lambda: record.number and record.number.value,
        "status": lambda: record.status and record.status.value,
        "date": lambda: record.date and record.date.value,
        "language": lambda: record.language,
        "people": lambda: [[person.role, person.text.value] for person in record.people],
        "tags": lambda: [tag.value for tag in record.tags],
        "roles": lambda: [section.role for section in record.sections],
        "options": lambda: [option.name.value for option in record.options],
        "labels": lambda: [option.label for option in record.options],
        "marks": lambda: [option.mark and option.mark.value for option in record.options],
        "chosen": lambda: [as_wanted(record, index, wanted["chosen"]) for index in range(len(record.choices))],
        "links": lambda: [[link.kind.value, link.target.value] for link in record.links],
        "about": lambda: {words: option_of(record, words) for words in wanted["about"]},
        "blocks": lambda: [words for words in wanted["blocks"] if option_of(record, words) != "absent"],
    }
    return {name: ways[name]() for name in wanted}


def as_wanted(record: Record, index: int, wanted: list[object]) -> object:
    """Return a choice in the terms its expectation uses: words, or a mapping of name, text and options."""
    choice = record.choices[index]
    like = wanted[index] if index < len(wanted) else {"name": 0, "text": 0, "option": 0}
    if isinstance(like, str):
        return record.words(choice.span)
    ways = {
        "name": choice.name and choice.name.value,
        "text": record.words(choice.span),
        "option": list(choice.options),
    }
    return {name: ways[name] for name in like}


def option_of(record: Record, words: str) -> object:
    """Return the option that the block with these words describes."""
    return next((block.option for block in record.blocks if record.words(block.span) == words), "absent")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SHAPES).as_posix())
def test_every_place_says_what_is_written_there(path, book):
    """Spans lie inside the record's source, and names stand where they are said to stand."""
    source = Source(path.name, path.read_text(encoding="utf-8"))
    for record in read(source, book.vocabulary):
        assert len(record.prose) == len(source.text)
        texts = [option.name for option in record.options] + [c.name for c in record.choices if c.name]
        for text in (*texts, *(person.text for person in record.people)):
            assert "".join(text.value.split()) in "".join(source.slice(text.span).split())
        for block in record.blocks:
            assert record.words(block.span)
            assert record.span.covers(block.span)
