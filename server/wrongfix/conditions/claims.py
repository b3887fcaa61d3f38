"""Condition kinds that ask what fails, what is chosen and what the matrix says of the two."""

from __future__ import annotations

from wrongfix.conditions.arguments import mapping, selection, words
from wrongfix.conditions.case import HOLDS, Case, Condition, Match, union
from wrongfix.evidence.model import Approach, Stance
from wrongfix.fit import Fit, Verdict


def pair(argument: object) -> Condition:
    """Pairs the matrix marks and nothing covers: `failures`, `approaches`, `fit` (wrong-fix unless said).

    One match for each chosen approach, with all its failures.
    """
    options = mapping(argument, {"failures", "approaches", "fit"})
    failures, approaches = selection(options.get("failures", "any")), selection(options.get("approaches", "any"))
    fits = {Fit(each) for each in words(options.get("fit", Fit.WRONG_FIX.value))}

    def found(case: Case) -> tuple[Match, ...]:
        open_pairs = [
            pair
            for pair in case.assessment.verdicts
            if pair.open
            and pair.fit in fits
            and failures(case.vocabulary.failures, pair.failure.id)
            and (
                approaches(case.vocabulary.approaches, pair.approach_id)
                or approaches(case.vocabulary.approaches, pair.approach.id)
            )
        ]
        by_approach: dict[str, list[Verdict]] = {}
        for pair in open_pairs:
            by_approach.setdefault(pair.approach.id, []).append(pair)
        return tuple(
            Match(
                failures=tuple(pair.failure for pair in pairs),
                approaches=(pairs[0].approach,),
                pairs=tuple(pairs),
            )
            for pairs in by_approach.values()
        )

    return found


def failure(argument: object) -> Condition:
    """A claimed failure of the selection; all of them in one match."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        failures = tuple(each for each in case.evidence.claimed if wanted(case.vocabulary.failures, each.id))
        return (Match(failures=failures),) if failures else ()

    return found


def only_failures(argument: object) -> Condition:
    """Some failure is claimed and all of them are of the selection."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        failures = case.evidence.claimed
        if failures and all(wanted(case.vocabulary.failures, each.id) for each in failures):
            return (Match(failures=failures),)
        return ()

    return found


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


def unaddressed(argument: object) -> Condition:
    """A claimed failure of the selection that nothing chosen does any good; one match for each."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        return tuple(
            Match(failures=(each,)) for each in case.assessment.unaddressed if wanted(case.vocabulary.failures, each.id)
        )

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


def one_layer(argument: object) -> Condition:
    """Failures of both layers are claimed, those of one are served and those of the other are not.

    The unserved failures and the pairs they are open in are bound; `layer` and `other` are slots.
    """
    layers = tuple(words(argument))

    def found(case: Case) -> tuple[Match, ...]:
        unserved = {id(each) for each in case.assessment.unaddressed}
        for layer in layers:
            mine = [each for each in case.evidence.claimed if case.vocabulary.failures[each.id].group == layer]
            others = [
                each
                for each in case.evidence.claimed
                if case.vocabulary.failures[each.id].group in layers and each not in mine
            ]
            if (
                mine
                and others
                and all(id(each) in unserved for each in mine)
                and not any(id(each) in unserved for each in others)
            ):
                pairs = tuple(
                    pair
                    for pair in case.assessment.verdicts
                    if pair.open and pair.failure in mine and pair.fit is Fit.WRONG_FIX
                )
                return (
                    Match(
                        failures=tuple(mine),
                        approaches=union((), tuple(pair.approach for pair in pairs)),
                        pairs=pairs,
                        slots={"layer": layer},
                    ),
                )
        return ()

    return found


def majority(argument: object) -> Condition:
    """Most of the counted failures are of a layer that nothing chosen serves; slots `layer` and `other`."""
    mapping(argument or {}, set())

    def found(case: Case) -> tuple[Match, ...]:
        counts: dict[str, int] = {}
        served: dict[str, bool] = {}
        unserved = {each.id for each in case.assessment.unaddressed}
        for each in case.evidence.claimed:
            layer = case.vocabulary.failures[each.id].group
            counts[layer] = counts.get(layer, 0) + (each.count or 0)
            served[layer] = served.get(layer, False) or each.id not in unserved
        total = sum(counts.values())
        if not total or len(counts) < 2:
            return ()
        leading = max(counts, key=lambda layer: counts[layer])
        others = [layer for layer in counts if served[layer] and layer != leading]
        if served[leading] or counts[leading] * 2 <= total or not others:
            return ()
        failures = tuple(each for each in case.evidence.claimed if case.vocabulary.failures[each.id].group == leading)
        return (Match(failures=failures, slots={"layer": leading, "other": others[0]}),)

    return found


def vague(argument: object) -> Condition:
    """All claimed failures are of the selection, nothing tells their causes apart, and no first fix is chosen.

    An author tells them apart by saying whether the right evidence was in the prompt.
    """
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        failures = case.evidence.claimed
        if not failures or not all(wanted(case.vocabulary.failures, each.id) for each in failures):
            return ()
        if any(each.evidence_in_prompt is not None for each in failures):
            return ()
        if any(pair.fit is Fit.FIRST_FIX for pair in case.assessment.verdicts):
            return ()
        return (Match(failures=failures),)

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
