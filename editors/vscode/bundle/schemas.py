"""Writes JSON Schemas for configurations and YAML records out of the rules, strict about nothing but our own keys.

usage: python bundle/schemas.py FOLDER       in an environment that has wrongfix
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from wrongfix import rulebook
from wrongfix.settings_keys import schema as of_configuration
from wrongfix.vocabulary import Vocabulary

DIALECT = "http://json-schema.org/draft-07/schema#"
"""The newest that all YAML extensions of editors understand."""


def main(folder: Path) -> None:
    """Write `config.json` and `record.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    schemas = {"config": of_configuration(), "record": of_record(rulebook.load().vocabulary)}
    for name, schema in schemas.items():
        (folder / f"{name}.json").write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", "utf-8")


def of_record(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema of YAML records: records come in many shapes, so only what is ours is held to one."""
    keys = vocabulary.data("keys")
    failure, approach = _ids(vocabulary, "failure"), _ids(vocabulary, "approach")
    entry = {
        "type": "object",
        "properties": {
            **dict.fromkeys(keys["entry"]["tag"], failure),
            **{name: {"type": "integer", "minimum": 0} for name in keys["entry"]["count"]},
            **{name: {"type": ["boolean", "string"]} for name in keys["entry"]["evidence"]},
        },
    }
    tags = {"description": "What fails.", "anyOf": [{"type": "array", "items": {"anyOf": [failure, entry]}}, failure]}
    choice = {"description": "What is chosen.", "anyOf": [{"type": "array", "items": approach}, approach]}
    reasons = {"type": "object", "propertyNames": approach, "additionalProperties": {"type": ["string", "number"]}}
    properties: dict[str, Any] = {
        "title": {"description": "What is decided."},
        "status": {
            "description": "Where the decision stands.",
            "anyOf": [{"enum": [status["id"] for status in vocabulary.statuses]}, {}],
        },
        "date": {"description": "The day of the decision."},
    }
    properties |= dict.fromkeys(keys["failures"]["always"], tags)
    properties |= dict.fromkeys((name for name in keys["approaches"]["maybe"] if name != "approaches"), choice)
    tried = {"description": "What was tried first, and what came of it.", **reasons}
    ruled_out = {"description": "What cannot be had here, and why.", **reasons}
    elsewhere = {"description": "Failures that are named, but not dealt with here.", "type": "array", "items": failure}
    for kind, schema in (("tried", tried), ("ruled-out", ruled_out), ("out-of-scope", elsewhere)):
        properties |= dict.fromkeys(keys[kind], schema)
    return {
        "$schema": DIALECT,
        "title": "Decision record",
        "description": "A decision record in YAML, as far as wrongfix reads it",
        "type": ["object", "array", "null"],
        "properties": properties,
    }


def _ids(vocabulary: Vocabulary, kind: str) -> dict[str, Any]:
    """Return the schema of a tag: the known ids are offered, and what else a team writes is the server's to judge."""
    terms = vocabulary.terms(kind)
    return {"anyOf": [{"enum": list(terms)}, {"type": "string"}]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
