"""Fixes that change what is chosen: replace, add or drop an approach, in the key and in the outcome sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wrongfix.conditions import Case
from wrongfix.evidence.model import Approach, Evidence, Failure, Stance
from wrongfix.findings import Applicability, Confidence, Fix
from wrongfix.fit import Fit, Matrix, assess
from wrongfix.fixing import keys
from wrongfix.frozen import replace
from wrongfix.judging import MISFITS, Judgement
from wrongfix.rulebook import Rulebook
from wrongfix.text import Edit, Span

FIRST = "first-fix"


def replacement(judgement: Judgement, _rulebook: Rulebook, argument: str | list[str]) -> Iterator[Fix]:
    """Replace the bound approach by what fits the bound failures; keep it, and add, where it serves another failure."""
    case, match = judgement.case, judgement.match
    if not match.approaches:
        yield from addition(judgement, _rulebook, argument)
        return
    wrong = match.approaches[0]
    chosen = [approach.id for approach in case.evidence.chosen]
    others = [each for each in chosen if each != wrong.id]
    for wanted in _candidates(judgement, argument):
        for title, ids in (
            (f"Replace {wrong.id} by {_and(wanted)}", [*others, *wanted]),
            (f"Add {_and(wanted)} to {wrong.id}", [*chosen, *wanted]),
            (f"Replace {wrong.id} by {_and(_for_all(case, others, wanted))}", _for_all(case, others, wanted) + others),
        ):
            if _mends(case, judgement.match.failures, ids) and not _stays(judgement, wrong.id, ids):
                edits = _choosing(case, wrong, ids, wanted[0])
                if edits:
                    yield Fix(title, Applicability.UNSAFE, edits)
                break


def addition(judgement: Judgement, _rulebook: Rulebook, argument: str | list[str]) -> Iterator[Fix]:
    """Add what fits the bound failures to what is chosen."""
    case = judgement.case
    chosen = [approach.id for approach in case.evidence.chosen]
    for wanted in _candidates(judgement, argument):
        for new in (wanted, _for_all(case, chosen, wanted)):
            more = [each for each in new if each not in chosen]
            if more and not _misfits(case, [*chosen, *more], more):
                if edits := _choosing(case, None, [*chosen, *more], more[0]):
                    yield Fix(f"Add {_and(more)} to what is chosen", Applicability.UNSAFE, edits)
                break


def removal(judgement: Judgement, _rulebook: Rulebook, _argument: object) -> Iterator[Fix]:
    """Take the bound approach out of what is chosen."""
    case = judgement.case
    for wrong in judgement.match.approaches[:1]:
        others = [approach.id for approach in case.evidence.chosen if approach.id != wrong.id]
        if others and (edits := _choosing(case, wrong, others, None)):
            yield Fix(f"Drop {wrong.id}", Applicability.UNSAFE, edits)


def _candidates(judgement: Judgement, argument: str | list[str]) -> Iterator[list[str]]:
    """Yield lists of approaches that would fit: the first fixes, or those named that serve, in the matrix's order."""
    matrix, failures = judgement.case.matrix, judgement.match.failures
    if isinstance(argument, list):
        yield from ([each] for each in _serving(matrix, failures) if each in argument)
        return
    if compensators := _compensators(judgement):
        yield compensators
    firsts = [matrix.fitting(failure.id, Fit.FIRST_FIX) for failure in failures]
    best = list(dict.fromkeys(each[0] for each in firsts if each))
    if best:
        yield best
    if len(failures) == 1:
        yield from ([each] for each in firsts[0][1:])


def _serving(matrix: Matrix, failures: tuple[Failure, ...]) -> tuple[str, ...]:
    """Return what does any of the failures good: first fixes, then what helps, then what fits once they are tried."""
    fits = (Fit.FIRST_FIX, Fit.HELPS, Fit.ONCE_TRIED)
    return tuple(dict.fromkeys(each for failure in failures for each in matrix.fitting(failure.id, *fits)))


def _compensators(judgement: Judgement) -> list[str]:
    """Return what makes a worsening approach harmless, where the matrix knows something that does."""
    harmful = [pair for pair in judgement.match.pairs if pair.fit is Fit.MAKES_WORSE]
    found = [
        entry["by-chosen"][0]
        for pair in harmful
        for entry in judgement.case.matrix.compensated
        if pair.failure.id in entry["failures"] and pair.approach_id in entry["approaches"] and entry.get("by-chosen")
    ]
    return list(dict.fromkeys(found)) if len(found) == len(judgement.match.pairs) else []


def _for_all(case: Case, others: list[str], wanted: list[str]) -> list[str]:
    """Return the wanted approaches and the first fix of each other failure that would be left unserved."""
    ids = list(wanted)
    for failure in case.evidence.claimed:
        if not any(_serves(case.matrix, failure.id, each) for each in (*others, *ids)):
            ids += case.matrix.fitting(failure.id, Fit.FIRST_FIX)[:1]
    return list(dict.fromkeys(ids))


def _serves(matrix: Matrix, failure: str, approach: str) -> bool:
    cell = matrix.cell(failure, approach)
    return cell is not None and cell.fit.serves and approach != matrix.measuring


def _mends(case: Case, bound: Iterable[Failure], ids: list[str]) -> bool:
    """Say whether choosing the ids leaves the bound failures without a misfit and no more failures unserved."""
    after = assess(_with_choice(case.evidence, ids), case.matrix)
    mended = {failure.id for failure in bound}
    unserved = {failure.id for failure in case.assessment.unaddressed}
    return (
        not any(pair.open and pair.fit in MISFITS and pair.failure.id in mended for pair in after.verdicts)
        and {failure.id for failure in after.unaddressed} <= unserved - mended
        and len(_open(after.verdicts)) < max(len(_open(case.assessment.verdicts)), 1)
    )


def _stays(judgement: Judgement, wrong: str, ids: list[str]) -> bool:
    """Say whether, with the ids chosen, the rule still finds fault with the approach it blamed."""
    case = judgement.case
    evidence = _with_choice(case.evidence, ids)
    bound = {failure.id for failure in judgement.match.failures}
    return any(
        any(approach.id == wrong for approach in match.approaches)
        and bound.issubset({failure.id for failure in match.failures})
        for match in judgement.rule.matches(replace(case, evidence=evidence, assessment=assess(evidence, case.matrix)))
    )


def _misfits(case: Case, ids: list[str], among: list[str]) -> bool:
    """Say whether, with the ids chosen, one of some approaches would be a misfit."""
    after = assess(_with_choice(case.evidence, ids), case.matrix)
    return any(pair.open and pair.fit in MISFITS and pair.approach_id in among for pair in after.verdicts)


def _open(verdicts: Iterable[object]) -> list[object]:
    return [pair for pair in verdicts if getattr(pair, "open", False) and getattr(pair, "fit", None) in MISFITS]


def _with_choice(evidence: Evidence, ids: list[str]) -> Evidence:
    kept = tuple(each for each in evidence.approaches if each.stance is not Stance.CHOSEN)
    place = evidence.record.anchor
    new = tuple(Approach(each, Stance.CHOSEN, Confidence.STATED, place) for each in ids)
    return replace(evidence, approaches=(*kept, *new), stated_approach=True)


def _choosing(case: Case, wrong: Approach | None, ids: list[str], new: str | None) -> tuple[Edit, ...]:
    """Return the edits after which exactly these approaches are chosen; nothing where no safe place is found."""
    evidence = case.evidence
    record = evidence.record
    names = tuple(_names(case))
    stated = {each.id: each for each in evidence.chosen if each.confidence is Confidence.STATED}
    edits = _rewritten(case, names, stated, ids) if stated else keys.created(record, names[0], tuple(ids))
    if not edits:
        return ()
    return (*edits, *(_outcome(evidence, wrong, new) if wrong is not None and new is not None else ()))


def _rewritten(case: Case, names: tuple[str, ...], stated: dict[str, Approach], ids: list[str]) -> tuple[Edit, ...]:
    record = case.evidence.record
    gone = [each for each in stated.values() if each.id not in ids]
    new = [each for each in ids if each not in stated]
    edits: list[Edit] = []
    while gone and new:
        edit = keys.written(record, gone.pop(0).span, new.pop(0))
        if edit is None:
            return ()
        edits.append(edit)
    for each in gone:
        cut = keys.removed(record, names, each.span)
        if not cut:
            return ()
        edits += cut
    if new:
        node = keys.find(record, *names)
        scalar = node is not None and node.tag not in ("seq", "map")
        if edits and scalar and len(edits) == 1:
            longer = keys.listing(record, edits[0], tuple(new))
            return (longer,) if longer is not None else ()
        more = keys.added(record, names, tuple(new))
        if not more:
            return ()
        edits += more
    return tuple(edits)


def _outcome(evidence: Evidence, wrong: Approach, new: str) -> Iterator[Edit]:
    """Yield the edit of an outcome sentence that names an option, when another option is the new approach."""
    record = evidence.record
    target = next((index for index, span in _options(evidence) if _is(evidence, span, new)), None)
    if target is None:
        return
    for choice in record.choices:
        named = choice.name
        if named is None or not choice.options or target in choice.options:
            continue
        if any(_is(evidence, record.options[index].name.span, wrong.id) for index in choice.options):
            place = _inner(named.span, record.source.slice(named.span))
            edit = keys.reworded(record, place, record.options[target].name.value)
            yield from (edit,) if edit is not None else ()


def _options(evidence: Evidence) -> Iterator[tuple[int, Span]]:
    return ((index, option.name.span) for index, option in enumerate(evidence.record.options))


def _is(evidence: Evidence, span: Span, approach: str) -> bool:
    return any(each.id == approach and span.meets(each.span) for each in evidence.approaches)


def _inner(span: Span, words: str) -> Span:
    """Leave the quotes and stars around a name standing."""
    lead = len(words) - len(words.lstrip("*_\"'“”‘’«»` "))
    trail = len(words) - len(words.rstrip("*_\"'“”‘’«»` "))
    return Span(span.start + lead, max(span.start + lead, span.end - trail))


def _names(case: Case) -> Iterator[str]:
    known = case.vocabulary.data("keys")["approaches"]
    return (name for sure in ("always", "maybe") for name in known[sure])


def _and(words: Iterable[str]) -> str:
    each = list(words)
    return " and ".join((", ".join(each[:-1]), each[-1])) if len(each) > 1 else "".join(each)
