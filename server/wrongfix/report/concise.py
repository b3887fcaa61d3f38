"""One line a finding: `path:row:column: CODE severity message`, as editors and people skim it.

`[fix available]` stands where a flag applies a fix, behind `[*]` where `--fix` alone does; guesses have no such mark.
"""

from __future__ import annotations

from wrongfix.findings import fix_for
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
        safe = " [*]" if fix_for(finding, unsafe=False) else ""
        tail = f"{safe} [fix available]" if fix_for(finding, unsafe=True) else ""
        lines.append(f"{where} {code} {finding.severity} {plain(finding.message)}{tail}\n")
    return "".join(lines)
