"""Fixes of values that stand in YAML, in every style a scalar may be written in."""

from __future__ import annotations

import pytest
import yaml

from wrongfix import engine, rulebook
from wrongfix.findings import Applicability
from wrongfix.settings import Settings
from wrongfix.text import Source, apply

BOOK = rulebook.load()
STRICT = Settings(profile="strict")
_KEYS = BOOK.vocabulary.data("keys")
CHANGED = {
    *(name for kind in ("failures", "approaches") for names in _KEYS[kind].values() for name in names),
    *BOOK.blocks,
}
"""Keys that fixes write."""
STYLES = {
    "plain": "{words}", "single": "'{words}'", "double": '"{words}"',
    "comment": "{words}  # why", "double over lines": '"{words}\\\n    "',
    "literal": "|\n    {words}", "stripped": "|-\n    {words}", "kept": "|+\n    {words}\n",
    "folded": ">\n    {words}", "folded, stripped": ">-\n    {words}", "folded, kept": ">+\n    {words}\n\n",
    "indented": "|2\n      {words}", "indented, stripped": ">2-\n      {words}", "headed": "|  # why\n    {words}",
    "blank lines": "|\n\n    {words}\n\n\n", "comment after": "|\n    {words}\n# about the next key",
    "next line": "\n    {words}", "tag": "!!str {words}", "any tag": "! '{words}'", "own tag": "!<tag:x,1> {words}",
    "anchor": "&a {words}", "anchor and tag": "&a !!str\n    {words}", "tagged block": "!!str # why\n    |\n    {words}",
}  # fmt: skip
PLACES = {
    "front matter": ("r.md", "---\ntitle: Tariffs\n{key}: {value}\nstatus: draft\nowner: Ann\n---\n# A\n"),
    "its end": ("r.md", "---\nstatus: draft\n{key}: {value}\n---\n# A\n"),
    "a list": ("r.md", "---\n{key}:\n  - {value}\nstatus: draft\n---\n# A\n"),
    "the end of a list": ("r.md", "---\n{key}:\n  - caching\n  - {value}\nstatus: draft\n---\n# A\n"),
    "a mapping in a list": ("r.md", "---\n{key}:\n  - tag: {value}\n  - tag: high-cost\nstatus: draft\n---\n# A\n"),
    "indented": ("r.md", "---\n  {key}: {value}\n  status: draft\n---\n# A\n"),
    "yaml": ("r.yaml", "title: A\n{key}: {value}\nstatus: draft\ncontext: |\n  Tariffs change.\n"),
    "a log": ("r.yaml", "- title: A\n  {key}: {value}\n  status: draft\n- title: B\n  status: accepted\n"),
    "under adr": ("r.yaml", "adr:\n  {key}: {value}\n  status: draft\ntitle: A\n"),
}
WORDS = {
    "failure-tags": ("stale-knowlege", "stale-knowledge, hallucinaton"),
    "approach": ("fine-tuning", "fine-tuning, caching"),
}
OTHERS = {"failure-tags": "approach: [fine-tuning]", "approach": "failure-tags: [stale-knowledge]"}


def written(style, place):
    """Yield the name and the text of documents that write values in one style at one place, as far as YAML takes them."""
    name, frame = PLACES[place]
    for key, each in WORDS.items():
        for words in each:
            text = frame.format(key=key, value=STYLES[style].format(words=words))
            if "&a" in text:
                text = text.replace("status: draft", "status: draft\nnote: *a")
            for whole in (text, text.replace("---\n", f"---\n{OTHERS[key]}\n", 1))[: 2 if place == "its end" else 1]:
                try:
                    loaded(name, whole)
                except yaml.YAMLError:
                    continue
                yield name, whole


def loaded(name, text):
    """Return what the YAML of a document holds, by another reader than ours."""
    if name.endswith(".md"):
        text = text.split("---\n")[1]
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 # it constructs nothing


def others(held):
    """Return what stands under the keys that no fix writes, of one record or each of a log."""
    if isinstance(held, list):
        return [others(each) for each in held]
    return {key: others(value) if key == "adr" else value for key, value in held.items() if key not in CHANGED}


def mended(name, text):
    """Yield each fix of each finding, with the text after it."""
    for finding in engine.examine(Source(name, text), BOOK, STRICT).findings:
        for fix in finding.fixes:
            if fix.edits:
                yield finding, fix, apply(text, fix.edits)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("style", STYLES)
def test_a_fix_leaves_all_other_keys_as_they_are(style, place):
    """However a value is written: after each fix the document parses, and other keys hold what they held."""
    for name, text in written(style, place):
        before = others(loaded(name, text))
        for _, fix, after in mended(name, text):
            assert others(loaded(name, after)) == before, (fix.title, after)
            assert "!!str [" not in after


@pytest.mark.parametrize("style", [each for each in STYLES if not each.startswith(("anchor", "double "))])
def test_a_misspelt_tag_is_renamed_in_every_style(style):
    """Where no other key holds the value, the safe fix is there, and what it writes is read."""
    name, frame = PLACES["front matter"]
    text = frame.format(key="failure-tags", value=STYLES[style].format(words="stale-knowlege, hallucinaton"))
    fixes = {fix.title: after for _, fix, after in mended(name, text) if fix.applicability is Applicability.SAFE}
    for title, after in fixes.items():
        held = loaded(name, after)["failure-tags"].split(",")
        assert title.split()[-1] in [each.strip() for each in held]
    assert len(fixes) == 2


@pytest.mark.parametrize(
    ("name", "text", "mended_text"),
    [
        ("r.md", "---\nfailure-tags: |\n  stale-knowlege\nstatus: draft\n---\n# A\n",
         "---\nfailure-tags: |\n  stale-knowledge\nstatus: draft\n---\n# A\n"),
        ("r.yaml", "failure-tags:\n  - |\n    stale-knowlege\n  - >-\n    caching\nstatus: draft\n",
         "failure-tags:\n  - |\n    stale-knowledge\n  - >-\n    caching\nstatus: draft\n"),
    ],
)  # fmt: skip
def test_a_block_scalar_keeps_its_sign(name, text, mended_text):
    """Only the words below the sign are written anew."""
    after = next(after for _, fix, after in mended(name, text) if fix.applicability is Applicability.SAFE)
    assert after == mended_text


LISTS = {
    "mappings": "approach:\n  - tag: fine-tuning\n    why: tone\n  - tag: caching\nstatus: draft\n",
    "the last mapping": "approach:\n  - tag: caching\n  - tag: fine-tuning\n\n# about the status\nstatus: draft\n",
    "an alias": "base: &l [fine-tuning, caching]\napproach: *l\nstatus: draft\n",
    "an anchored list": "approach: &l [fine-tuning, caching]\nbase: *l\n",
    "an anchored item": "approach: [&a fine-tuning, caching]\nbase: *a\n",
    "an aliased item": "base: &a fine-tuning\napproach: [*a, caching]\n",
    "a merge": "base: &m {{approach: [fine-tuning, caching]}}\n<<: *m\nstatus: draft\n",
    "flow": "{{approach: [fine-tuning, caching], status: draft}}\n",
    "words with brackets": "approach: fine-tuning\nstatus: '[x]'\n",
    "an explicit key": "? status\n: draft\n? approach\n: fine-tuning\n",
    "an anchored key": "&k status: draft\napproach: fine-tuning\nnote: *k\n",
    "a tag before all": "!record\nstatus: draft\napproach: fine-tuning\n",
    "nothing chosen": "{{status: draft}}\n",
    "indented": "  status: draft\n  approach: fine-tuning, caching\n",
}


@pytest.mark.parametrize("failure", ["stale-knowledge", "stale-knowlege", "high-cost", "tone-inconsistency"])
@pytest.mark.parametrize("held", LISTS)
def test_a_fix_of_a_list_leaves_all_other_keys_as_they_are(held, failure):
    """The same of lists, and of a key that is written anew beside odd ones."""
    tags = f"\n## Failure tags\n\n- {failure}\n\n## Decision\n\nWe will fine-tune the model.\n"
    for name, frame in (("r.md", "---\n{}---\n# A\n" + tags), ("r.yaml", "{}")):
        text = frame.format(LISTS[held].format())
        if name.endswith(".yaml"):
            text = text.replace("approach:", f"failure-tags: [{failure}]\napproach:", 1) if "{" not in text else text
        try:
            before = others(loaded(name, text))
        except yaml.YAMLError:
            continue
        for _, fix, after in mended(name, text):
            assert others(loaded(name, after)) == before, (fix.title, after)
