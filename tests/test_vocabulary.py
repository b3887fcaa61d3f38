"""Words that are no known name: what is a slip of the pen, and what is only like a name."""

import pytest

from wrongfix import rulebook
from wrongfix.slips import is_slip
from wrongfix.vocabulary import folded

VOCABULARY = rulebook.load().vocabulary


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("stale-knowlege", "stale-knowledge"),
        ("stale-knwlege", "stale-knowledge"),
        ("stale-knolwedge", "stale-knowledge"),
        ("stalle-knowledge", "stale-knowledge"),
        ("tale-knowledge", "stale-knowledge"),
        ("stale-knowledges", "stale-knowledge"),
        ("stale_knowlege", "stale-knowledge"),
        ("staleknowledge", "stale-knowledge"),
        ("tone-inconsistancy", "tone-inconsistency"),
        ("halucinatoin", "hallucination"),
        ("outdated answres", "stale-knowledge"),
        ("hgh-latency", "high-latency"),
        ("sloow", "high-latency"),
    ],
)
def test_a_slip_of_the_pen(word, meant):
    """One or two letters missing, doubled, swapped or wrong, a plural s or another sign between: the name is meant."""
    assert VOCABULARY.nearest("failure", word) == meant
    assert VOCABULARY.suggested("failure", word) == (meant,)


@pytest.mark.parametrize(
    ("kind", "word", "suggested"),
    [
        ("failure", "outdated", ("stale-knowledge", "stale-index")),
        ("failure", "drift", ("format-drift", "model-drift")),
        ("failure", "stale", ("stale-knowledge", "stale-index")),
        ("failure", "index", ("stale-index",)),
        ("failure", "knowledge", ("missing-knowledge", "stale-knowledge", "private-knowledge")),
        ("failure", "consistent tone", ("tone-inconsistency",)),
        ("failure", "grounded", ("missing-citations",)),
        ("failure", "our prices", ("stale-knowledge",)),
        ("failure", "sluggishness", ()),
        ("approach", "tuning", ("fine-tuning", "preference-tuning", "reinforcement-tuning")),
        ("approach", "bag", ("rag",)),
        ("approach", "matching", ("caching",)),
        ("approach", "coaching", ("caching",)),
        ("approach", "checking", ("retrieval-tuning",)),
        ("failure", "x" * 100_000, ()),
        ("failure", "-", ()),
    ],
)
def test_another_word(kind, word, suggested):
    """What is farther off is another word: it may be asked about, and is never taken for a name."""
    assert VOCABULARY.nearest(kind, word) is None
    assert VOCABULARY.suggested(kind, word) == suggested


@pytest.mark.parametrize("kind", ["failure", "approach"])
def test_no_name_is_a_slip_of_another(kind):
    """The names of two ids lie farther apart than slips do."""
    terms = VOCABULARY.terms(kind).values()
    names = [(term.id, folded(name)) for term in terms for name in (term.id, term.title, *term.aliases)]
    assert [(one, two) for id_, one in names for other, two in names if id_ != other and is_slip(one, two)] == []
