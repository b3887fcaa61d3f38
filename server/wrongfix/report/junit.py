"""JUnit XML: one suite a document, one failure a finding, and one passed case for a document without findings."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from wrongfix.report.model import Checked, Report, place
from wrongfix.report.plain import plain


def text(report: Report) -> str:
    """Return the document."""
    count = sum(max(1, len(checked.findings)) for checked in report.checked)
    failures = sum(len(checked.findings) for checked in report.checked)
    lines = ['<?xml version="1.0" encoding="utf-8"?>']
    lines.append(f'<testsuites name="wrongfix" tests="{count}" failures="{failures}" errors="0">')
    for checked in report.checked:
        lines += _suite(checked)
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(checked: Checked) -> list[str]:
    name = quoteattr(plain(checked.name))
    count = len(checked.findings)
    lines = [f'  <testsuite name={name} tests="{max(1, count)}" failures="{count}" errors="0" skipped="0">']
    if not checked.findings:
        lines.append(f'    <testcase name="wrongfix" classname={name}/>')
    for finding in checked.findings:
        at = place(checked.source, finding.span)
        case = quoteattr(f"{finding.code} {finding.name}")
        message = quoteattr(_xml(finding.message))
        where = escape(f"{plain(checked.name)}:{at.row}:{at.column}: {finding.severity} {_xml(finding.message)}")
        lines.append(f'    <testcase name={case} classname={name} line="{at.row}">')
        lines.append(f'      <failure type="{finding.severity}" message={message}>{where}</failure>')
        lines.append("    </testcase>")
    return [*lines, "  </testsuite>"]


def _xml(words: str) -> str:
    """Return words without the two signs below U+10000 that XML forbids beside control signs."""
    return plain(words).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
