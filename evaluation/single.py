"""Each sentence in a minimal record: a failure in its context, a choice or a mention in its decision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from training.sentences import Sentence

from evaluation.counting import Count, ratio
from wrongfix.evidence.model import Evidence, Stance
from wrongfix.evidence.prose import Prose, read_prose
from wrongfix.record.read import read
from wrongfix.rulebook import Rulebook
from wrongfix.text import Source

if TYPE_CHECKING:
    from evaluation.weights import Readers

_CONTEXT = "The assistant answers questions."
_DECISION = "We use prompt engineering."


def minimal(context: str = _CONTEXT, decision: str = _DECISION) -> str:
    """Return a record that holds a context and a decision and nothing else of weight."""
    title = "How the assistant answers"
    return f"# {title}\n\nStatus: accepted\n\n## Context\n\n{context}\n\n## Decision\n\n{decision}\n"


def report(part: Iterable[Sentence], readers: Readers, *, listing: bool) -> None:
    """Print precision and recall of tags and approaches, and how often mentions were taken for choices."""
    tags: defaultdict[str, Count] = defaultdict(Count)
    approaches: defaultdict[str, Count] = defaultdict(Count)
    others: Counter[str] = Counter()
    for one in part:
        book = readers(one.hand)
        if one.kind in ("failure", "nothing"):
            found = failures(_read(minimal(context=one.text), book))
            _count(tags, one, found, set(one.ids) if one.kind == "failure" else set(), listing=listing)
        if one.kind == "failure":
            continue
        found = chosen(_read(minimal(decision=one.text), book))
        if one.kind == "mention":
            others["mentions"] += 1
            others["taken"] += one.id in found
            if listing and one.id in found:
                print(f"hand {one.hand}  mention {one.id} ({one.stance}) taken for a choice  | {one.text}")
        else:
            _count(approaches, one, found, set(one.ids) if one.kind == "approach" else set(), listing=listing)
    for name in ("all", "easy", "hard"):
        print(f"sentences {name:5} tags        {tags[name]}")
        print(f"sentences {name:5} approaches  {approaches[name]}")
    print(f"mentions taken for choices {ratio(others['taken'], others['mentions'])}")
    spoke = f"of a failure {tags['nothing'].wrong}, of a choice {approaches['nothing'].wrong}"
    print(f"sentences about nothing: spoke {spoke}")


def failures(prose: Prose | Evidence) -> set[str]:
    """Return the ids of the failures that count."""
    return {failure.id for failure in prose.failures}


def chosen(prose: Prose | Evidence) -> set[str]:
    """Return the ids of the approaches chosen."""
    return {approach.id for approach in prose.approaches if approach.stance is Stance.CHOSEN}


def _read(text: str, book: Rulebook) -> Prose:
    (record,) = read(Source("0001-record.md", text), book.vocabulary)
    return read_prose(record, book.vocabulary, lambda: book.model)


def _count(
    counts: defaultdict[str, Count], one: Sentence, found: set[str], expected: set[str], *, listing: bool
) -> None:
    counts["all"].add(found, expected)
    counts["hard" if one.hard else "easy"].add(found, expected)
    if one.kind == "nothing":
        counts["nothing"].add(found, expected)
    if listing and found != expected:
        said = " ".join(sorted(found)) or "-"
        print(f"hand {one.hand}  {one.kind} {one.id or '-'}  read {said}  | {one.text}")
