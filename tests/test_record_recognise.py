"""What is a decision record, met on a walk: told by place and shape, never by name alone."""

from __future__ import annotations

import pytest

from wrongfix.record.read import read
from wrongfix.record.recognise import looks_like_record, may_be_named
from wrongfix.rulebook import load
from wrongfix.text import Source

WORDS = load().vocabulary

NYGARD = "# 7. Fresh prices\n\n## Status\n\nAccepted\n\n## Context\n\nOld prices.\n\n## Decision\n\nWe will search.\n"
BARE = "# Fresh prices\n\nStatus: accepted\n\nWe decided to search the price list before each answer.\n"
EDC = "## Decision\n\nSearch the price list.\n\n## Rationale\n\nPrices change.\n\n## Approach\n\nAn index.\n"
QUESTION = "---\nstatus: open\n---\n\n## Question\n\nWhere?\n\n## Options\n\n1. In the prompt\n2. In a service\n"
FLAT = "name: Fresh prices\ncontext: Old prices.\ndecision: We will search.\n"
INDEX = "# Decisions\n\n- [1](0001-a.md) A\n- [2](0002-b.md) B\n- [3](0003-c.md) C\n- [4](0004-d.md) D\n"
TABLE = (
    "# Log\n\n| Record | Status |\n|---|---|\n| [A](a.md) | accepted |\n| [B](b.md) | draft |\n| [C](c.md) | draft |\n"
)
BRACES = (
    '# {short title}\n\n## Context\n\n{describe the context}\n\n## Decision Outcome\n\nChosen option: "{option 1}"\n'
)
BRACKETS = "# [title]\n\n* Status: [proposed | rejected | accepted | superseded]\n\n## Decision\n\n[what we do]\n"
PROSE = "# How we write decisions\n\nA decision is written down before it is made.\nAsk two people to read it.\n"
GUIDE = "# Search service\n\n## Overview\n\nIt finds pages.\n\n## Design\n\nWe use an index.\n\n## Risks\n\nNone.\n"
CONFIG = "services:\n  web:\n    image: nginx\n    status: enabled\n"
SCHEMA = "$schema: x\ntitle: Decision\ndecision: {type: string}\ncontext: {type: string}\n"
BROKEN = "title: [x\n"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (NYGARD, "docs/adr/0007-fresh-prices.md", True),
        (NYGARD, "notes/prices.md", True),
        (NYGARD, "README.md", True),
        (BARE, "docs/decisions/0007-fresh-prices.md", True),
        (EDC, "docs/decision-records/2026-01-02-prices/README.md", True),
        (EDC, "prices/README.md", True),
        (QUESTION, "models/AD0001.md", True),
        (FLAT, "decision-log/prices.yaml", True),
        (FLAT, "prices.yaml", True),
        (BROKEN, "docs/adr/prices.yaml", True),
        (INDEX, "docs/adr/README.md", False),
        (INDEX, "docs/adr/0001-index.md", False),
        (TABLE, "docs/adr/log.md", False),
        (BRACES, "docs/adr/0001-new.md", False),
        (BRACKETS, "docs/adr/0001-new.md", False),
        (NYGARD, "docs/adr/template.md", False),
        (NYGARD, "docs/adr/templates/0001-new.md", False),
        (NYGARD, "project-template/docs/adr/0001-new.md", True),
        (PROSE, "docs/adr/how-to.md", False),
        (PROSE, "docs/adr/0001-how-to.md", False),
        (GUIDE, "docs/0001-search.md", False),
        (CONFIG, "docs/adr/compose.yaml", False),
        (SCHEMA, "docs/adr/schema.yaml", False),
        (BROKEN, "deploy/prices.yaml", False),
        ("", "docs/adr/0001-empty.md", False),
    ],
)
def test_a_record_is_known_by_place_and_shape(text, name, expected):
    """A README can be one; an index, a template, a page of prose, a schema and a numbered name alone are none."""
    records = read(Source(name, text), WORDS)
    assert any(looks_like_record(record, name, WORDS) for record in records) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (GUIDE, "handbook/choices/search.md", True),
        (GUIDE, "handbook/choices/README.md", False),
        (GUIDE, "handbook/choices/index.md", False),
        (GUIDE, "docs/adr/search.md", False),
        (INDEX, "handbook/choices/all.md", False),
        (BRACES, "handbook/choices/new.md", False),
        (CONFIG, "handbook/choices/compose.yaml", False),
    ],
)
def test_what_may_be_named_for_its_decision(text, name, expected):
    """Any page but a front page, an index and a template, save where everything that lies there is named."""
    records = read(Source(name, text), WORDS)
    assert any(may_be_named(record, name, WORDS) for record in records) is expected
