"""What holds for every text, whatever it holds: laws that tests and the fuzzer assert; they make up no text."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

from hypothesis import HealthCheck, settings

from wrongfix import engine, rulebook
from wrongfix.findings import Finding, Fix, Severity
from wrongfix.lsp.ruler import UTF8, UTF16, UTF32, Ruler
from wrongfix.settings import Settings
from wrongfix.text import Source, Span, apply, with_line_feeds

HEAVY = int(os.environ.get("WRONGFIX_EXAMPLES", "0"))
"""How many examples each property tries; unset, a few that are the same in every run."""
RULERS = tuple(Ruler(encoding) for encoding in (UTF8, UTF16, UTF32))
STRICT = Settings(profile="strict")
WRITES_DOWN = "Write "
"""How the title of a fix begins that turns a guess into a tag: its finding then rests on the author's word."""
RENAMES = ("Retag ", WRITES_DOWN)
"""How the titles of fixes begin that name the failure anew: what is chosen is then held against another failure."""


def examples(few: int) -> settings:
    """Return how often a property is tried."""
    return settings(
        max_examples=HEAVY or few,
        derandomize=not HEAVY,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def examined(text: str, name: str, book: rulebook.Rulebook, using: Settings = STRICT) -> engine.Examination:
    """Return what is said of a text after asserting all that must hold of it."""
    examination = engine.examine(Source(name, text), book, using)
    assert_places(examination)
    assert_masked(examination)
    return examination


def assert_places(examination: engine.Examination) -> None:
    """Every span lies inside the text; a finding covers words and its place is the same in every client's units."""
    text = examination.source.text
    for span in spans(examination):
        assert 0 <= span.start <= span.end <= len(text), span
    for finding in examination.findings:
        assert finding.span.start < finding.span.end or not text.strip(), finding
        assert finding.message.strip()
        for fix in finding.fixes:
            mended = apply(text, fix.edits)
            assert mended != text or not fix.edits, fix
            assert_kept(text, mended, fix)
            for edit in fix.edits:
                for offset in (edit.span.start, edit.span.end):
                    assert text[max(offset - 1, 0) : offset + 1] != "\r\n", (fix, "between the two signs of a line end")
    for finding in examination.findings[:20]:
        for ruler in RULERS:
            for offset in (finding.span.start, finding.span.end):
                place = ruler.place(examination.source, offset)
                assert ruler.offset(examination.source, place.row, place.column) == offset


def assert_masked(examination: engine.Examination) -> None:
    """The prose has the length of the text, its line ends in their places, and no word of its own."""
    text = with_line_feeds(examination.source.text)
    for record in examination.records:
        assert len(record.prose) == len(text)
        assert [sign if sign in "\r\n" else "" for sign in record.prose] == [
            sign if sign in "\r\n" else "" for sign in text
        ]


def assert_kept(text: str, mended: str, fix: Fix) -> None:
    """Outside the edits every character stands where it stood, and nothing but the edits' content is new."""
    at = done = 0
    for edit in sorted(fix.edits):
        before = text[at : edit.span.start]
        assert mended[done : done + len(before)] == before
        done += len(before)
        assert mended[done : done + len(edit.content)] == edit.content
        done += len(edit.content)
        at = edit.span.end
    assert mended[done:] == text[at:]


def assert_fixes_settle(text: str, name: str, book: rulebook.Rulebook, using: Settings = STRICT) -> None:
    """Each offered fix clears its finding, and one that changes what is chosen brings no failure a misfit that had none."""
    before = examined(text, name, book, using)
    for finding in before.findings:
        content = book.by_name[finding.code].concern == "content"
        for fix in finding.fixes:
            if not fix.edits:
                continue
            after = examined(apply(text, fix.edits), name, book, using)
            left, right = _known(before.findings), _known(after.findings)
            if fix.title.startswith(WRITES_DOWN):
                assert right[_key(finding)] < left[_key(finding)] or _is_stated_in(after, finding), fix
                continue
            assert right[_key(finding)] < left[_key(finding)], (finding.code, fix, after.findings)
            if content and not fix.title.startswith(RENAMES):
                new = _misfits(after.findings) - _misfits(before.findings)
                assert not new, (finding.code, fix, new)


def spans(value: object) -> Iterator[Span]:
    """Yield every span that plain data holds, however deep."""
    waiting: list[object] = [value]
    seen: set[int] = set()
    while waiting:
        at = waiting.pop()
        if isinstance(at, Span):
            yield at
        elif isinstance(at, tuple):
            waiting.extend(at)
        elif not isinstance(at, (str, int, float, type(None), Source)) and id(at) not in seen:
            seen.add(id(at))
            waiting.extend(getattr(at, field) for field in getattr(at, "__match_args__", ()))


def _key(finding: Finding) -> tuple[object, ...]:
    return (finding.code, finding.confidence, finding.failures, finding.approaches, finding.words)


def _known(findings: tuple[Finding, ...]) -> Counter[tuple[object, ...]]:
    return Counter(map(_key, findings))


def _misfits(findings: tuple[Finding, ...]) -> set[str]:
    """Return the failures for which errors call something chosen a misfit."""
    return {
        failure
        for finding in findings
        if finding.severity is Severity.ERROR and finding.approaches
        for failure in finding.failures
    }


def _is_stated_in(examination: engine.Examination, finding: Finding) -> bool:
    """Say whether one of the ids a finding is about is stated now."""
    stated = {
        each.id
        for evidence in examination.evidence
        for each in (*evidence.failures, *evidence.approaches)
        if each.confidence == "stated"
    }
    return bool(stated.intersection((*finding.failures, *finding.approaches))) or bool(stated)
