"""Laws of judging labelled records: what counts as right, and which records nobody looks at."""

from __future__ import annotations

from evaluation import records
from evaluation.counting import Count

from wrongfix import rulebook

LABELS = "path,chosen_approach,failures,mismatch\nteam/0001.md,retrieval-improvement,cost;wrong-retrieval,no\n"
RECORD = (
    "# Hybrid search\n\n## Context\n\nSemantic search misses exact terms.\n\n## Decision\n\nWe use hybrid search.\n"
)


def test_labels_are_compared_in_the_words_of_the_vocabulary(tmp_path, capsys):
    """The annotator's words are mapped; a tag that was not read lowers recall and nothing else."""
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "0001.md").write_text(RECORD, encoding="utf-8")
    (tmp_path / "labels.csv").write_text(LABELS, encoding="utf-8")
    records.report(tmp_path, rulebook.load(), held_out=records.is_held_out("team/0001.md"), listing=False)
    said = capsys.readouterr().out
    assert "approaches  precision 1.000 (1/1)  recall 1.000 (1/1)" in said
    assert "failures    precision 1.000 (1/1)  recall 0.500 (1/2)" in said
    assert "flagged  0.000 (0/1)" in said


def test_a_repository_is_held_out_whole():
    """The part nobody looks at is chosen by repository, so that no neighbour of a looked-at record is in it."""
    assert records.is_held_out("one/a.md") == records.is_held_out("one/deeper/b.md")
    assert {records.is_held_out(f"repository-{number}/a.md") for number in range(20)} == {True, False}


def test_what_is_wrong_lowers_precision_and_what_is_missed_recall():
    """Counts are of readings, not of records."""
    count = Count()
    count.add({"a", "b"}, {"a", "c"})
    assert str(count) == "precision 0.500 (1/2)  recall 0.500 (1/2)"
