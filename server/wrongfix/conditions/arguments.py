"""Reading the arguments of conditions: words, mappings, selections of ids; errors speak to the rule's author."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wrongfix.conditions.case import ConditionError
from wrongfix.vocabulary import Term

Selection = Callable[[Mapping[str, Term], str], bool]


def selection(argument: object) -> Selection:
    """Return a test of ids: `any`, an id, a list of ids, or a mapping `layer`, `family`, `side` and `but`."""
    if argument == "any":
        return lambda known, term: term in known
    if isinstance(argument, Mapping):
        options = mapping(argument, {"layer", "family", "side", "but", "ids"})
        groups = {*words(options.get("layer", [])), *words(options.get("family", []))}
        sides, but, ids = (set(words(options.get(each, []))) for each in ("side", "but", "ids"))
        return lambda known, term: (
            term in known
            and term not in but
            and (term in ids or known[term].group in groups or bool(sides.intersection(known[term].sides)))
        )
    ids = set(words(argument))
    return lambda _known, term: term in ids


def words(argument: object) -> list[str]:
    """Return one word or a list of words as a list. Raises ConditionError on anything else."""
    if isinstance(argument, str):
        return [argument]
    if isinstance(argument, (list, tuple)) and all(isinstance(each, str) for each in argument):
        return list(argument)
    raise ConditionError(f"this kind takes a word or a list of words, not {argument!r}")


def mapping(argument: object, keys: set[str] | None) -> Mapping[str, Any]:
    """Return a mapping that has no other keys than the ones named, if any are. Raises ConditionError otherwise."""
    if not isinstance(argument, Mapping):
        raise ConditionError(f"this kind takes a mapping, not {argument!r}")
    if keys is not None and (foreign := set(argument) - keys):
        raise ConditionError(f"unknown key {min(foreign)!r}; known are {', '.join(sorted(keys))}")
    return argument
