"""Directives: comments by which an author silences a rule; they silence findings and nothing silences them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from wrongfix.comments import FORMS, IGNORE, Directive, hash_comments, html_comments
from wrongfix.conditions.case import Outcome
from wrongfix.findings import Finding
from wrongfix.frozen import replace
from wrongfix.record.model import Record, Text
from wrongfix.rule import Rule
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Edit, Source, Span
from wrongfix.wording import quoted

_KEYWORDS = (*(f"wrongfix-{form}" for form in FORMS), f"wrongfix: {IGNORE}[CODE] reason")
_CODE_OR_NAME = re.compile(r"[0-9-]")
"""What every code and nearly every name holds, and few other words."""


def read(source: Source, records: Sequence[Record]) -> tuple[Directive, ...]:
    """Return the directives of a document; its records tell values from comments."""
    if "wrongfix" not in source.text:
        return ()
    front = next((record.front_matter for record in records if record.front_matter), None)
    if front is None and any(record.metadata is not None for record in records):
        return tuple(hash_comments(source, Span(0, len(source.text)), records))
    before = tuple(hash_comments(source, front, records)) if front else ()
    return before + _paired(html_comments(source, front.end if front else 0))


def silence(
    findings: Iterable[Finding], directives: Sequence[Directive]
) -> tuple[tuple[Finding, ...], frozenset[tuple[int, str]]]:
    """Return the findings that no directive silences, and which names of which directives (by index) were of use.

    The name of a directive for all rules is the empty one.
    """
    kept = []
    used: set[tuple[int, str]] = set()
    for finding in findings:
        hits = [(index, name) for index, directive in enumerate(directives) for name in _silencing(directive, finding)]
        used.update(hits)
        if not hits:
            kept.append(finding)
    return tuple(kept), frozenset(used)


def outcomes(
    source: Source,
    directives: Sequence[Directive],
    used: Collection[tuple[int, str]],
    rulebook: Rulebook,
    settings: Settings,
) -> tuple[Outcome, ...]:
    """Return what came of the directives: unknown names, names in vain, reasons that are missing.

    Only a rule that the settings let run can be named in vain, and one limited to some statuses never is.
    """
    found: list[Outcome] = []
    for index, directive in enumerate(directives):
        if directive.keyword is not None:
            found.append(Outcome("unknown", directive.keyword.span, _no_directive(directive.keyword.value)))
            continue
        codes, words = _unknown_names(directive, rulebook)
        found += [Outcome("unknown", name.span, _no_rule(name.value, rulebook)) for name in codes]
        if words is not None:
            found.append(Outcome("unknown", words, _no_reason(source.slice(words), directive)))
        vain = {
            name.value
            for name in directive.names
            if (index, name.value) not in used and _ran(rulebook.named(name.value), settings)
        }
        if directive.form == "enable":
            if directive.idle:
                found.append(Outcome("unused", directive.span, "enable", _without(source, directive)))
            continue
        if vain or (not directive.names and (index, "") not in used):
            found.append(_in_vain(source, directive, vain, editable=words is None))
        if not directive.reason and words is None:
            found.append(Outcome("reasonless", directive.span, source.slice(directive.span)))
    return tuple(found)


def _ran(rule: Rule | None, settings: Settings) -> bool:
    """Say whether a rule ran for certain."""
    if rule is None:
        return False
    by_profile = settings.profile == "strict" or (rule.profile == "default" and not rule.default_statuses)
    return settings.runs(rule.code, rule.name, by_profile=by_profile)


def _silencing(directive: Directive, finding: Finding) -> Iterable[str]:
    """Return the names by which a directive silences a finding; one of several lines may stand on any of them."""
    end = max(finding.span.end, finding.span.start + 1)
    names = [name.value for name in directive.names] or [""]
    return [
        name
        for name, scope in zip(names, directive.scopes, strict=False)
        if (name in ("", finding.name) or name.upper() == finding.code)
        and scope.start < end
        and finding.span.start < scope.end
    ]


def _paired(directives: Iterable[Directive]) -> tuple[Directive, ...]:
    """Return the directives with every `disable` ended, name by name, by the next `enable` of that name or of all."""
    ordered = list(directives)
    open_at: dict[str, list[tuple[int, int]]] = {}
    for index, directive in enumerate(ordered):
        names = [name.value.upper() for name in directive.names]
        if directive.form == "disable":
            for place, name in enumerate(names or [""]):
                open_at.setdefault(name, []).append((index, place))
        elif directive.form == "enable":
            ended = [one for name in (names or list(open_at)) for one in open_at.pop(name, ())]
            ordered[index] = replace(directive, idle=not ended)
            for opened, place in ended:
                scopes = list(ordered[opened].scopes)
                scopes[place] = Span(scopes[place].start, directive.span.start)
                ordered[opened] = replace(ordered[opened], scopes=tuple(scopes))
    return tuple(ordered)


def _unknown_names(directive: Directive, rulebook: Rulebook) -> tuple[list[Text], Span | None]:
    """Return the names that no rule has, and where words begin that cannot be names: a reason without its sign."""
    unknown = [name for name in directive.names if rulebook.named(name.value) is None]
    first = next((at for at, name in enumerate(unknown) if not _CODE_OR_NAME.search(name.value)), None)
    if first is None or len(directive.names) == 1:
        return unknown, None
    return unknown[:first], Span(unknown[first].span.start, directive.listed.end)


def _in_vain(source: Source, directive: Directive, vain: Collection[str], *, editable: bool) -> Outcome:
    """Return the outcome that takes the names in vain out, or the whole comment when no other name is left.

    Nothing is taken out where more stands among the names than names: it may be what the author had to say.
    """
    idle = [name for name in directive.names if name.value in vain]
    rest = [name.value for name in directive.names if name.value not in vain]
    text = ", ".join(name.value for name in idle) or source.slice(directive.span)
    if not editable or _says_more(source, directive):
        return Outcome("unused", idle[0].span if idle else directive.span, text)
    if not rest:
        return Outcome("unused", directive.span, text, _without(source, directive))
    return Outcome("unused", idle[0].span, text, Edit(directive.listed, ", ".join(rest)))


def _says_more(source: Source, directive: Directive) -> bool:
    """Say whether more stands where rules are named than names and the signs between them."""
    ends = [directive.listed.start, *(name.span.end for name in directive.names)]
    starts = [*(name.span.start for name in directive.names), directive.listed.end]
    return any(source.text[end:start].strip(",;: \t\r\n") for end, start in zip(ends, starts, strict=True))


def _without(source: Source, directive: Directive) -> Edit:
    """Return the edit that deletes a comment: its whole line when it stands alone, else the blanks before it too."""
    text = source.text
    start, end = directive.span.start, directive.span.end
    line = source.line(source.position(start).row)
    last_row = source.position(end).row
    if not text[line.start : start].strip() and not text[end : source.line(last_row).end].strip():
        after = source.line_starts[last_row + 1] if last_row + 1 < len(source.line_starts) else len(text)
        return Edit(Span(line.start, after), "")
    while start > line.start and text[start - 1] in " \t":
        start -= 1
    return Edit(Span(start, end), "")


def _no_rule(word: str, rulebook: Rulebook) -> str:
    from wrongfix.settings_keys import nearest  # noqa: PLC0415 # needed only when something is wrong

    return f"“{quoted(word)}” is no known rule and silences nothing{nearest(word, rulebook.by_name)}"


def _no_reason(words: str, directive: Directive) -> str:
    place = "behind the bracket" if directive.form == IGNORE else "behind “ -- ”"
    return f"“{quoted(words)}” names no rule, and a reason stands {place}"


def _no_directive(words: str) -> str:
    from wrongfix.settings_keys import nearest  # noqa: PLC0415 # needed only when something is wrong

    return f"“{quoted(words)}” is no known directive and silences nothing{nearest(words, _KEYWORDS)}"
