"""Condition kinds that ask what fails and what the matrix says of it and of what is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from wrongfix.conditions.arguments import mapping, selection, words
from wrongfix.conditions.case import Case, Condition, ConditionError, Match, union
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
    """A claimed failure of the selection, or `at-least` so many different ones; all of them in one match."""
    least = 1
    if isinstance(argument, Mapping) and "at-least" in argument:
        least = int(argument["at-least"])
        argument = {key: value for key, value in argument.items() if key != "at-least"}
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        failures = tuple(each for each in case.evidence.claimed if wanted(case.vocabulary.failures, each.id))
        return (Match(failures=failures),) if len({each.id for each in failures}) >= least else ()

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


def unaddressed(argument: object) -> Condition:
    """A claimed failure of the selection that nothing chosen does any good; one match for each."""
    wanted = selection(argument)

    def found(case: Case) -> tuple[Match, ...]:
        return tuple(
            Match(failures=(each,)) for each in case.assessment.unaddressed if wanted(case.vocabulary.failures, each.id)
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


def unmeasured(argument: object) -> Condition:
    """Claimed failures for which none of the facts that would show a change is there; all of them in one match.

    It takes a list of `failures` (a selection) with the `facts` any of which measures them.
    """
    if not isinstance(argument, list) or not argument:
        raise ConditionError(f"this kind takes a list of failures and facts, not {argument!r}")
    entries = [mapping(each, {"failures", "facts"}) for each in argument]
    measures = [(selection(each["failures"]), words(each["facts"])) for each in entries]

    def found(case: Case) -> tuple[Match, ...]:
        failures = tuple(
            each
            for each in case.evidence.claimed
            if any(wanted(case.vocabulary.failures, each.id) for wanted, _ in measures)
            and not any(
                wanted(case.vocabulary.failures, each.id) and any(case.facts.get(name) for name in names)
                for wanted, names in measures
            )
        )
        return (Match(failures=failures),) if failures else ()

    return found
