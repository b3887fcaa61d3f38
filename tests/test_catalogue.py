"""Rules about rules: what every rule file and the matrix hold to, whoever writes them."""

from collections import Counter
from string import Formatter

import pytest
import yaml

from wrongfix import engine, rulebook
from wrongfix.conditions import KINDS
from wrongfix.fit import Fit
from wrongfix.packing import folder, rule_files
from wrongfix.rulefile import read_rule
from wrongfix.settings import Settings
from wrongfix.text import Source

BOOK = rulebook.load()
FILES = rule_files(folder())
RULES = [pytest.param(read_rule(path), id=path.stem) for path in FILES]
SOURCES = yaml.safe_load((folder() / "sources.yaml").read_text(encoding="utf-8"))
FACTS = BOOK.vocabulary.data("facts")
ALWAYS_BOUND = {"failure", "approach", "failure-id", "approach-id", "first-fix"}
BOUND_BY = {
    "missing": {"items"},
    "one-layer": {"layer"},
    "majority": {"layer", "other"},
    "unknown": {"word", "nearest", "suggested", "hint", "meanings"},
    "problem": {"problem"},
    "directive": {"directive"},
}
UNSHOWN = ("REC001",)
"""Bytes that are no text cannot stand in a rule file."""


def conditions(value):
    """Yield every kind and argument of a condition, however deep."""
    if isinstance(value, dict):
        for kind, argument in value.items():
            yield kind, argument
            if kind in ("all", "any", "not"):
                yield from conditions(argument)
    elif isinstance(value, list):
        for each in value:
            yield from conditions(each)


def facts_of(rule):
    """Yield the names of the facts a rule asks for."""
    for kind, argument in (*conditions(rule["when"]), *conditions(rule.get("eased-when", {}))):
        if kind == "fact":
            yield argument if isinstance(argument, str) else argument["name"]
        if kind == "missing":
            items = argument["items"] if isinstance(argument, dict) else {"": argument}
            for names in items.values():
                yield from [names] if isinstance(names, str) else names
        if kind == "unmeasured":
            for entry in argument:
                yield from entry["facts"]


def test_codes_and_names_are_unique():
    """A code and a name stand for one rule for good."""
    rules = [each.values[0] for each in RULES]
    assert [code for code, count in Counter(rule["code"] for rule in rules).items() if count > 1] == []
    assert [name for name, count in Counter(rule["name"] for rule in rules).items() if count > 1] == []


def test_files_are_named_after_their_rules():
    """Whoever has a code or a name finds the file."""
    assert [path.stem for path in FILES] == [f"{each.values[0]['code']}-{each.values[0]['name']}" for each in RULES]


@pytest.mark.parametrize("rule", RULES)
def test_messages_are_one_plain_sentence(rule):
    """A message goes on behind a code: it has no full stop, no line end, and is short before its slots are filled."""
    words = "".join(text for text, *_ in Formatter().parse(rule["message"]))
    assert not words.rstrip().endswith(".")
    assert ". " not in words
    assert "\n" not in words
    assert len(words) <= 140


@pytest.mark.parametrize("rule", RULES)
def test_summaries_are_sentences(rule):
    """A summary stands alone in a table: it begins with a capital, ends in a full stop and fills one line."""
    assert rule["summary"][0].isupper()
    assert rule["summary"].endswith(".")
    assert "\n" not in rule["summary"]


@pytest.mark.parametrize("rule", RULES)
def test_every_slot_is_bound(rule):
    """A slot is what findings always know, or what a condition of the rule binds."""
    bound = set(ALWAYS_BOUND)
    for kind, argument in conditions(rule["when"]):
        bound |= BOUND_BY.get(kind, set())
        if kind == "fact":
            bound.add(argument if isinstance(argument, str) else argument["name"])
    texts = [
        rule["message"],
        *(text for fix in rule.get("fixes", ()) for text in fix.values() if isinstance(text, str)),
    ]
    slots = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}
    assert slots - bound == set()


@pytest.mark.parametrize("rule", RULES)
def test_every_source_is_real(rule):
    """A source is a heading of one of the four documents, or a public page with an address.

    Rules about files and comments claim nothing about AI systems, and have none.
    """
    assert bool(rule["sources"]) is (rule.get("concern") not in ("record", "directives"))
    for source in rule["sources"]:
        key, _, anchor = source.partition("#")
        if key in SOURCES["documents"]:
            assert anchor in SOURCES["documents"][key]["headings"], source
        else:
            assert SOURCES["public"][key]["address"].startswith("https://"), source


@pytest.mark.parametrize("rule", RULES)
def test_conditions_speak_of_what_there_is(rule):
    """Every kind, failure, approach, layer, family, fact, threshold, block and replaced rule is known."""
    failures, approaches = BOOK.vocabulary.failures, BOOK.vocabulary.approaches
    known = {
        *(*failures, *approaches, "any"),
        *(term.group for terms in (failures, approaches) for term in terms.values()),
        *(side for term in approaches.values() for side in term.sides),
    }
    for kind, argument in conditions(rule["when"]):
        assert kind in KINDS
        if kind in ("failure", "only-failures", "unaddressed", "vague", "chosen", "none-chosen", "tried", "considered"):
            assert set(named(argument)) <= known, argument
        if kind == "pair":
            assert set(named(argument.get("failures", "any"))) <= known, argument
            assert set(named(argument.get("approaches", "any"))) <= known, argument
        if kind == "fact" and isinstance(argument, dict):
            bounds = [bound for bound in argument.values() if isinstance(bound, str) and bound != argument["name"]]
            assert set(bounds) <= BOOK.vocabulary.data("defaults")["thresholds"].keys()
    assert set(facts_of(rule)) <= {*FACTS["mentions"], *FACTS["amounts"], "phases"}
    assert {fix["insert"] for fix in rule.get("fixes", ()) if "insert" in fix} <= BOOK.blocks.keys()
    assert set(rule.get("replaces", ())) <= {each.code for each in BOOK.rules}


def named(argument):
    """Yield the words a selection is made of."""
    if isinstance(argument, dict):
        for key, value in argument.items():
            if key != "at-least":
                yield from named(value)
    elif isinstance(argument, list):
        for each in argument:
            yield from named(each)
    else:
        yield argument


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_shown(rule):
    """Two records it finds and two it passes over, at least; one of them YAML unless it is about Markdown comments."""
    examples = rule["examples"]
    if rule["code"] in UNSHOWN:
        return
    assert len([each for each in examples if "bad" in each]) >= 2
    assert len([each for each in examples if "good" in each]) >= 2
    assert any(str(each.get("name", "")).endswith(".yaml") for each in examples)


@pytest.mark.parametrize("rule", RULES)
def test_every_fix_that_edits_is_shown(rule):
    """A rule whose first fix edits the record shows the record it makes."""
    first = next(iter(rule.get("fixes", ({"suggest": ""},))[0]), "suggest")
    assert first == "suggest" or any("fixed" in each for each in rule["examples"])


def test_no_block_fact_or_source_is_left_over():
    """What no rule, cell or reader asks for is taken out."""
    rules = [each.values[0] for each in RULES]
    blocks = {fix["insert"] for rule in rules for fix in rule.get("fixes", ()) if "insert" in fix}
    assert BOOK.blocks.keys() - blocks == set()
    facts = {name for rule in rules for name in facts_of(rule)}
    assert FACTS["mentions"].keys() - facts == set()
    assert FACTS["amounts"].keys() - facts == set()
    cited = {source for rule in rules for source in rule["sources"]}
    cited |= {source for cell in BOOK.fit.cells.values() for source in cell.sources}
    notes = " ".join(cell.note for cell in BOOK.fit.cells.values())
    keys = {source.partition("#")[0] for source in cited}
    assert {key for key in SOURCES["public"] if key not in keys and key not in notes} == set()


SERVING = [
    pytest.param(failure, approach, id=f"{failure}-{approach}")
    for (failure, approach), cell in BOOK.fit.cells.items()
    if cell.fit.serves and cell.fit is not Fit.ONCE_TRIED
]


@pytest.mark.parametrize(("failure", "approach"), SERVING)
def test_no_rule_calls_a_fitting_pair_a_misfit(failure, approach):
    """Whatever the profile, a pair the matrix marks as a first fix or as helping is named in no finding."""
    text = f"---\nstatus: accepted\nfailure-tags: [{failure}]\napproach: [{approach}]\n---\n# A\n"
    found = engine.check(Source("record.md", text), BOOK, Settings(profile="strict"))
    assert [each.code for each in found if approach in each.approaches and failure in each.failures] == []


def test_every_misfit_is_found():
    """Each wrong-fix or makes-worse pair, stated alone, gives one misfit finding of the weight of its cell."""
    wrong = {}
    for (failure, approach), cell in BOOK.fit.cells.items():
        if cell.fit not in (Fit.WRONG_FIX, Fit.MAKES_WORSE):
            continue
        text = f"---\nfailure-tags: [{failure}]\napproach: [{approach}]\n---\n# A\n"
        found = engine.check(Source("record.md", text), BOOK, Settings(profile="strict"))
        misfits = [each for each in found if each.approaches == (approach,) and each.failures == (failure,)]
        weight = cell.severity or ("error" if cell.fit is Fit.WRONG_FIX else "warning")
        if [each.severity for each in misfits].count(weight) != 1:
            wrong[failure, approach] = [(each.code, each.severity.value) for each in misfits]
    assert wrong == {}
