"""SARIF 2.1.0 with rule metadata, related places, fixes and fingerprints; paths are relative to the source root."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from wrongfix.findings import Finding, Fix, Severity
from wrongfix.report.model import Checked, Report, fingerprints, place
from wrongfix.text import Source, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def text(report: Report) -> str:
    """Return the log of one run."""
    found = tuple(fingerprints(report))
    named = {finding.code: finding for _, finding, _ in found}
    rules = dict(report.rules) | {code: finding.name for code, finding in named.items()}
    places = {code: index for index, code in enumerate(sorted(rules))}
    driver = {
        "name": "wrongfix",
        "semanticVersion": report.version,
        "rules": [_rule(report, code, rules[code], named.get(code)) for code in places],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(report, *each, places) for each in found],
        "invocations": [{"executionSuccessful": True}],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(report: Report, code: str, name: str, finding: Finding | None) -> dict[str, Any]:
    page = report.page(code) or {}
    summary = str(page.get("summary", name)).strip()
    told: dict[str, Any] = {"id": code, "name": name, "shortDescription": {"text": summary}}
    if page.get("why"):
        told["fullDescription"] = {"text": str(page["why"]).strip()}
    if page.get("help"):
        told["help"] = {"text": page["help"]}
    if page.get("severity"):
        told["defaultConfiguration"] = {"level": _LEVELS[Severity(page["severity"])]}
    address = report.address(finding) if finding else None
    if address and not address.startswith("file:"):
        told["helpUri"] = address
    return told


def _result(
    report: Report, checked: Checked, finding: Finding, fingerprint: str, places: dict[str, int]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": places[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [_location(checked.source, finding.span)],
        "partialFingerprints": {"wrongfix/v1": fingerprint},
        "properties": {
            "confidence": finding.confidence.value,
            "failures": list(finding.failures),
            "approaches": list(finding.approaches),
        },
    }
    if finding.related:
        told["relatedLocations"] = [
            {
                "id": number,
                **_location(report.source_of(checked, each.filename), each.span),
                "message": {"text": each.message},
            }
            for number, each in enumerate(finding.related, 1)
        ]
    if fixes := [_fix(report, checked, fix) for fix in finding.fixes if fix.edits]:
        told["fixes"] = fixes
    return told


def _fix(report: Report, checked: Checked, fix: Fix) -> dict[str, Any]:
    source = report.source_of(checked, fix.filename)
    replacements = [
        {"deletedRegion": _region(source, edit.span), "insertedContent": {"text": edit.content}} for edit in fix.edits
    ]
    return {
        "description": {"text": f"{fix.title} ({fix.applicability})"},
        "artifactChanges": [{"artifactLocation": {"uri": _uri(source.name)}, "replacements": replacements}],
    }


def _location(source: Source, span: Span) -> dict[str, Any]:
    return {
        "physicalLocation": {"artifactLocation": {"uri": _uri(source.name)}, "region": _region(source, span)},
    }


def _region(source: Source, span: Span) -> dict[str, int]:
    at = place(source, span)
    return {"startLine": at.row, "startColumn": at.column, "endLine": at.end_row, "endColumn": at.end_column}


def _uri(name: str) -> str:
    """Return the address of a file, byte for byte where its name is no text."""
    try:
        return quote(name.encode("utf-8", "surrogateescape"), safe="/")
    except UnicodeEncodeError:
        return quote(name, safe="/", errors="replace")
