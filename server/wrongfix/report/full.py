"""Findings with the lines they stand on, the places they rest on, and the fixes they offer."""

from __future__ import annotations

from textwrap import wrap

from wrongfix.findings import Applicability, Confidence, Finding
from wrongfix.report.excerpt import Mark, excerpt
from wrongfix.report.model import Checked, Report, place
from wrongfix.report.paint import paint
from wrongfix.report.plain import plain


def text(report: Report) -> str:
    """Return one paragraph a finding, with an empty line after each."""
    return "".join(f"{_paragraph(report, checked, finding)}\n" for checked, finding in report.findings())


def _paragraph(report: Report, checked: Checked, finding: Finding) -> str:
    at = place(checked.source, finding.span)
    inferred = " (inferred from the text)" if finding.confidence is Confidence.INFERRED else ""
    severity = paint(f"{finding.severity}[{finding.code}]", finding.severity, on=report.colour)
    lines = [f"{severity} {paint(finding.name, 'rule', on=report.colour)}{inferred}"]
    lines += _wrapped(plain(finding.message), report.width, "  ")
    arrow = paint("-->", "rail", on=report.colour)
    lines.append(f"  {arrow} {paint(f'{plain(checked.name)}:{at.row}:{at.column}', 'place', on=report.colour)}")
    here = [each for each in finding.related if each.filename is None]
    same = next((each for each in here if each.span == finding.span), None)
    marks = [Mark(finding.span, same.message if same else "", main=True)]
    marks += [Mark(each.span, each.message, main=False) for each in here if each is not same]
    lines += excerpt(checked.source, marks, finding.severity, width=report.width, colour=report.colour)
    for related in finding.related:
        if related.filename is not None:
            there = place(report.source_of(checked, related.filename), related.span)
            note = f"see {plain(related.filename)}:{there.row}:{there.column}: {plain(related.message)}"
            lines += _wrapped(note, report.width, "  ")
    for fix in finding.fixes:
        kind = "advice" if fix.applicability is Applicability.DISPLAY else "fix"
        unsafe = " (unsafe)" if fix.applicability is Applicability.UNSAFE else ""
        first, *rest = _wrapped(f"{kind}: {plain(fix.title)}{unsafe}", report.width, "  ", " " * (len(kind) + 4))
        lines += [first.replace(kind, paint(kind, "fix", on=report.colour), 1), *rest]
    lines.append(paint(f"  more: wrongfix rule {finding.code}", "faint", on=report.colour))
    return "".join(f"{line}\n" for line in lines)


def _wrapped(words: str, width: int, indent: str, hanging: str | None = None) -> list[str]:
    following = indent if hanging is None else hanging
    return wrap(words, max(40, width), initial_indent=indent, subsequent_indent=following, break_on_hyphens=False)
