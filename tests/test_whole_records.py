"""Whole records, written for the purpose, give the findings that `EXPECTED.yaml` beside them names, and no others."""

from pathlib import Path

import pytest
import yaml

from wrongfix import engine, rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source

BOOK = rulebook.load()
FOLDER = Path(__file__).parent / "records" / "whole"
EXPECTED = yaml.safe_load((FOLDER / "EXPECTED.yaml").read_text(encoding="utf-8"))
RECORDS = [pytest.param(path, id=path.stem) for path in sorted(FOLDER.iterdir()) if path.name != "EXPECTED.yaml"]


def found(path, profile):
    """Return a record's source and its findings in a profile."""
    source = Source(path.name, path.read_text(encoding="utf-8"))
    return source, engine.check(source, BOOK, Settings(profile=profile))


@pytest.mark.parametrize("path", RECORDS)
def test_the_default_profile_says_what_is_expected(path):
    """Code, severity, line and words of every finding."""
    source, findings = found(path, "default")
    said = [
        f"{each.code} {each.severity} {source.position(each.span.start).row + 1} {source.slice(each.span)}"
        for each in findings
    ]
    assert said == EXPECTED.get(path.name, {}).get("default", [])


@pytest.mark.parametrize("path", RECORDS)
def test_the_strict_profile_adds_what_is_expected(path):
    """The rules that speak in the strict profile only."""
    _, default = found(path, "default")
    _, strict = found(path, "strict")
    added = dict.fromkeys(each.code for each in strict if each.code not in {other.code for other in default})
    assert list(added) == EXPECTED.get(path.name, {}).get("strict", [])


@pytest.mark.parametrize("path", RECORDS)
def test_a_known_miss_is_still_a_miss(path):
    """What stands under `todo` moves to `default` once it is found."""
    _, findings = found(path, "default")
    assert {each.code for each in findings}.isdisjoint(EXPECTED.get(path.name, {}).get("todo", []))


def test_no_record_is_expected_that_is_not_there():
    """An entry without a file is left over."""
    assert EXPECTED.keys() <= {each.values[0].name for each in RECORDS}


def test_there_are_enough_of_each_kind():
    """At least sixty records, and at least twenty of them clean in both profiles."""
    clean = [each for each in RECORDS if each.values[0].name not in EXPECTED]
    assert len(RECORDS) >= 60
    assert len(clean) >= 20
