"""Texts that nobody wrote, made for properties: Markdown, front matter, YAML and records between good and broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from wrongfix.rulebook import load

BOOK = load()
FAILURES = tuple(BOOK.vocabulary.failures)
APPROACHES = tuple(BOOK.vocabulary.approaches)
_KEYS = BOOK.vocabulary.data("keys")
_FIELDS = [label for entry in BOOK.vocabulary.data("fields") for label in entry["labels"][:3]]
_HEADINGS = [words for entry in BOOK.vocabulary.sections for each in entry["headings"].values() for words in each[:3]]
STATUSES = ("proposed", "draft", "accepted", "rejected", "superseded by [ADR-2](0002-x.md)", "on hold", "")
_LISTS = [*_KEYS["failures"]["always"], *_KEYS["failures"]["maybe"], *_KEYS["approaches"]["maybe"]]
_MAPPINGS = [*_KEYS["tried"], *_KEYS["ruled-out"], *_KEYS["out-of-scope"]]
_SENTENCES = [
    json.loads(line)["text"]
    for path in sorted((Path(__file__).parents[2] / "sentences").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()[::80]
]
_ODD = (
    "😀", "é", "\u0301", "\u2028", "\x85", "\x0b", "\x00", "\ufeff", "\ud800", "&amp;", "&copy;", "&#x1F600;", "\\*",
    "<!-- c -->", "<!-- wrongfix-disable-next-line DX007 -- why -->", "<!-- wrongfix-disable", "# wrongfix: ignore[DX007] x",
    "<!-- wrongfix-disable-file -->", "<!-- wrongfix-enable KNW -->", "<b>", "[^1]", "![x](y)", "[a](b)", "[a]: b", "~~x~~", "$x$", "- [ ]", "|", "```", "`",
    "**", "_", ">", "#", "---", "===", "\t", "  ", ":", "{", "}", "%", "!!python/object:os.system", "*x", "&x",
)  # fmt: skip

odd = st.sampled_from(_ODD)
tags = st.one_of(
    st.sampled_from(FAILURES), st.sampled_from(APPROACHES), st.sampled_from(["stale-knowlege", "ragg", "x"])
)
sentences = st.one_of(
    st.sampled_from(_SENTENCES),
    st.builds("We will use {} because answers are {}.".format, tags, tags),
    st.builds('Chosen option: "{}", because it helps'.format, tags),
)
words = st.lists(st.one_of(sentences, odd, tags, st.text(max_size=6)), min_size=1, max_size=4).map(" ".join)
_line = words.map(lambda text: text.replace("\n", " "))


def _fenced(info: str, body: str) -> str:
    return f"```{info}\n{body}\n```"


def _table(cells: list[list[str]]) -> str:
    rows = ["| " + " | ".join(row) + " |" for row in cells]
    return "\n".join([rows[0], "|" + " --- |" * len(cells[0]), *rows[1:]])


_items = st.lists(
    st.tuples(st.sampled_from(["* ", "- ", "1. ", "  - ", "   * ", "- [x] ", "- **Status**: "]), _line),
    min_size=1,
    max_size=4,
).map(lambda items: "\n".join(map("".join, items)))
blocks = st.one_of(
    st.builds(
        "{} {}".format, st.sampled_from(["#", "##", "###", "######"]), st.one_of(st.sampled_from(_HEADINGS), _line)
    ),
    words,
    _items,
    _line.map(lambda line: f"> {line}\n> - {line}"),
    st.builds(_fenced, st.sampled_from(["", "yaml", "adr", "mermaid"]), words),
    st.lists(st.lists(_line, min_size=2, max_size=2), min_size=1, max_size=3).map(_table),
    st.builds(
        "{}: {}".format, st.sampled_from(["Status", "**Decision**", "Failure tags", "Date"]), st.one_of(_line, tags)
    ),
    st.builds("{}\n---".format, _line),
    odd,
)
_values = st.recursive(
    st.one_of(tags, _line, st.sampled_from(STATUSES), st.none(), st.integers(), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(tags, st.sampled_from(["tag", "count"])), inner, max_size=3),
    ),
    max_leaves=6,
)
_keys = st.one_of(st.sampled_from([*_LISTS, *_MAPPINGS, *_FIELDS]), st.sampled_from(_HEADINGS), st.text(max_size=4))
_data = st.dictionaries(_keys, _values, max_size=5)


def _dumped(data: Any, *, flow: bool | None, indent: int) -> str:  # any plain data
    return yaml.safe_dump(data, default_flow_style=flow, allow_unicode=True, sort_keys=False, indent=indent, width=60)


def _plain(data: object) -> object:
    """Return data that can be dumped: without the halves of pairs that are no text."""
    if isinstance(data, str):
        return data.encode("utf-8", "replace").decode()
    if isinstance(data, dict):
        return {_plain(key): _plain(value) for key, value in data.items()}
    return [_plain(each) for each in data] if isinstance(data, list) else data


mappings = st.builds(
    lambda data, flow, indent: _dumped(_plain(data), flow=flow, indent=indent),
    _data,
    st.sampled_from([None, False, True]),
    st.sampled_from([2, 4]),
)
_soup = st.lists(st.one_of(odd, tags, _keys.map("{}: ".format), st.sampled_from(["\n", "\n- ", "\n  ", "[", "]", ", ", "'", '"', "|\n  ", "? "])), max_size=14).map("".join)  # fmt: skip
yaml_texts = st.one_of(
    mappings,
    _soup,
    st.builds("{}---\n{}".format, mappings, mappings),
    st.builds(lambda text, at, more: text[: at % (len(text) + 1)] + more + text[at % (len(text) + 1) :], mappings, st.integers(0, 400), _soup),
)  # fmt: skip
_front = st.builds("{}\n{}{}\n".format, st.sampled_from(["---", "---", "--- ", "+++", "\n---"]), yaml_texts, st.sampled_from(["---", "...", "", "----"]))  # fmt: skip
markdown_texts = st.builds(
    lambda front, parts, gap: front + gap.join(parts),
    st.one_of(st.just(""), _front),
    st.lists(blocks, max_size=9),
    st.sampled_from(["\n\n", "\n\n", "\n"]),
)
_ends = st.sampled_from(["\n", "\n", "\r\n", "\r"])


def _named(markdown: str, yaml_text: str, is_yaml: bool, end: str) -> tuple[str, str]:  # noqa: FBT001 # drawn
    return ("record.yaml", yaml_text.replace("\n", end)) if is_yaml else ("record.md", markdown.replace("\n", end))


documents = st.builds(_named, markdown_texts, yaml_texts, st.booleans(), _ends)
"""A name and a text that may be anything."""

_stated = st.lists(st.sampled_from(FAILURES), min_size=1, max_size=3, unique=True)
_chosen = st.lists(st.sampled_from(APPROACHES), min_size=1, max_size=3, unique=True)
_extra = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from([each for each in STATUSES if each]),
        "tried": st.dictionaries(st.sampled_from(APPROACHES), st.just("61 % exact"), max_size=2),
        "ruled-out": st.dictionaries(st.sampled_from(APPROACHES), st.just("none is offered"), max_size=2),
        "out-of-scope": st.lists(st.sampled_from(FAILURES), max_size=1),
    },
)
claims = st.builds(
    lambda failures, approaches, extra: {**extra, "failure-tags": failures, "approach": approaches},
    _stated,
    _chosen,
    _extra,
)
"""What a record states, as plain data."""


def as_markdown(claim: dict[str, Any], body: str = "", *, flow: bool | None = None) -> str:
    """Return a Markdown record that states the claim in its front matter."""
    return f"---\n{_dumped(claim, flow=flow, indent=2)}---\n# A record\n\n## Decision\n\nIt is so.\n{body}"


def as_yaml(claim: dict[str, Any], *, flow: bool | None = None) -> str:
    """Return a YAML record that states the claim at its top."""
    return _dumped({"title": "A record", **claim, "decision": "It is so."}, flow=flow, indent=2)


records = st.one_of(
    st.builds(lambda claim, body: ("record.md", as_markdown(claim, body)), claims, st.lists(blocks, max_size=4).map("\n\n".join)),
    st.builds(lambda claim, flow: ("record.yaml", as_yaml(claim, flow=flow)), claims, st.sampled_from([None, False, True])),
    st.builds(
        lambda title, context, decision, end: (
            "record.md", f"# {title}\n\n## Context\n\n{context}\n\n## Decision\n\nWe will use {decision}.\n".replace("\n", end),
        ),
        _line, words, tags, _ends,
    ),
)  # fmt: skip
"""A name and a text that is a record for certain, with stated or written claims."""
