"""One rule, as its file has it; what only its page needs stays in the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from wrongfix.conditions import Case, Condition, Match, compile_condition
from wrongfix.frozen import dataclass


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


def rule_of(entry: Mapping[str, Any]) -> Rule:
    """Return the rule that the content of a rule file stands for."""
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
