"""Every promise of SECURITY.md names tests, and the tests it names exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROWS = [
    line.strip("|").split("|")
    for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and "---" not in line and "| held by |" not in line
]


def test_every_promise_names_a_test_that_exists():
    """A promise without a test, and a test that is gone, are told by name."""
    assert len(ROWS) > 10
    for promise, held_by in ROWS:
        named = re.findall(r"`(tests/[^`]+\.py)::(\w+)`", held_by)
        assert named, promise
        for path, name in named:
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, (path, name)
