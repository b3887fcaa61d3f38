"""The comparison of findings over real records tells what changed, record by record."""

from __future__ import annotations

import re

from tests.corpus.findings import differences, told

from wrongfix.settings import Settings


def test_a_change_shows_as_added_removed_or_moved():
    """Each finding is told once; one that only changed its line moved."""
    before = ["a.md\tKNW001 stated\t3", "a.md\tDX007 inferred\t9", "b.md\tDX007 stated\t1"]
    now = ["a.md\tKNW001 stated\t5", "b.md\tDX007 stated\t1", "c.md\tDX007 stated\t2"]
    assert list(differences(before, now)) == [
        "removed  a.md: DX007 inferred line 9",
        "moved    a.md: KNW001 stated from line 3 to 5",
        "added    c.md: DX007 stated line 2",
    ]
    assert list(differences(now, now)) == []


def test_the_summary_holds_no_word_of_a_record(tmp_path):
    """Paths, codes and rows are all it says."""
    (tmp_path / "r.md").write_text("---\nfailure-tags: [stale-knowledge]\napproach: [fine-tuning]\n---\n# Secret\n")
    lines = list(told(tmp_path, Settings()))
    assert lines
    assert all(re.fullmatch(r"r\.md\t[A-Z]{2,4}\d{3} (stated|inferred)\t\d+", line) for line in lines)
