"""The rulebook: rules, vocabulary and matrix as loaded; a rule file that is wrong stops the start with its place.

Nothing in a rule file is run: conditions are of the closed set, messages are plain text with slots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wrongfix import packing
from wrongfix.conditions import Case, Condition, Match, compile_condition
from wrongfix.fit import Matrix, read_matrix
from wrongfix.frozen import dataclass, field
from wrongfix.rulefile import RuleError, read_rule
from wrongfix.vocabulary import Vocabulary

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Model


@dataclass(frozen=True)
class Rule:
    """One rule as its file has it, without what only its page needs.

    `severity` is by status, with `default` for all others.
    `concern` is what it is about: the record's content, its tags, its form, or silencing directives.
    `needs_stated` is `always` for a rule that blames an absence: in the default profile it speaks on stated evidence
    only; `unless-misfit` for one that may also rest on a misfit pair; `no` for all others.
    `eased_when` is a condition under which an error is a warning, and a warning an info.
    `default_statuses` limits it in the default profile to records of those statuses.
    """

    code: str
    name: str
    severity: Mapping[str, str]
    when: object
    message: str
    profile: str = "strict"
    default_statuses: tuple[str, ...] = ()
    concern: str = "content"
    needs_stated: str = "no"
    eased_when: object = None
    replaces: tuple[str, ...] = ()
    fixes: tuple[Mapping[str, Any], ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """Return the letters of the code."""
        return self.code.rstrip("0123456789")

    def matches(self, case: Case) -> tuple[Match, ...]:
        """Return what the rule finds in a case."""
        return self._condition(case)

    def is_eased(self, case: Case) -> bool:
        """Say whether the case is one where the rule weighs one step less."""
        return self.eased_when is not None and bool(self._easing(case))

    @cached_property
    def _easing(self) -> Condition:
        return compile_condition(self.eased_when)

    @cached_property
    def _condition(self) -> Condition:
        return compile_condition(self.when)


@dataclass(frozen=True)
class Rulebook:
    """Everything the tool knows. `blocks` are the sections fixes can insert, by id."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    fit: Matrix
    blocks: Mapping[str, Any]
    source: Path
    own_pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """Return the rules by code and by name."""
        return {**{rule.name: rule for rule in self.rules}, **{rule.code: rule for rule in self.rules}}

    @cached_property
    def explained(self) -> Mapping[str, Any]:
        """Return what rule pages are made of: `rules` by code, and `sources`."""
        content = packing.read_packed(self.source, packing.EXPLAINING)
        return {**content, "rules": {**content["rules"], **self.own_pages}}

    @cached_property
    def model(self) -> Model | None:
        """Return the learned weights; nothing where none are shipped."""
        weights = sorted((self.source / "learned").glob("*.bin"))
        if not weights:
            return None
        from wrongfix.evidence.learned import load  # noqa: PLC0415 # only records in scope need the weights

        return load(weights[0].read_bytes())


def load(
    source: Path | None = None,
    own_rules: Iterable[Path] = (),
    own_words: Mapping[str, Sequence[str]] | None = None,
) -> Rulebook:
    """Return the rulebook: the tool's own, and a team's rule files and words (lists by failure or approach id).

    Raises RuleError for a team's file that is wrong, OSError for one that cannot be read.
    """
    source = source or packing.folder()
    content = packing.read_packed(source, packing.CHECKING)
    vocabulary = Vocabulary(content["vocabulary"], own_words or {})
    rules = [_rule(entry) for entry in content["rules"]]
    pages: dict[str, Mapping[str, Any]] = {}
    for path in own_rules:
        entry = read_rule(path)
        known = {name for rule in rules for name in (rule.code, rule.name)}
        if taken := known.intersection((entry["code"], entry["name"])):
            raise RuleError(str(path), 1, f"{min(taken)} names a rule that exists already: choose another")
        rules.append(_rule(entry))
        pages[entry["code"]] = {key: entry[key] for key in packing.PAGE_KEYS if key in entry}
    return Rulebook(tuple(rules), vocabulary, read_matrix(content["fit"], vocabulary), content["blocks"], source, pages)


def _rule(entry: Mapping[str, Any]) -> Rule:
    severity = entry["severity"]
    return Rule(
        code=entry["code"],
        name=entry["name"],
        severity=severity if isinstance(severity, dict) else {"default": severity},
        when=entry["when"],
        message=entry["message"].strip(),
        profile=entry.get("profile", "strict"),
        default_statuses=tuple(entry.get("default-statuses", ())),
        concern=entry.get("concern", "content"),
        needs_stated=entry.get("needs-stated", "no"),
        eased_when=entry.get("eased-when"),
        replaces=tuple(entry.get("replaces", ())),
        fixes=tuple(entry.get("fixes", ())),
        tags=tuple(entry.get("tags", ())),
    )
