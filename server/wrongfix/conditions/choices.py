"""Condition kinds that ask what is chosen, weighed, tried or left idle."""

from __future__ import annotations

from wrongfix.conditions.arguments import selection
from wrongfix.conditions.case import HOLDS, Case, Condition, ConditionError, Match, union
from wrongfix.evidence.model import Approach, Stance


def chosen(argument: object) -> Condition:
    """A chosen approach of the selection; one match for each."""
    return _with_stance(argument, Stance.CHOSEN)


def considered(argument: object) -> Condition:
    """An approach of the selection is weighed, tried, ruled out, rejected or put off."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        evidence = case.evidence
        weighed = {
            *(each.id for each in evidence.approaches if each.stance is not Stance.CHOSEN),
            *(each.id for each in (*evidence.tried, *evidence.ruled_out)),
        }
        return HOLDS if any(wanted(case.vocabulary.approaches, each) for each in weighed) else ()

    return found


def tried(argument: object) -> Condition:
    """An approach of the selection is recorded as tried or ruled out."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        attempts = (*case.evidence.tried, *case.evidence.ruled_out)
        return HOLDS if any(wanted(case.vocabulary.approaches, each.id) for each in attempts) else ()

    return found


def idle(argument: object) -> Condition:
    """A chosen approach of the selection that does no claimed failure any good; one match for each."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        return tuple(
            Match(approaches=(each,))
            for each in case.assessment.idle
            if case.evidence.claimed and wanted(case.vocabulary.approaches, each.id)
        )

    return found


def together(argument: object) -> Condition:
    """An approach of every selection in a list is chosen, a combined one counting as its members; one match for all."""
    if not isinstance(argument, list) or not argument:
        raise ConditionError(f"this kind takes a list of selections, not {argument!r}")
    wanted = [selection(each) for each in argument]

    def found(case: Case) -> tuple[Match, ...]:
        known = case.vocabulary.approaches
        fitting: list[Approach] = []
        for wants in wanted:
            mine = [
                each
                for each in case.evidence.chosen
                if any(wants(known, member) for member in (each.id, *known[each.id].expands))
            ]
            if not mine:
                return ()
            fitting += mine
        first = {each.id: each for each in reversed(fitting)}
        return (Match(approaches=tuple(each for each in union((), fitting) if first[each.id] is each)),)

    return found


def none_chosen(argument: object) -> Condition:
    """No approach of the selection is chosen."""
    part = chosen(argument)
    return lambda case: () if part(case) else HOLDS


def _with_stance(argument: object, stance: Stance) -> Condition:
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        first: dict[str, Approach] = {}
        for each in case.evidence.stands(stance):
            if wanted(case.vocabulary.approaches, each.id):
                first.setdefault(each.id, each)
        return tuple(Match(approaches=(each,)) for each in first.values())

    return found
