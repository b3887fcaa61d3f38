"""Parts of records in the wordings people use, and documents that are broken, half typed or hostile."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timing import cpu_seconds
from wrongfix.record import Record
from wrongfix.record.read import read
from wrongfix.rulebook import load
from wrongfix.text import Source

BODY = "# Fresh prices\n\n## Context\n\nThe bot is wrong.\n\n## Decision\n\nWe will use retrieval.\n"
WORDS = load().vocabulary


def record(text: str, name: str = "docs/adr/0007-fresh-prices.md") -> Record:
    """Return the first record of a text."""
    return read(Source(name, text), WORDS)[0]


def chosen(text: str) -> list[str]:
    """Return the names, or else the words, of the choices of a text."""
    found = record(text)
    return [choice.name.value if choice.name else found.words(choice.span) for choice in found.choices]


def outcome(statement: str, options: str = "- Retrieval\n- Fine-tuning, monthly\n- A larger model\n") -> str:
    """Return a record whose decision section holds a statement."""
    return f"# A\n\n## Considered options\n\n{options}\n## Decision outcome\n\n{statement}\n"


@pytest.mark.parametrize(
    ("statement", "name", "options"),
    [
        ('Chosen option: "Retrieval", because it is fresh.', "Retrieval", (0,)),
        ("Chosen option: “Retrieval”, because it is fresh.", "Retrieval", (0,)),
        ("Chosen option: **Retrieval** because it is fresh.", "Retrieval", (0,)),
        ("Chosen option: *Retrieval*, as it is fresh.", "Retrieval", (0,)),
        ("Chosen option: Retrieval, because it is fresh.", "Retrieval", (0,)),
        ("Chosen option: Retrieval because it is fresh.", "Retrieval", (0,)),
        ("Chosen Option : [Retrieval](#retrieval)", "Retrieval", (0,)),
        ("* Chosen alternative: *Retrieval*", "Retrieval", (0,)),
        ("**Chosen option:** 3", "3", (2,)),
        ("Chosen option: Option 2", "Option 2", (1,)),
        ("Chosen option: 'Fine-tuning, monthly'", "Fine-tuning, monthly", (1,)),
        ("Chosen options:\n\n- Retrieval\n- A larger model", "Retrieval", (0,)),
        ("Selected: retrieval (with citations)", "retrieval (with citations)", (0,)),
        ("Adopted: a larger model", "a larger model", (2,)),
        ("Gewählte Option: „Retrieval“, weil es frisch ist.", "Retrieval", (0,)),
        ("Option choisie : « Retrieval », parce que c'est frais.", "Retrieval", (0,)),
        ("Opción elegida: Retrieval, porque es fresco.", "Retrieval", (0,)),
        ("选择的选项：“Retrieval”，因为最新。", "Retrieval", (0,)),
    ],
)
def test_a_labelled_choice_names_its_option(statement, name, options):
    """However it is quoted, marked, numbered or translated, the name is read and found among the options."""
    choice = record(outcome(statement)).choices[0]
    assert choice.name is not None
    assert choice.name.value == name
    assert choice.options == options


@pytest.mark.parametrize(
    "statement",
    [
        "We will put the price list into the prompt.",
        "We have decided to put the price list into the prompt.",
        "After the spike we decided to put the price list into the prompt.",
        "Put the price list into the prompt.",
        "The price list goes into the prompt.",
        "It was decided to put the price list into the prompt.",
        "Wir haben uns entschieden, die Preisliste in den Prompt zu legen.",
        "Nous avons décidé de mettre la liste de prix dans le prompt.",
        "Hemos decidido poner la lista de precios en el prompt.",
    ],
)
def test_a_sentence_of_the_decision_is_the_choice(statement):
    """A decision in plain words is the choice, alone, and not the reason after it."""
    assert chosen(f"# A\n\n## Decision\n\n{statement} Costs stay low.\n") == [statement]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We opted for retrieval over a larger model.", (0,)),
        ("We chose a larger model instead of retrieval.", (2,)),
        ("We will use option 2.", (1,)),
        ("We will neither train nor search.", ()),
    ],
)
def test_a_sentence_names_options_and_leaves_out_what_it_turns_down(text, expected):
    """What stands after `over` or `instead of` was not chosen."""
    assert record(outcome(text)).choices[0].options == expected


def test_ticked_lines_of_a_paragraph_are_choices():
    """Authors tick lines where Markdown has no list; each ticked one is chosen, the others are not."""
    text = outcome("[x] Option 1, for answers\n[ ] Option 2\n[x] Option 3, for tone")
    assert [choice.options for choice in record(text).choices] == [(0,), (2,)]


def test_options_are_named_by_each_section_in_its_own_way():
    """A list in one section and headings in another name options each; `Why not X` rejects X, its items do not."""
    text = (
        "# A\n\n## Options\n\n| Option | Chosen |\n|---|---|\n| Search | yes |\n| Training | no |\n\n"
        "## Why not prompting\n\n- it grows\n- it costs\n\n## Alternatives considered\n\n- Caching — rejected\n"
    )
    found = [(option.name.value, option.mark and option.mark.value) for option in record(text).options]
    assert found == [("prompting", "rejected"), ("Caching", "rejected")]
    table = record(text.partition("## Why")[0]).options
    assert [(option.name.value, option.mark and option.mark.value) for option in table] == [
        ("Search", "chosen"),
        ("Training", "rejected"),
    ]


def test_context_and_options_state_no_choice():
    """Wishes in the context and arguments for an option are not the choice."""
    text = "# A\n\n## Context\n\nWe will grow.\n\n## Options\n\n### B\n\nWe will need GPUs.\n\n## Decision\n\nUse B.\n"
    assert chosen(text) == ["Use B."]


def test_a_list_after_a_colon_belongs_to_the_choice_unless_it_gives_reasons():
    """`We will:` goes on in its items; `because:` does not."""
    assert chosen("# A\n\n## Decision\n\nWe will:\n\n- search\n- cite\n") == ["We will:", "search", "cite"]
    assert chosen("# A\n\n## Decision\n\nWe will search because:\n\n- it is fresh\n") == ["We will search because:"]


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Accepted", "accepted"),
        ("✅ Approved", "accepted"),
        ("Decided. Open to new alternatives.", "accepted"),
        ("Accepted by the working group on 16-Jan-2026", "accepted"),
        ("2026-01-01 proposed", "proposed"),
        ("in review", "proposed"),
        ("WIP", "draft"),
        ("Superceded by [3](3.md)", "superseded"),
        ("deprecated", "deprecated"),
        ("Rejected (too costly)", "rejected"),
        ("on hold", "deferred"),
        ("Angenommen", "accepted"),
        ("Vorgeschlagen", "proposed"),
        ("accepté", "accepted"),
        ("Rechazado", "rejected"),
        ("Substituído por 7", "superseded"),
        ("已接受", "accepted"),
        ("却下", "rejected"),
        ("mauve", "unknown"),
    ],
)
def test_a_status_is_known_by_its_words(written, status):
    """In seven languages, with marks, dates and remarks around it; anything else is unknown."""
    found = record(f"# A\n\n## Status\n\n{written}\n\n## Decision\n\nUse B.\n").status
    assert found is not None
    assert found.value == status


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: accepted\n---\n# A\n",
        "---\nStatus: {accepted}\n---\n# A\n",
        "# A\n\n## Status\n\nAccepted\n",
        "# A\n\n- **Status:** Accepted\n",
        "# A\n\n* Status: accepted\n",
        "# A\n\n**Status**: accepted\n**Date**: 2026-01-01\n",
        "# A\n\nStatus: accepted\n",
        "# A\n\n> **Status**: accepted\n",
        "# A\n\n|  |  |\n|---|---|\n| Status: | accepted |\n",
        "# A\n\n| Status | accepted |\n|---|---|\n| Date | x |\n",
        "# A\n\n**Status:** accepted | **Date:** 2026-01-01\n",
        "## Decision: use B\n\n**Status**: accepted\n",
        "# A\n\n## Status\n\n![accepted](https://badges.example/status-accepted)\n\n## Decision\n\nUse B.\n",
    ],
)
def test_a_status_is_read_wherever_it_is_written(text):
    """Front matter, sections, lists, bold lines, quotes and tables."""
    found = record(text).status
    assert found is not None
    assert (found.value, found.text.value.casefold()) == ("accepted", "accepted")


@pytest.mark.parametrize(
    ("heading", "name", "title", "number"),
    [
        ("# 7. Fresh prices", "a.md", "Fresh prices", "7"),
        ("# ADR-007: Fresh prices", "a.md", "Fresh prices", "007"),
        ("# ADR 7 - Fresh prices", "a.md", "Fresh prices", "7"),
        ("# API-007: Fresh prices", "a.md", "Fresh prices", "007"),
        ("# Fresh prices", "docs/0007-fresh.md", "Fresh prices", "0007"),
        ("# Fresh prices", "docs/ADR-007-fresh.md", "Fresh prices", "007"),
        ("# Fresh prices", "docs/2026-01-02-fresh.md", "Fresh prices", None),
        ("# Fresh prices", "docs/20260102123000-fresh.md", "Fresh prices", None),
        ("# 3 models are enough", "a.md", "3 models are enough", None),
        ("## Decision: Fresh prices", "a.md", "Fresh prices", None),
        ("## Context", "2026-01-02-fresh-prices/README.md", "fresh prices", None),
        ("", "0007-fresh_prices.md", "fresh prices", "0007"),
    ],
)
def test_title_and_number_are_told_apart(heading, name, title, number):
    """A number before the title is the record's; a number in the sentence is not; the file's name is the last resort."""
    found = record(f"{heading}\n\ntext\n", name)
    assert found.title is not None
    assert found.title.value == title
    assert (found.number and found.number.value) == number


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("---\nstatus: accepted\n\n" + BODY, 1, "not closed"),
        ("---\nstatus: acc", 1, "not closed"),
        ("status: accepted\ndate: 2026-01-01\n---\n" + BODY, 1, "no beginning"),
        ("---\nstatus: accepted\nfail\n---\n" + BODY, 3, "no colon"),
        ("---\nstatus: accepted\ntitle: Use: it\n---\n" + BODY, 3, "quotes"),
        ("---\nstatus: accepted\nstatus: draft\n---\n" + BODY, 3, "twice"),
        ("---\nstatus: accepted\ntags: [a, b\n---\n" + BODY, 3, "bracket"),
        ("\ufeff---\nstatus: accepted\ntags: [a, b\n---\n" + BODY, 3, "bracket"),
        ("---\r\nstatus: accepted\r\nfail\r\n---\r\n" + BODY, 3, "no colon"),
    ],
)
def test_half_typed_front_matter_is_one_problem_and_the_rest_is_read(text, line, words):
    """The problem stands on the reader's line and says what to do; status and body are there all the same."""
    found = record(text)
    (problem,) = found.problems
    assert found.source.position(problem.span.start).row + 1 == line
    assert words in problem.message
    assert problem.kind == "broken"
    if "status: accepted" in text:
        assert found.status is not None
        assert found.status.value == "accepted"
    if BODY in text:
        assert found.title is not None
        assert found.title.value == "Fresh prices"
        assert len(found.choices) == 1


@pytest.mark.parametrize(
    "text",
    [
        "---\n---\n" + BODY,
        "---\n\nstatus: accepted\n---\n" + BODY,
        "\ufeff---\nstatus: accepted\n---\n" + BODY,
        "---\nstatus: accepted\n...\n" + BODY,
        "---\n# a comment\n\n# another\nstatus: accepted\n---\n" + BODY,
        "---\r\nstatus: accepted\r\n---\r\n" + BODY.replace("\n", "\r\n"),
        "---\n\n" + BODY + "\n---\n\nmore\n",
    ],
)
def test_front_matter_in_every_form_is_no_problem(text):
    """Empty, after a blank line or a byte order mark, closed by dots, with comments; a rule between parts is none."""
    found = record(text)
    assert found.problems == ()
    assert [section.role for section in found.sections] == [None, "context", "decision"]
    assert ("status" in text) == (found.status is not None)


@pytest.mark.parametrize(
    "text",
    ["", "\0", "\ufeff", "\r\r\r", "---", "---\n", "# ", "\t\t", "\ud800", "```\n# a", "<!--", "| a |\n|---", "[a]: b"],
)
@pytest.mark.parametrize("name", ["a.md", "a.yaml", "a.json", "a"])
def test_what_holds_nothing_is_a_record_without_parts(text, name):
    """Reading never raises and always gives a record to put problems on."""
    records = read(Source(name, text), WORDS)
    assert len(records) == 1
    assert len(records[0].prose) == len(text)


@pytest.mark.parametrize(
    ("name", "text", "format_"),
    [
        ("a.md", "title: x\n", "markdown"),
        ("a.yaml", "# A\n", "yaml"),
        ("-", BODY, "markdown"),
        ("-", "title: x\ncontext: y\n", "yaml"),
        ("-", '{"title": "x"}', "yaml"),
        ("-", "Status: accepted\n\n# A\n", "markdown"),
        ("record", "---\ntitle: x\n---\n\ntext\n", "markdown"),
    ],
)
def test_a_name_without_a_known_ending_leaves_it_to_the_text(name, text, format_):
    """Standard input has no name: keys without headings are YAML, everything else Markdown."""
    assert record(text, name).format == format_


LINES = st.sampled_from(
    [
        *("---", "# A", "## Decision", "## Options", "- [x] B", "| a | b |", "|---|---|", 'Chosen option: "B"', ""),
        *("**Status:** ok", "status: accepted", "tags: [a", "  - x", "> q", "```", "We decided for [B](#b).", "a: |"),
        *("{", "\ttab", "选择的选项：“B”"),
    ]
)


@given(st.lists(LINES, max_size=12).map("\n".join), st.sampled_from(["a.md", "a.yaml"]))
@settings(max_examples=300, deadline=None)
def test_no_order_of_lines_makes_reading_raise(text, name):
    """Lines of records in any order give records whose places lie inside the text."""
    for found in read(Source(name, text), WORDS):
        spans = [block.span for block in found.blocks] + [choice.span for choice in found.choices]
        spans += [problem.span for problem in found.problems] + [link.target.span for link in found.links]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert all(0 <= index < len(found.options) for choice in found.choices for index in choice.options)


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit",
    [
        "## Context\n\ntext\n\n", "## Options\n\n- Option A: x\n\n", "### Option 1: abc\n\ntext\n\n", "Decision: x\n\n",
        "**Chosen option:**\n\n", "We will use it. ", "[x](y.md) ", "| Decision | d |\n|---|---|\n| a | b |\n\n",
        "## Status\n\nAccepted\n\n", "我们决定采用检索。", "# c\n", "> - [x] a\n", "&amp;", "a\r",
    ],
)  # fmt: skip
def test_time_grows_with_length_alone(unit):
    """Four times the record takes about four times as long, ten thousand headings included."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        return cpu_seconds(lambda: record(text, "a.md"), repeats=3)

    seconds(5_000)
    small = max(seconds(20_000), 0.004)
    assert seconds(80_000) < small * 12


@pytest.mark.growth
@pytest.mark.parametrize("above", ["# A", "# A\n\n## Decision"])
def test_a_long_list_before_many_paragraphs_takes_linear_time(above):
    """No paragraph goes through all items of a list above it to see whether it points at one."""

    def seconds(count: int) -> float:
        text = f"{above}\n\n" + "- one thing\n" * count + "\n" + "We saw it.\n\n" * count
        return cpu_seconds(lambda: record(text, "a.md"), repeats=3)

    seconds(100)
    assert seconds(2_000) < max(seconds(500), 0.004) * 10


def test_front_matter_of_many_comments_takes_linear_time():
    """A run of comments is gone through once."""
    assert cpu_seconds(lambda: record("---\n" + "# c\n" * 20_000 + "a: b\n---\n")) < 2


@pytest.mark.parametrize(
    ("headings", "prose", "language"),
    [
        (("Kontext", "Entscheidung", "Folgen"), "The bot is slow and the users of it are not happy with that.", "en"),
        (
            ("Context", "Decision", "Consequences"),
            "Der Bot ist langsam und die Nutzer sind damit nicht zufrieden.",
            "de",
        ),
        (("Kontext", "Entscheidung", "Folgen"), "Bot antwortet langsam.", "de"),
    ],
)
def test_prose_says_which_language_a_record_has_and_headings_where_it_is_short(headings, prose, language):
    """English prose under German headings is English, and the other way round."""
    text = "# Bot\n\n" + "\n".join(f"## {heading}\n\n{prose}\n" for heading in headings)
    assert record(text).language == language
