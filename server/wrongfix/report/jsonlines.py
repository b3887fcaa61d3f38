"""One JSON object a line and finding, in the shape of `json`."""

from __future__ import annotations

import json

from wrongfix.report.jsonform import as_data
from wrongfix.report.model import Report


def text(report: Report) -> str:
    """Return the lines; nothing when there is nothing to say, for an empty stream is the empty list of lines."""
    return "".join(json.dumps(as_data(report, checked, finding)) + "\n" for checked, finding in report.findings())
