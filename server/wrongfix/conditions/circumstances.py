"""Condition kinds that ask for facts, order, status, form and directives: all but failures and approaches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from wrongfix.conditions.arguments import mapping, selection, words
from wrongfix.conditions.case import HOLDS, Case, Condition, Match, status_of
from wrongfix.evidence.model import Fact, UnknownTag

_ASKED_ABOUT = 10
"""Unknown words of a record for which a meaning is looked for; a list with many of them is no list of tags."""


def fact(argument: object) -> Condition:
    """A fact is in the record: its name, or `name` with `is`, `above`, `below`, `at-least` or `at-most`.

    A bound may be a number or the name of a threshold of the settings.
    With `each: true` every mention of the fact has to be within the bounds, not just one.
    """
    if isinstance(argument, str):
        argument = {"name": argument}
    options = mapping(argument, {"name", "is", "above", "below", "at-least", "at-most", "each"})
    name = str(options["name"])

    def found(case: Case) -> tuple[Match, ...]:
        known = case.facts.get(name, ())
        fitting = tuple(fact for fact in known if _within(fact, options, case.thresholds))
        if not fitting or (options.get("each") and len(fitting) < len(known)):
            return ()
        return (Match(facts=fitting, slots={name: _shown(fitting[0])}),)

    return found


def missing(argument: object) -> Condition:
    """Facts that should be in the record and are not: a list, or `items` with `at-least` how many must be missing.

    `items` maps what the message calls a thing to the facts any of which shows it.
    """
    if isinstance(argument, (str, list)):
        argument = {"items": {each: each for each in words(argument)}}
    options = mapping(argument, {"items", "at-least"})
    items = {str(label): tuple(words(names)) for label, names in mapping(options["items"], None).items()}
    least = int(options.get("at-least", 1))

    def found(case: Case) -> tuple[Match, ...]:
        gaps = tuple(label for label, names in items.items() if not any(case.facts.get(name) for name in names))
        return (Match(gaps=gaps, slots={"items": ", ".join(gaps)}),) if len(gaps) >= least else ()

    return found


def status(argument: object) -> Condition:
    """The record has one of the statuses; a missing or unknown one counts as proposed."""
    wanted = set(words(argument))
    return lambda case: HOLDS if status_of(case.evidence) in wanted else ()


def stated(argument: object) -> Condition:
    """The author wrote `failures` or the `approach` as tags."""
    wanted = set(words(argument))

    def found(case: Case) -> tuple[Match, ...]:
        has = {"failures": case.evidence.stated_failures, "approach": case.evidence.stated_approach}
        return HOLDS if all(has[each] for each in wanted) else ()

    return found


def order(argument: object) -> Condition:
    """The phases name an approach of `then` no later than any of `first`, or name no phase for it at all.

    `unsaid: true` also matches a record without phases.
    """
    options = mapping(argument, {"first", "then", "unsaid"})
    first, then = selection(options["first"]), selection(options["then"])
    unsaid = bool(options.get("unsaid", False))

    def found(case: Case) -> tuple[Match, ...]:
        known = case.vocabulary.approaches
        steps = [(at, fact) for at, fact in enumerate(case.facts.get("phases", ()))]
        befores = [int(str(at)) for at, fact in steps if any(first(known, each) for each in _ids_of(fact))]
        late = [(at, fact) for at, fact in steps if any(then(known, each) for each in _ids_of(fact))]
        if not late:
            return HOLDS if unsaid and not steps else ()
        at, fact = late[0]
        return () if befores and min(befores) < at else (Match(span=fact.span, facts=(fact,)),)

    return found


def unknown(argument: object) -> Condition:
    """A word where a failure tag or an approach was expected; one match for each.

    Slots: `word`, `nearest` (what it is but for a slip), `suggested` (what it may mean), `hint` (the question after
    either). With `shared: true` it is a word that several ids share as their name: slot `meanings`.
    """
    options = argument if isinstance(argument, Mapping) else {"kind": argument}
    options = mapping(options, {"kind", "shared"})
    wanted, shared = set(words(options["kind"])), bool(options.get("shared", False))

    def found(case: Case) -> tuple[Match, ...]:
        return tuple(
            Match(span=each.text.span, slots=_slots(case, each, asked=at < _ASKED_ABOUT))
            for at, each in enumerate(case.evidence.unknown)
            if each.kind in wanted and bool(each.meanings) is shared
        )

    return found


def _slots(case: Case, unknown_: UnknownTag, *, asked: bool) -> Mapping[str, str]:
    ids: tuple[str, ...] = (unknown_.nearest,) if unknown_.nearest else ()
    if asked and not ids and not unknown_.meanings:
        ids = case.vocabulary.suggested(unknown_.kind, unknown_.text.value)
    quoted = " or ".join(f'"{each}"' for each in ids)
    return {
        "word": unknown_.text.value,
        "nearest": unknown_.nearest or "",
        "suggested": " or ".join(ids),
        "hint": f" (did you mean {quoted}?)" if ids else "",
        "meanings": " or ".join(unknown_.meanings),
    }


def problem(argument: object) -> Condition:
    """Something of the kind could not be read; one match for each; slot `problem`."""
    wanted = set(words(argument))

    def found(case: Case) -> tuple[Match, ...]:
        return tuple(
            Match(span=each.span, slots={"problem": each.message})
            for each in case.evidence.record.problems
            if each.kind in wanted
        )

    return found


def directive(argument: object) -> Condition:
    """A silencing directive came to nothing in one of the ways; one match for each; slot `directive`."""
    wanted = set(words(argument))

    def found(case: Case) -> tuple[Match, ...]:
        return tuple(
            Match(span=each.span, slots={"directive": each.text}, removal=each.removal)
            for each in case.directives
            if each.kind in wanted
        )

    return found


def _within(fact: Fact, options: Mapping[str, Any], thresholds: Mapping[str, float]) -> bool:
    if "is" in options and fact.value != options["is"]:
        return False
    bounds = {each: options[each] for each in ("above", "below", "at-least", "at-most") if each in options}
    if not bounds:
        return True
    if isinstance(fact.value, (str, bool)):
        return False
    number = fact.value
    tests: Mapping[str, Callable[[float], bool]] = {
        "above": lambda bound: number > bound,
        "below": lambda bound: number < bound,
        "at-least": lambda bound: number >= bound,
        "at-most": lambda bound: number <= bound,
    }
    return all(tests[each](thresholds[bound] if isinstance(bound, str) else bound) for each, bound in bounds.items())


def _shown(fact: Fact) -> str:
    return f"{fact.value:,g}" if isinstance(fact.value, float) else str(fact.value)


def _ids_of(fact: Fact) -> list[str]:
    return str(fact.value).split()
