"""Configurations and rule files that may hold anything: refused in words, or used without a crash."""

from __future__ import annotations

from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st

from properties import writing
from properties.laws import examples
from wrongfix import engine
from wrongfix.conditions import KINDS
from wrongfix.configuration import read, verify
from wrongfix.rulebook import load
from wrongfix.rulefile import OPTIONAL, REQUIRED, RuleError
from wrongfix.settings import Settings, SettingsError
from wrongfix.settings_keys import KEYS
from wrongfix.text import Source

RULE = {
    "code": "OWN001", "name": "own-rule", "summary": "s", "severity": "warning", "when": {"chosen": "any"},
    "message": "{approach} is chosen", "why": "w", "sources": ["s"], "examples": [],
}  # fmt: skip
RECORD = "---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# A\n"
_leaves = st.one_of(
    writing.tags, st.sampled_from(["any", "accepted", "error", "{", "{x}", "{0}", "{approach.x}", "first-fix", ""]),
    st.integers(), st.none(), st.booleans(), st.floats(allow_nan=False),
)  # fmt: skip
_words = st.one_of(
    st.sampled_from([*KINDS, "failures", "approaches", "fit", "layer", "items", "name", "below", "ids"]), writing.tags
)
_anything = st.recursive(
    _leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_words, inner, max_size=3)),
    max_leaves=5,
)
_conditions = st.dictionaries(st.sampled_from(list(KINDS)), _anything, min_size=1, max_size=2)
_rules = st.one_of(
    st.builds(lambda key, value: {**RULE, key: value}, st.sampled_from([*REQUIRED, *OPTIONAL, "x"]), _anything),
    st.builds(lambda condition, key: {**RULE, key: condition}, _conditions, st.sampled_from(["when", "eased-when"])),
    st.builds(lambda value: {**RULE, "fixes": [value]}, st.dictionaries(st.sampled_from(["suggest", "insert", "replace", "add", "drop", "retag"]), _anything, max_size=1)),
)  # fmt: skip


@given(_rules)
@examples(150)
def test_a_rule_file_is_refused_or_runs(tmp_path_factory, rule):
    """What `read_rule` lets through never makes a check raise; what it does not has a line and a remedy."""
    path = _written(tmp_path_factory, "own.yaml", yaml.safe_dump(rule, allow_unicode=True))
    try:
        book = load(own_rules=[path])
    except RuleError as error:
        assert str(error).startswith(f"{path}:{error.line}: ")  # noqa: PT017 # either outcome is right
        return
    engine.examine(Source("r.md", RECORD), book, Settings(profile="strict"))


@given(st.lists(st.tuples(st.sampled_from([key.name for key in KEYS]), st.one_of(
    st.sampled_from(['"x"', "[]", '["ALL"]', "{}", "1", "true", '["KNW", "x"]', "{ KNW = 'error' }", '"../x"', '"strict"', "[", '"""', "{a.b = 1}", "1979-05-27", '"\\u0000"', "['[']"]),
    st.text(max_size=8))), max_size=3), st.sampled_from(["wrongfix.toml", "pyproject.toml"]))  # fmt: skip
@examples(150)
def test_a_configuration_is_refused_or_used(tmp_path_factory, lines, name):
    """A wrong configuration is told with its place; a right one can be asked about every rule."""
    text = ("[tool.wrongfix]\n" if name == "pyproject.toml" else "") + "".join(
        f"{key} = {value}\n" for key, value in lines
    )
    path = _written(tmp_path_factory, name, text)
    try:
        settings = read(path)
        verify(settings, writing.BOOK)
    except SettingsError as error:
        assert str(path) in str(error)  # noqa: PT017 # as above
        return
    settings.fingerprint()
    settings.of_file("r.md")
    engine.examine(Source("r.md", RECORD), writing.BOOK, settings)


def _written(factory, name: str, text: str) -> Path:
    folder = factory.getbasetemp() / "files"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text.encode("utf-8", "replace").decode(), encoding="utf-8")
    return path
