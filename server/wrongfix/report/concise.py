"""One line a finding: `path:row:column: CODE severity message`, as editors and people skim it."""

from __future__ import annotations

from wrongfix.findings import Applicability, Finding
from wrongfix.report.model import Report, place
from wrongfix.report.paint import paint
from wrongfix.report.plain import plain


def text(report: Report) -> str:
    """Return the lines."""
    lines = []
    for checked, finding in report.findings():
        at = place(checked.source, finding.span)
        where = paint(f"{plain(checked.name)}:{at.row}:{at.column}:", "place", on=report.colour)
        code = paint(finding.code, finding.severity, on=report.colour)
        tail = f" [{remedy}]" if (remedy := available(finding)) else ""
        lines.append(f"{where} {code} {finding.severity} {plain(finding.message)}{tail}\n")
    return "".join(lines)


def available(finding: Finding) -> str:
    """Return the words about the best fix a finding offers, or nothing when it offers none to apply."""
    kinds = {fix.applicability for fix in finding.fixes if fix.edits}
    if Applicability.SAFE in kinds:
        return "fix available"
    return "unsafe fix available" if Applicability.UNSAFE in kinds else ""
