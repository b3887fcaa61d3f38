"""The published JSON Schemas: of configuration files, of front matter, and of the YAML record that `new` writes.

They are made from the vocabulary and the table of keys, so that they know every tag; they check shapes, and rules check
the rest. A tag that is no id may be an alias, so schemas offer the ids and take any text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wrongfix.settings_keys import SCHEMA_DIALECT, schema
from wrongfix.vocabulary import Vocabulary


def configuration(_: Vocabulary) -> dict[str, Any]:
    """Return the schema of a configuration file."""
    return schema()


def front_matter(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema of a Markdown record's front matter."""
    return {
        "$schema": SCHEMA_DIALECT,
        "title": "Front matter of a decision record",
        "type": "object",
        "properties": {**_usual(vocabulary), **_stated(vocabulary)},
        "$defs": _definitions(vocabulary),
    }


def record(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema of a YAML record of the shape that `wrongfix new --format yaml` writes."""
    text = {"type": "string"}
    texts = {"anyOf": [text, {"type": "array", "items": text}]}
    options = {"type": "array", "items": {"anyOf": [text, {"type": "object"}]}}
    return {
        "$schema": SCHEMA_DIALECT,
        "title": "A decision record in YAML",
        "type": "object",
        "required": ["title", "decision"],
        "properties": {
            "title": {"type": "string", "minLength": 1, "description": "What is decided."},
            **_usual(vocabulary),
            **_stated(vocabulary),
            "context": {**text, "description": "What goes wrong, in the words of those who see it."},
            "options": {**options, "description": "Every option a team could really choose."},
            "decision": {**text, "description": "What is chosen, and why it acts on the layer that fails."},
            "consequences": {**texts, "description": "What becomes easier, and what harder."},
            "confirmation": {**texts, "description": "The test set, the metric, its value and its target."},
        },
        "$defs": _definitions(vocabulary),
    }


SCHEMAS: Mapping[str, Callable[[Vocabulary], dict[str, Any]]] = {
    "config": configuration,
    "front-matter": front_matter,
    "record": record,
}
"""The schemas by the name they are published under, `schemas/NAME.json`."""


def _usual(vocabulary: Vocabulary) -> dict[str, Any]:
    statuses = [status["id"] for status in vocabulary.statuses]
    return {
        "number": {"type": ["integer", "string"]},
        "status": {"anyOf": [{"enum": statuses}, {"type": ["string", "object", "array"]}]},
        "date": {"description": "The day of the last change, as 2026-01-31."},
    }


def _stated(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the keys under which an author states evidence, under every name they have."""
    keys = vocabulary.data("keys")
    shapes = {
        "failures": {"$ref": "#/$defs/failures", "description": "What fails, as tags."},
        "approaches": {"$ref": "#/$defs/approaches", "description": "What is chosen."},
        "tried": {"$ref": "#/$defs/attempts", "description": "What was tried, with its result."},
        "ruled-out": {"$ref": "#/$defs/attempts", "description": "What cannot be, and why."},
        "out-of-scope": {"$ref": "#/$defs/failures", "description": "Failures that are named and not dealt with."},
    }
    return {name: shapes[kind] for kind in shapes for name in _names(keys[kind])}


def _definitions(vocabulary: Vocabulary) -> dict[str, Any]:
    keys = vocabulary.data("keys")["entry"]
    entry = {
        keys["tag"][0]: {"$ref": "#/$defs/failure"},
        keys["count"][0]: {"type": "integer", "minimum": 0},
        keys["evidence"][0]: {"type": ["boolean", "string"]},
    }
    failure, approach = {"$ref": "#/$defs/failure"}, {"$ref": "#/$defs/approach"}
    counted = {"anyOf": [failure, {"type": "object", "properties": entry}]}
    told = {"type": "object", "propertyNames": approach}
    return {
        "failure": {"anyOf": [{"enum": list(vocabulary.failures)}, {"type": "string"}]},
        "approach": {"anyOf": [{"enum": list(vocabulary.approaches)}, {"type": "string"}]},
        "failures": {"anyOf": [failure, {"type": "array", "items": counted}]},
        "approaches": {"anyOf": [approach, {"type": "array", "items": approach}]},
        "attempts": {"anyOf": [told, approach, {"type": "array", "items": approach}]},
    }


def _names(said: Mapping[str, list[str]] | list[str]) -> list[str]:
    return said if isinstance(said, list) else [name for names in said.values() for name in names]
