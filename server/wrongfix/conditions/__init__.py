"""The closed set of condition kinds a rule's `when:` is made of.

A condition is data: a mapping with one kind, or several kinds that must all hold.
Kinds that bind (`pair`, `failure`, `chosen` …) say what a finding is about; the others only let a match through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wrongfix.conditions import choices, circumstances, claims
from wrongfix.conditions.case import HOLDS, Case, Condition, ConditionError, Match, Outcome, status_of

__all__ = ["KINDS", "Case", "Condition", "ConditionError", "Match", "Outcome", "compile_condition", "status_of"]


def compile_condition(value: object) -> Condition:
    """Return the function a `when:` stands for. Raises ConditionError with words for the author of the rule."""
    if not isinstance(value, Mapping) or not value:
        raise ConditionError(f"a condition is a mapping of kinds, such as {{pair: …}}; this is {value!r}")
    parts = []
    for kind, argument in value.items():
        if kind not in KINDS:
            raise ConditionError(f"unknown condition kind {kind!r}")
        parts.append(KINDS[kind](argument))
    return _all_of(parts)


def _all(argument: object) -> Condition:
    """Every one of a list of conditions; their bindings are joined."""
    return _all_of([compile_condition(each) for each in _conditions(argument)])


def _any(argument: object) -> Condition:
    """At least one of a list of conditions; each match stands for itself."""
    parts = [compile_condition(each) for each in _conditions(argument)]
    return lambda case: tuple(match for part in parts for match in part(case))


def _not(argument: object) -> Condition:
    """The condition finds nothing."""
    part = compile_condition(argument)
    return lambda case: () if part(case) else HOLDS


KINDS: Mapping[str, Callable[[object], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "pair": claims.pair,
    "failure": claims.failure,
    "only-failures": claims.only_failures,
    "chosen": choices.chosen,
    "together": choices.together,
    "none-chosen": choices.none_chosen,
    "unmeasured": claims.unmeasured,
    "considered": choices.considered,
    "tried": choices.tried,
    "unaddressed": claims.unaddressed,
    "idle": choices.idle,
    "one-layer": claims.one_layer,
    "majority": claims.majority,
    "vague": claims.vague,
    "fact": circumstances.fact,
    "missing": circumstances.missing,
    "status": circumstances.status,
    "stated": circumstances.stated,
    "order": circumstances.order,
    "unknown": circumstances.unknown,
    "problem": circumstances.problem,
    "directive": circumstances.directive,
}


def _all_of(parts: list[Condition]) -> Condition:
    if len(parts) == 1:
        return parts[0]

    def found(case: Case) -> tuple[Match, ...]:
        matches: tuple[Match, ...] = HOLDS
        for part in parts:
            if not (more := part(case)):
                return ()
            matches = tuple(match.joined(other) for match in matches for other in more)
        return matches

    return found


def _conditions(argument: object) -> list[object]:
    if not isinstance(argument, list) or not argument:
        raise ConditionError(f"this kind takes a list of conditions, not {argument!r}")
    return argument
