"""Reports: each format as it is written down in `tests/reports/`, and what no format may let through."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from wrongfix import report
from wrongfix.findings import Applicability, Confidence, Finding, Fix, Related, Severity
from wrongfix.report.model import Checked, Report, fingerprints
from wrongfix.report.plain import plain
from wrongfix.text import Edit, Source, Span

GOLDEN = Path(__file__).parent / "reports"
SCHEMAS = Path(__file__).parent / "schemas"
TEXT = """\
---
status: accepted
approach: [fine-tuning]
---
# Learn the fees 😀 by heart

The desk quotes last year's fee, 价格错误.

\tWe will fine-tune it.
"""


def at(text, words):
    """Return the span of the words."""
    start = text.index(words)
    return Span(start, start + len(words))


def sample(**options):
    """Return a report over three documents: two findings with everything a finding can have, one bare, one clean."""
    first = Finding(
        "KNW002",
        "tuning-on-changing-facts",
        Severity.ERROR,
        Confidence.STATED,
        "Facts that change are about to be trained into weights: fine-tuning is chosen",
        at(TEXT, "fine-tuning"),
        ("stale-knowledge",),
        ("fine-tuning",),
        (
            Related("stale-knowledge is read here", at(TEXT, "last year's fee")),
            Related("there", Span(2, 4), "other.md"),
        ),
        (
            Fix("Choose retrieval", Applicability.UNSAFE, (Edit(at(TEXT, "fine-tuning"), "rag"),)),
            Fix("Ask what was in the prompt", Applicability.DISPLAY),
        ),
        ("last year's fee",),
    )
    second = Finding(
        "TAG001",
        "unknown-failure",
        Severity.WARNING,
        Confidence.INFERRED,
        "100% of these, they say: wrong",
        Span(at(TEXT, "价格").start, at(TEXT, "fine-tune it").end),
        fixes=(Fix("Rename", Applicability.SAFE, (Edit(at(TEXT, "价格"), "价"), Edit(Span(0, 0), "x"))),),
        tags=("unnecessary",),
    )
    third = Finding("REC001", "unreadable-record", Severity.INFO, Confidence.STATED, "not UTF-8 text", Span(0, 0))
    checked = (
        Checked(Source("docs/a b%,.md", TEXT), (first, second)),
        Checked(Source("empty.md", ""), (third,), 0),
        Checked(Source("clean.md", "# Clean\n")),
    )
    return Report(
        checked,
        address=lambda finding: f"https://docs.example.com/{finding.code}",
        page=lambda code: {"summary": f"Summary of {code}.", "why": "Because.", "severity": "error", "help": "Do it."},
        other=lambda name: Source(name, "ab\ncd\n"),
        version="1.2.3",
        **options,
    )


@pytest.mark.parametrize("form", report.FORMATS)
def test_golden(form):
    """Each format reads as it is written down; after a wanted change, run this file as a program."""
    assert report.text(form, sample()) == (GOLDEN / f"{form}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", report.FORMATS)
def test_nothing_to_say(form):
    """With nothing to say, formats for people are empty and machine formats are whole documents."""
    text = report.text(form, Report((Checked(Source("a.md", "")),)))
    if form in ("concise", "full", "github", "json-lines"):
        assert text == ""
    else:
        assert text.endswith("\n")
        assert ET.fromstring(text) is not None if form == "junit" else json.loads(text) is not None  # noqa: S314 # ours


def test_sarif_schema():
    """SARIF is what its schema says: with findings, fixes and related places, and without."""
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    for told in (sample(), Report(())):
        validator.validate(json.loads(report.text("sarif", told)))


def test_sarif_regions():
    """SARIF columns are characters, paths are escaped, and each result points to its rule."""
    run = json.loads(report.text("sarif", sample()))["runs"][0]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "docs/a%20b%25%2C.md"
    assert place["region"] == {"startLine": 3, "startColumn": 12, "endLine": 3, "endColumn": 23}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_json_as_designed():
    """JSON has the fields of version 1, with places counted from 1 and the end exclusive."""
    told = json.loads(report.text("json", sample()))
    assert (told["version"], told["files"], told["records"]) == (1, 3, 2)
    first = told["findings"][0]
    assert first["location"] == {"row": 3, "column": 12}
    assert first["end_location"] == {"row": 3, "column": 23}
    assert first["related"][1]["filename"] == "other.md"
    assert first["related"][1]["location"] == {"row": 1, "column": 3}
    assert {fix["applicability"] for fix in first["fixes"]} == {"unsafe", "display"}
    assert set(first) >= {
        "code",
        "name",
        "severity",
        "confidence",
        "message",
        "filename",
        "failures",
        "approaches",
        "url",
    }
    lines = report.text("json-lines", sample()).splitlines()
    assert [json.loads(line) for line in lines] == told["findings"]


def test_rdjson_counts_bytes():
    """Columns of rdjson count the bytes of UTF-8."""
    second = json.loads(report.text("rdjson", sample()))["diagnostics"][1]
    line = TEXT.splitlines()[6]
    assert second["location"]["range"]["start"] == {"line": 7, "column": len(line.partition("价")[0].encode()) + 1}


def test_rdjson_suggests_what_is_safe():
    """A suggestion is applied without a second look, so a fix that changes what a record claims is none."""
    first, second, _ = json.loads(report.text("rdjson", sample()))["diagnostics"]
    assert first["suggestions"] == []
    assert [each["text"] for each in second["suggestions"]] == ["价", "x"]


def test_github_commands_cannot_be_forged():
    """No message, path or title ends a workflow command or begins another."""
    message = "50%\n::error file=x::forged\r::set-output name=a::b"
    finding = Finding("A001", "a", Severity.ERROR, Confidence.STATED, message, Span(0, 1))
    lines = report.text("github", Report((Checked(Source("a,b:c\n::x.md", "x"), (finding,)),))).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("::error title=wrongfix A001 a,file=a%2Cb%3Ac %3A%3Ax.md,line=1")
    assert lines[0].endswith("::50%25 ::error file=x::forged ::set-output name=a::b")


@pytest.mark.parametrize("form", report.FORMATS)
def test_no_format_steers_a_terminal(form):
    """Control and direction signs of a record, its name or a fix reach no format as they are."""
    bad = "x\x1b[31m\x07\x9b0m\u202e\x00\x7f"
    finding = Finding(
        "A001", "a", Severity.ERROR, Confidence.STATED, bad, Span(0, 3), related=(Related(bad, Span(2, 5)),),
        fixes=(Fix(bad, Applicability.SAFE, (Edit(Span(0, 1), bad),)),),
    )  # fmt: skip
    text = report.text(form, Report((Checked(Source(f"{bad}.md", f"{bad} {bad}"), (finding,)),)))
    assert not re.search("[\x00-\x09\x0b-\x1f\x80-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize("form", report.FORMATS)
def test_a_name_that_is_no_text(form):
    """No format holds half a character, and SARIF, which has addresses, says the bytes."""
    name = "na\udcefve.md"
    finding = Finding(
        "A001", "a", Severity.ERROR, Confidence.STATED, "m", Span(0, 1), related=(Related("r", Span(0, 1), name),),
        fixes=(Fix("f", Applicability.SAFE, (Edit(Span(0, 1), "y"),), name),),
    )  # fmt: skip
    text = report.text(form, Report((Checked(Source(name, "x"), (finding,)),)))
    assert re.search(r"\\ud[89a-f]|[\ud800-\udfff]", text) is None
    assert ("na%EFve.md" if form == "sarif" else "na") in text


def test_full_is_cut_to_the_width():
    """Long lines are cut around the place, wide characters count twice, and marks stand below their words."""
    text = "价" * 300 + " here " + "b" * 5000 + "\n" + "c" * 1_000_000 + " there\n"
    findings = tuple(
        Finding("A001", "a", Severity.ERROR, Confidence.STATED, "m", at(text, words)) for words in ("here", "there")
    )
    lines = report.text("full", Report((Checked(Source("a.md", text), findings),), width=80)).splitlines()
    for words in ("here", "there"):
        number = next(index for index, line in enumerate(lines) if f" {words}" in line and "|" in line)
        column = columns(lines[number].partition(words)[0])
        assert lines[number + 1].index("^" * len(words)) == column
    assert max(map(columns, lines)) <= 80


def columns(line):
    """Return how many columns of a terminal a line takes."""
    return sum(2 if "\u4e00" <= sign <= "\u9fff" else 1 for sign in line)


def test_fingerprints_stay_when_lines_move():
    """A finding keeps its fingerprint when lines move, and two alike in one file have two."""
    finding = Finding("A001", "a", Severity.ERROR, Confidence.STATED, "m", Span(0, 1), words=("w",))
    moved = Finding("A001", "a", Severity.ERROR, Confidence.STATED, "other words", Span(2, 3), words=("w",))
    one = [print_ for _, _, print_ in fingerprints(Report((Checked(Source("a.md", "xxxx"), (finding, finding)),)))]
    two = [print_ for _, _, print_ in fingerprints(Report((Checked(Source("a.md", "xxxx"), (moved,)),)))]
    assert one[0] == two[0]
    assert len(set(one)) == 2


def test_plain_keeps_length():
    """Making words safe keeps their length, so that places still hold."""
    text = "".join(map(chr, (*range(0x500), 0x2028, 0x202E, 0x2066, 0xFEFF, 0x1F600, 0xDCFF)))
    assert len(plain(text)) == len(text)
    assert plain("a\tb\nc") == "a b c"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for form in report.FORMATS:
        (GOLDEN / f"{form}.txt").write_text(report.text(form, sample()), encoding="utf-8")
    sys.exit()
