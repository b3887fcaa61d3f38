"""Directives: where they hold, what they are worth, and what is said of the useless ones."""

from dataclasses import replace

import pytest

from wrongfix import directives
from wrongfix.findings import Confidence, Finding, Severity
from wrongfix.record.model import Record
from wrongfix.record.read import read
from wrongfix.rulebook import load
from wrongfix.settings import Settings
from wrongfix.text import Source, Span, apply

CODE, NAME = "KNW002", "tuning-on-changing-facts"


@pytest.fixture(scope="module")
def rulebook():
    """Return the tool's own rulebook."""
    return load()


def at(text: str, words: str) -> Finding:
    """Return a finding at the words."""
    start = text.index(words)
    return Finding(CODE, NAME, Severity.ERROR, Confidence.STATED, "m", Span(start, start + len(words)))


def judged(rulebook, text: str, *findings: Finding, name: str = "a.md", settings: Settings | None = None):
    """Return the findings kept, and what came of the directives."""
    source = Source(name, text)
    records: tuple[Record, ...] = read(source, rulebook.vocabulary)
    written = directives.read(source, records)
    kept, used = directives.silence(findings, written)
    return kept, directives.outcomes(source, written, used, rulebook, settings or Settings())


@pytest.mark.parametrize("name", [CODE, NAME, "", f"RET001, {CODE}"])
@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n<!-- wrongfix-disable-next-line NAME -- why -->\nhere\n",
        "# T\n\n<!-- wrongfix-disable-next-line NAME -- why -->\n\n<!-- another -->\n\nhere\n",
        "# T\n\nhere <!-- wrongfix-disable-line NAME -- why -->\n",
        "# T\n\n<!-- wrongfix-disable NAME -- why -->\nx\n\nhere\n<!-- wrongfix-enable NAME -->\n",
        "# T\n\n<!-- wrongfix-disable NAME -- why -->\nhere\n",
        "# T\n\nhere\n\n<!-- wrongfix-disable-file NAME -- why -->\n",
        "# T\n\n- a\n  <!--\n  wrongfix-disable-next-line NAME\n  -- why\n  -->\n- here\n",
    ],
)
def test_silenced(rulebook, text, name):
    """Each form silences the finding it is meant for, by code, by name, among others, and for all rules."""
    text = text.replace("NAME", name)
    assert judged(rulebook, text, at(text, "here"))[0] == ()


@pytest.mark.parametrize(
    "text",
    [
        "# T\n\n<!-- wrongfix-disable-next-line RET001 -- why -->\nhere\n",
        "# T\n\n<!-- wrongfix-disable-next-line KNW002 -- why -->\nx\nhere\n",
        "# T\n\nx <!-- wrongfix-disable-line KNW002 -- why -->\nhere\n",
        "# T\n\n<!-- wrongfix-disable KNW002 -- why -->\nx\n<!-- wrongfix-enable -->\nhere\n",
        "# T\n\nhere\n<!-- wrongfix-disable KNW002 -- why -->\n",
        "# T\n\n```\n<!-- wrongfix-disable-file KNW002 -- why -->\n```\nhere\n",
        "# T\n\n    <!-- wrongfix-disable-file KNW002 -- why -->\n\nhere\n",
        "# T\n\n`<!-- wrongfix-disable-file KNW002 -- why -->` here\n",
        "# T\n\nÜmlaut `x` ```😀``` <!-- wrongfix-disable-file KNW002 -- never closed\n\nhere\n",
    ],
)
def test_not_silenced(rulebook, text):
    """A directive for another rule or place, in code or unfinished, silences nothing."""
    assert judged(rulebook, text, at(text, "here"))[0] == (at(text, "here"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "# T\n\nhere <!-- wrongfix-disable-line knw002 -- why -->\n"),
        ("a.md", "# T\n\n<!-- wrongfix-disable Knw002 -- why -->\nhere\n<!-- wrongfix-enable KNW002 -->\n"),
        ("a.yaml", "title: T\nstatus: here # wrongfix: ignore[knw002] why\n"),
    ],
)
def test_codes_in_lower_case(rulebook, name, text):
    """A code in lower case is the code: it silences, is not unknown, and ends where its `enable` stands."""
    assert judged(rulebook, text, at(text, "here"), name=name) == ((), ())
    vain = text.replace("here", "x")
    assert [each.kind for each in judged(rulebook, vain, name=name)[1]] == ["unused"]


def test_enable_by_name(rulebook):
    """An `enable` ends a `disable` for the rule it names and for no other."""
    text = "# T\n\n<!-- wrongfix-disable KNW002, RET001 -- why -->\nx\n<!-- wrongfix-enable KNW002 -->\nhere\n"
    other = replace(at(text, "here"), code="RET001", name="noise-fixed-in-wrong-layer")
    assert judged(rulebook, text, at(text, "here"), other)[0] == (at(text, "here"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\nstatus: here # wrongfix: ignore[KNW002] why\n---\n# T\n"),
        ("a.md", "---\n# wrongfix: ignore[KNW002] why\nstatus: here\n---\n# T\n"),
        ("a.yaml", "title: T\nstatus: here # wrongfix: ignore[KNW002] why\n"),
        ("a.yaml", "title: T\n# wrongfix: ignore[tuning-on-changing-facts] why\n# another\nstatus: here\n"),
    ],
)
def test_yaml(rulebook, name, text):
    """In YAML and front matter a comment holds for its line, or for the next when it stands alone."""
    assert judged(rulebook, text, at(text, "here"), name=name) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        'title: "T # wrongfix: ignore[KNW002] why"\nstatus: here\n',
        "title: |\n  # wrongfix: ignore[KNW002] why\nstatus: here\n",
        "title: T#wrongfix: ignore[KNW002] why\nstatus: here\n",
    ],
)
def test_yaml_values(rulebook, text):
    """What stands in a YAML value is no directive."""
    assert judged(rulebook, text, at(text, "here"), name="a.yaml") == ((at(text, "here"),), ())


def kinds(outcomes):
    """Return kind and words of the outcomes."""
    return [(each.kind, each.text) for each in outcomes]


def test_unknown(rulebook):
    """An unknown rule or keyword is told with the nearest known one, at its place."""
    text = "# T\n\n<!-- wrongfix-disable-file KNW02 -- why -->\n<!-- wrongfix-disabel KNW002 -- why -->\n"
    outcomes = judged(rulebook, text)[1]
    assert [each.kind for each in outcomes] == ["unknown", "unknown"]
    assert outcomes[0].text.startswith('“KNW02” is no known rule and silences nothing (did you mean "KNW0')
    assert outcomes[1].text == (
        '“wrongfix-disabel” is no known directive and silences nothing (did you mean "wrongfix-disable"?)'
    )
    assert [text[each.span.start : each.span.end] for each in outcomes] == ["KNW02", "wrongfix-disabel"]


@pytest.mark.parametrize("sign", [" -- ", " — ", " – ", " - ", ": ", "—", " : ", " --"])
@pytest.mark.parametrize("form", ["disable-next-line", "disable-file", "disable"])
def test_a_reason_begins_as_people_write_it(rulebook, form, sign):
    """Any dash or a colon behind the names begins the reason, and no word of it is taken for a rule."""
    text = f"# T\n\n<!-- wrongfix-{form} KNW002{sign}the up-to-date archive: is closed -->\nhere\n"
    assert judged(rulebook, text, at(text, "here")) == ((), ())
    directive = directives.read(Source("a.md", text), ())[0]
    assert directive.reason == "the up-to-date archive: is closed"


@pytest.mark.parametrize("reason", ["closed", "— closed", "– closed", "-- closed", "- closed", ": closed"])
def test_a_reason_in_yaml(rulebook, reason):
    """Behind the bracket stands the reason, with whatever sign before it."""
    text = f"title: T\nstatus: here # wrongfix: ignore[KNW002] {reason}\n"
    assert judged(rulebook, text, at(text, "here"), name="a.yaml") == ((), ())
    records = read(Source("a.yaml", text), rulebook.vocabulary)
    assert directives.read(Source("a.yaml", text), records)[0].reason == "closed"


def test_a_colon_before_the_names_begins_no_reason(rulebook):
    """A colon behind the keyword does not make a directive for one rule one for all."""
    text = "# T\n\n<!-- wrongfix-disable-file: KNW002 -- why -->\nhere\n"
    other = replace(at(text, "here"), code="RET001", name="noise-fixed-in-wrong-layer")
    assert judged(rulebook, text, at(text, "here"), other)[0] == (other,)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ("KNW002 the up-to-date archive is closed", ["the up-to-date archive is closed"]),
        ("KNW002 (agreed with the desk)", ["agreed with the desk)"]),
        ("KNW002, KNW998 größte Vorsicht!", ["KNW998", "größte Vorsicht!"]),
        ("KNW002 closed", ["closed"]),
        ("the archive is closed", ["the archive is closed"]),
    ],
)
def test_words_that_are_no_names(rulebook, names, said):
    """A reason without its sign is one finding, and no fix takes a word of it away."""
    text = f"# T\n\n<!-- wrongfix-disable-file {names} -->\nx\n"
    outcomes = judged(rulebook, text)[1]
    assert [text[each.span.start : each.span.end] for each in outcomes if each.kind == "unknown"] == said
    assert [each.removal for each in outcomes if each.removal] == []
    told = [each.text for each in outcomes if each.kind == "unknown"]
    assert told[-1] == f"“{said[-1]}” names no rule, and a reason stands behind “ -- ”"


def test_malformed_in_yaml(rulebook):
    """A YAML directive without brackets is told, with the form it should have."""
    outcomes = judged(rulebook, "title: T # wrongfix: ignore KNW002\n", name="a.yaml")[1]
    assert kinds(outcomes) == [("unknown", outcomes[0].text)]
    assert "wrongfix: ignore[CODE] reason" in outcomes[0].text


def test_reasonless(rulebook):
    """A directive without a reason is told, though it is of use."""
    for text in (
        "# T\n\nhere <!-- wrongfix-disable-line KNW002 -->\n",
        "---\na: here # wrongfix: ignore[KNW002]\n---\n",
    ):
        kept, outcomes = judged(rulebook, text, at(text, "here"))
        assert kept == ()
        assert [each.kind for each in outcomes] == ["reasonless"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("# T\n\n<!-- wrongfix-disable-line KNW002 -- why -->\nhere\n", "# T\n\nhere\n"),
        ("# T\n\nhere <!-- wrongfix-disable-line KNW002 -- why -->\n", None),
        ("# T\n\nx <!-- wrongfix-disable-line KNW002 -- why -->\nhere\n", "# T\n\nx\nhere\n"),
        ("# T\n\nhere\n<!-- wrongfix-enable -->\n", "# T\n\nhere\n"),
        ("# T\n\nx\r\n<!-- wrongfix-disable-file -- why -->\r\nx\r\n", "# T\n\nx\r\nx\r\n"),
        (
            "# T\n\nhere <!-- wrongfix-disable-line KNW001, KNW002 -- why -->\n",
            "# T\n\nhere <!-- wrongfix-disable-line KNW002 -- why -->\n",
        ),
        ("---\na: b # wrongfix: ignore[KNW002] why\n---\n", "---\na: b\n---\n"),
        ("---\n# wrongfix: ignore[KNW002] why\na: b\n---\n", "---\na: b\n---\n"),
    ],
)
def test_unused(rulebook, text, left):
    """A directive in vain comes with an edit that takes out what is in vain and leaves the rest as it is."""
    findings = [at(text, "here")] if "here" in text else []
    outcomes = judged(rulebook, text, *findings)[1]
    if left is None:
        assert outcomes == ()
        return
    assert [each.kind for each in outcomes] == ["unused"]
    assert apply(text, [outcomes[0].removal]) == left
    assert judged(rulebook, left, *([at(left, "here")] if findings else []))[1] == ()


def test_unused_needs_a_run(rulebook):
    """A directive for a rule that did not run is not in vain."""
    text = "# T\n\n<!-- wrongfix-disable-file KNW002 -- why -->\n"
    assert judged(rulebook, text, settings=Settings(select=("RET",)))[1] == ()
    assert len(judged(rulebook, text)[1]) == 1


def test_many(rulebook):
    """Thousands of directives and code spans are read in time that grows with their number."""
    text = "# T\n\n" + "".join(
        f"`é` <!-- wrongfix-disable R{n:04} -- why --> <!-- wrongfix-enable R{n:04} -->\n" for n in range(5000)
    )
    source = Source("a.md", text)
    assert len(directives.read(source, read(source, rulebook.vocabulary))) == 10_000
