"""The published schemas: up to date, right about what the project itself writes, and wrong about what is wrong."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from wrongfix.cli.new import record_text
from wrongfix.cli.workspace import Habits
from wrongfix.schemas import SCHEMAS

ROOT = Path(__file__).parents[1]


def validator(name):
    """Return the validator of a published schema."""
    schema = json.loads((ROOT / "schemas" / f"{name}.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_up_to_date(book, name):
    """Each published file is what `wrongfix config --schema` prints."""
    assert json.loads((ROOT / "schemas" / f"{name}.json").read_text()) == SCHEMAS[name](book.vocabulary)


@pytest.mark.parametrize("chosen", [(), ("rag", "evals")])
@pytest.mark.parametrize("failures", [(), ("stale-knowledge",)])
def test_new_records(book, failures, chosen):
    """What `wrongfix new` writes is what the schemas describe."""
    text = record_text("A title: quoted", Habits(Path(), format="yaml"), failures, chosen, book)
    validator("record").validate(yaml.safe_load(text))
    text = record_text("A title", Habits(Path(), format="madr"), failures, chosen, book)
    validator("front-matter").validate(yaml.safe_load(text.split("---")[1]))


@pytest.mark.parametrize(
    ("said", "valid"),
    [
        ({"failure-tags": ["stale-knowledge", {"tag": "bad search", "count": 41, "evidence-in-prompt": False}]}, True),
        ({"failures": "an alias", "approach": "rag", "tried": {"prompting": "62 %"}, "ruled-out": ["rag"]}, True),
        ({"status": "superseded by 0009", "date": "2026-01-31", "anything": {"else": 1}}, True),
        ({"failure-tags": 3}, False),
        ({"failure-tags": [{"tag": "x", "count": -1}]}, False),
        ({"approach": {"rag": 1}}, False),
        ({"tried": [1]}, False),
    ],
)
def test_front_matter(said, valid):
    """Shapes that are read are allowed, shapes that cannot be are not."""
    assert validator("front-matter").is_valid(said) is valid
