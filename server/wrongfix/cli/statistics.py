"""Counting findings by rule."""

from __future__ import annotations

import json
from collections import Counter

from wrongfix.cli.console import CannotDoError
from wrongfix.report.model import Report
from wrongfix.report.paint import paint


def statistics(report: Report, form: str) -> str:
    """Return how often each rule spoke, the most frequent first; as a table or as JSON."""
    found = [finding for _, finding in report.findings()]
    counts = Counter((finding.code, finding.name, finding.severity.value) for finding in found)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if form == "json":
        rows = [
            {"code": code, "name": name, "severity": severity, "count": count}
            for (code, name, severity), count in ordered
        ]
        return json.dumps(rows, indent=2) + "\n"
    if form not in ("concise", "full"):
        raise CannotDoError(f"--statistics goes with concise, full or json, not with {form}")
    width = max((len(str(count)) for count in counts.values()), default=0)
    return "".join(
        f"{count:>{width}} {paint(code, severity, on=report.colour)} {severity:<7} {name}\n"
        for (code, name, severity), count in ordered
    )
