"""The rulebook: rules, vocabulary and matrix, each loaded when it is first asked for.

A team's rule file that is wrong stops the start with its place; nothing in a rule file is run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wrongfix import packing
from wrongfix.frozen import dataclass
from wrongfix.vocabulary import Vocabulary

if TYPE_CHECKING:
    from wrongfix.evidence.learned import Model
    from wrongfix.fit import Matrix
    from wrongfix.rule import Rule


@dataclass(frozen=True)
class Rulebook:
    """Everything the tool knows, and the rules a team adds (`own`: the content of their files)."""

    source: Path
    parts: Mapping[str, Any]
    vocabulary: Vocabulary
    own: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules, the team's own last."""
        from wrongfix.rule import rule_of  # noqa: PLC0415 # a record that claims nothing needs no rules

        return tuple(rule_of(entry) for entry in (*self.parts["rules"], *self.own))

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """Return the rules by code and by name."""
        return {**{rule.name: rule for rule in self.rules}, **{rule.code: rule for rule in self.rules}}

    def named(self, word: str) -> Rule | None:
        """Return the rule of a code or name; a code may be written in lower case."""
        return self.by_name.get(word) or self.by_name.get(word.upper())

    @cached_property
    def fit(self) -> Matrix:
        """Return the matrix of failures and approaches."""
        from wrongfix.fit import read_matrix  # noqa: PLC0415 # as for rules

        return read_matrix(self.parts["fit"], self.vocabulary)

    @property
    def blocks(self) -> Mapping[str, Any]:
        """Return the sections fixes can insert, by id."""
        blocks: Mapping[str, Any] = self.parts["blocks"]
        return blocks

    @cached_property
    def explained(self) -> Mapping[str, Any]:
        """Return what rule pages are made of: `rules` by code, and `sources`."""
        own = {entry["code"]: {key: entry[key] for key in packing.PAGE_KEYS if key in entry} for entry in self.own}
        return {"rules": {**self.parts["pages"], **own}, "sources": self.parts["sources"]}

    @cached_property
    def model(self) -> Model | None:
        """Return the learned weights; nothing where none are shipped."""
        weights = sorted((self.source / "learned").glob("*.bin"))
        if not weights:
            return None
        from wrongfix.evidence.weights import load, mapped  # noqa: PLC0415 # only records in scope need the weights

        return load(mapped(weights[0]))


def load(
    source: Path | None = None,
    own_rules: Iterable[Path] = (),
    own_words: Mapping[str, Sequence[str]] | None = None,
) -> Rulebook:
    """Return the rulebook: the tool's own, and a team's rule files and words (lists by failure or approach id).

    Raises RuleError for a team's file that is wrong, OSError for one that cannot be read.
    """
    source = source or packing.folder()
    parts = packing.packed(source)
    return Rulebook(source, parts, Vocabulary(packing.Vocabularies(parts), own_words or {}), _own(own_rules, parts))


def _own(paths: Iterable[Path], parts: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    own: list[Mapping[str, Any]] = []
    for path in paths:
        from wrongfix.rulefile import RuleError, read_rule  # noqa: PLC0415 # few teams have rules of their own

        entry = read_rule(path)
        known = {name for other in (*parts["rules"], *own) for name in (other["code"], other["name"])}
        if taken := known.intersection((entry["code"], entry["name"])):
            raise RuleError(str(path), 1, f"{min(taken)} names a rule that exists already: choose another")
        for name in (fix["insert"] for fix in entry.get("fixes", ()) if "insert" in fix):
            if name not in parts["blocks"]:
                raise RuleError(str(path), 1, f"there is no block {name!r} to insert")
        own.append(entry)
    return tuple(own)
