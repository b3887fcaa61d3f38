"""A GitLab code quality report: a list that names each finding by a fingerprint that survives moved lines."""

from __future__ import annotations

import json

from wrongfix.findings import Severity
from wrongfix.report.model import Report, fingerprints, place
from wrongfix.report.plain import as_text

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def text(report: Report) -> str:
    """Return the list."""
    told = []
    for checked, finding, fingerprint in fingerprints(report):
        at = place(checked.source, finding.span)
        told.append(
            {
                "description": f"{finding.code} {finding.name}: {finding.message}",
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": as_text(checked.name),
                    "positions": {
                        "begin": {"line": at.row, "column": at.column},
                        "end": {"line": at.end_row, "column": at.end_column},
                    },
                },
            }
        )
    return json.dumps(told, indent=2) + "\n"
