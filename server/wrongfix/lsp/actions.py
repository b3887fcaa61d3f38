"""Code actions, complete in themselves: made from document and range, whatever the client sends back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from lsprotocol import types

from wrongfix import explain
from wrongfix.cli.remedying import remedied
from wrongfix.engine import check
from wrongfix.findings import Applicability, Finding, Fix
from wrongfix.lsp import convert
from wrongfix.lsp.accepting import acceptances
from wrongfix.lsp.names import FIX_ALL, OPEN_RULE_PAGE
from wrongfix.lsp.silencing import silencings
from wrongfix.lsp.trying import Trials
from wrongfix.lsp.view import View
from wrongfix.text import Edit, Source, Span, difference

_LONGEST_TRIED = 100_000
"""Characters; the fixes of a longer document are offered in their own order, untried."""
_FEW = 5
"""So many findings of a range are looked at one by one: of more, silence is offered for none."""
_MOST = 50
"""So many findings of a range are offered their fixes; nobody reads a longer list."""


def answer(view: View, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the actions for a range, those that clear a finding first, silencing last."""
    wanted = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
    found = findings_at(view, convert.span_of(view.source, params.range, view.ruler))
    actions: list[types.CodeAction] = []
    quick = _asked_for(types.CodeActionKind.QuickFix.value, wanted)
    trials = Trials(view)
    if quick:
        actions += _each_once(action for finding in found[:_MOST] for action in _quick_fixes(view, finding, trials))
        actions += _of_whole_rules(view, found)
        actions += _pages(view, found)
    if _asked_for(FIX_ALL, wanted):
        actions += _fix_all(view)
    if quick and view.options.silence_actions and len(found) <= _FEW:
        actions += _each_once(action for finding in found for action in silencings(view, finding, trials))
        for code in dict.fromkeys(finding.code for finding in found):
            actions += acceptances(view, [finding for finding in found if finding.code == code])
    return actions


def findings_at(view: View, span: Span) -> list[Finding]:
    """Return the findings a range touches; where it touches none, those on its lines."""
    findings = view.checked.examination.findings
    touched = [each for each in findings if each.span.start <= span.end and span.start <= each.span.end]
    if touched:
        return touched
    rows = range(view.source.position(span.start).row, view.source.position(span.end).row + 1)
    return [each for each in findings if view.source.position(each.span.start).row in rows]


def _ranked(finding: Finding, fixes: Iterable[Fix], trials: Trials) -> Iterator[tuple[int, Fix]]:
    """Yield fixes with their ranks: the first that clears the finding, then the others, untried."""
    ranks: list[tuple[int, Fix]] = []
    for fix in fixes:
        done = any(rank == 0 for rank, _ in ranks)
        ranks.append((2 if done else _rank(finding, fix, trials), fix))
    yield from sorted(ranks, key=lambda each: each[0])


def _rank(finding: Finding, fix: Fix, trials: Trials) -> int:
    """Return 0 for a fix that clears the finding and adds none, 1 for one that clears it, 2 for others."""
    trial = trials.of(finding, fix.edits, _LONGEST_TRIED)
    if trial is None or not trial.clears(finding):
        return 2
    return 0 if trial.adds_nothing else 1


def _quick_fixes(view: View, finding: Finding, trials: Trials) -> Iterator[types.CodeAction]:
    fixes = [fix for fix in finding.fixes if fix.edits and fix.filename is None]
    preferred = False
    for rank, fix in _ranked(finding, fixes, trials):
        best = not preferred and rank < 2 and fix.applicability is Applicability.SAFE
        preferred = preferred or best
        yield types.CodeAction(
            title=_title(fix),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(view, finding)],
            edit=convert.document_edit(view.document, fix.edits, view.client),
            is_preferred=best or None if view.client.preferred else None,
        )


def _each_once(actions: Iterable[types.CodeAction]) -> Iterator[types.CodeAction]:
    """Yield actions, those of several findings that do the same as one."""
    once: dict[str, types.CodeAction] = {}
    for action in actions:
        same = once.setdefault(f"{action.title}\n{action.edit}", action)
        if same is not action:
            same.diagnostics = [*(same.diagnostics or ()), *(action.diagnostics or ())] or None
            same.is_preferred = same.is_preferred or action.is_preferred
    yield from once.values()


def _of_whole_rules(view: View, found: Iterable[Finding]) -> Iterator[types.CodeAction]:
    """Yield for each rule that finds several things the action that fixes all of them."""
    for code in dict.fromkeys(finding.code for finding in found):
        fixes = [_first(finding) for finding in view.checked.examination.findings if finding.code == code]
        edits: list[Edit] = []
        taken: list[Fix] = []
        reached = -1
        for fix in sorted((fix for fix in fixes if fix is not None), key=lambda fix: min(fix.edits)):
            if (
                all(_apart(one, other) for one, other in combinations(fix.edits, 2))
                and min(fix.edits).span.start > reached
            ):
                edits += fix.edits
                taken.append(fix)
                reached = max(edit.span.end for edit in fix.edits)
        if len(taken) > 1:
            unsafe = any(fix.applicability is not Applicability.SAFE for fix in taken)
            yield types.CodeAction(
                title=f"Fix all {len(taken)} of {view.rulebook.by_name[code].name}{' (unsafe)' if unsafe else ''}",
                kind=types.CodeActionKind.QuickFix,
                edit=convert.document_edit(view.document, edits, view.client),
            )


def _fix_all(view: View) -> Iterator[types.CodeAction]:
    """Yield the action that applies every safe fix, again and again until nothing changes."""
    source = view.source

    def examined(text: str) -> tuple[Finding, ...]:
        return () if view.left.is_set() else check(Source(source.name, text), view.rulebook, view.settings)

    done = remedied(source.text, view.checked.examination.findings, examined, unsafe=False)
    if done.applied:
        yield types.CodeAction(
            title="Apply all safe fixes of wrongfix",
            kind=FIX_ALL,
            edit=convert.document_edit(view.document, [difference(source.text, done.text)], view.client),
        )


def _pages(view: View, found: Iterable[Finding]) -> Iterator[types.CodeAction]:
    does = "Open" if view.client.shows_documents else "Tell the address of"
    for code in dict.fromkeys(finding.code for finding in found):
        rule = view.rulebook.by_name[code]
        title = f"{does} the page of {rule.name} ({code})"
        command = types.Command(title, OPEN_RULE_PAGE, arguments=[explain.url(rule, view.settings)])
        yield types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, command=command)


def diagnostic(view: View, finding: Finding) -> types.Diagnostic:
    """Return a finding as the diagnostic the client knows."""
    url = explain.url(view.rulebook.by_name[finding.code], view.settings)
    return convert.diagnostic(finding, view.source, view.document.uri, view.client, url)


def _apart(one: Edit, other: Edit) -> bool:
    return one.span.end < other.span.start or other.span.end < one.span.start


def _first(finding: Finding) -> Fix | None:
    return next((fix for fix in finding.fixes if fix.edits and fix.filename is None), None)


def _title(fix: Fix) -> str:
    return fix.title if fix.applicability is Applicability.SAFE else f"{fix.title} (unsafe)"


def _asked_for(kind: str, wanted: list[str]) -> bool:
    return not wanted or any(kind == each or kind.startswith(f"{each}.") or each == "" for each in wanted)
