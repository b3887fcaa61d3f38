"""Whatever a text holds: it is read, judged twice alike, and nothing said of it lies outside it."""

from __future__ import annotations

from hypothesis import given

from properties import writing
from properties.laws import assert_fixes_settle, examined, examples
from wrongfix.settings import Settings


@given(writing.documents)
@examples(150)
def test_reading_never_raises_and_places_hold(document):
    """No text makes the engine raise; every span lies inside; prose keeps the text's lines; no fix touches more."""
    name, text = document
    examined(text, name, writing.BOOK)


@given(writing.records)
@examples(60)
def test_checking_twice_says_the_same(record):
    """What is said of a text depends on the text alone, in both profiles."""
    name, text = record
    for using in (Settings(), Settings(profile="strict")):
        assert examined(text, name, writing.BOOK, using) == examined(text, name, writing.BOOK, using)


@given(writing.records)
@examples(60)
def test_each_fix_of_a_record_settles(record):
    """After a fix its finding is gone, no error has come, and all else stands where it stood."""
    name, text = record
    assert_fixes_settle(text, name, writing.BOOK)


@given(writing.documents)
@examples(60)
def test_each_fix_of_a_broken_text_settles(document):
    """The same of texts that are hardly records."""
    name, text = document
    assert_fixes_settle(text, name, writing.BOOK)
