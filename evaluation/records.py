"""Labelled real records: what a careful reader said fails and is chosen, beside what is read."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

from evaluation.counting import Count, ratio
from evaluation.single import chosen, failures
from wrongfix import engine
from wrongfix.rulebook import Rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source

_FAILURES = {
    "missing-private-knowledge": ("private-knowledge", "missing-knowledge"),
    "format-drift": ("format-drift", "schema-violation"),
    "cost": ("high-cost-at-volume",),
    "latency": ("high-latency",),
    "prompt-bloat": ("prompt-overhead",),
    "inconsistent-tone": ("tone-inconsistency",),
}
"""The annotator's words and what they may stand for; all others are ids."""

_APPROACHES = {
    "retrieval-improvement": "retrieval-tuning",
    "structured-output": "structured-outputs",
    "task-decomposition": "decomposition",
}
_NO_APPROACH = {"", "none", "model-change"}


def is_held_out(path: str) -> bool:
    """Say whether a record belongs to the third that nobody looks at, by the hash of its first path component."""
    return sha256(path.split("/", maxsplit=1)[0].encode()).hexdigest()[0] in "01234"


def report(folder: Path, book: Rulebook, *, held_out: bool, listing: bool) -> None:
    """Print precision and recall of approaches and failures, and misfits where there are none."""
    tags, approaches = Count(), Count()
    judged = flagged = 0
    with (folder / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if is_held_out(row["path"]) == held_out]
    for row in rows:
        text = (folder / row["path"]).read_text(encoding="utf-8-sig")
        examined = engine.examine(Source(row["path"], text), book, Settings())
        found_tags: set[str] = set().union(*(failures(each) for each in examined.evidence))
        found: set[str] = set().union(*(chosen(each) for each in examined.evidence))
        expected = {_APPROACHES.get(name, name) for name in row["chosen_approach"].split(";")} - _NO_APPROACH
        approaches.add(found, expected)
        wanted = _tags(row["failures"], found_tags)
        tags.add(found_tags, wanted)
        misfits = [(finding.code, finding.failures, finding.approaches) for finding in examined.findings]
        misfits = [each for each in misfits if each[1] and each[2]]
        if row["mismatch"] == "no":
            judged, flagged = judged + 1, flagged + bool(misfits)
        if listing and (found != expected or found_tags != wanted or misfits):
            print(f"{row['path']}\n    chosen {sorted(found)}, labelled {sorted(expected)}")
            print(f"    failures {sorted(found_tags)}, labelled {sorted(wanted)}\n    misfits {misfits}")
    print(f"records approaches  {approaches}")
    print(f"records failures    {tags}")
    print(f"records labelled as no mismatch and flagged  {ratio(flagged, judged)}")


def _tags(labels: str, found: set[str]) -> set[str]:
    """Return the labelled tags; a label that may stand for several stands for the one that was found, if one was."""
    wanted = set()
    for label in labels.split(";"):
        if label and not label.startswith("other"):
            meanings = _FAILURES.get(label, (label,))
            wanted.update(found & set(meanings) or {meanings[0]})
    return wanted
