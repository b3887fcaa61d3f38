"""Judges the learned model on sentences alone: `python -m training.evaluate [--unseen] [--misses]`.

Without `--unseen` each looked-at sentence is judged by a model that saw no sentence of its hand.
With it the unseen part is judged by a model that saw nothing of that part; only totals are shown for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from training import fit, pack, sentences, train
from training.choosing import signs_in
from wrongfix.evidence.learned import Heard, Model, load, read_all


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence with what the model said of it at some threshold; empty where it was silent."""

    sentence: sentences.Sentence
    failure: str
    approach: str
    stance: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many readings of one kind were right, wrong and missing."""

    right: int
    wrong: int
    labelled: int

    def __str__(self) -> str:
        """Say precision and recall with their counts."""
        said = self.right + self.wrong
        precision = self.right / said if said else 1.0
        recall = self.right / self.labelled if self.labelled else 1.0
        return f"precision {precision:.3f} ({self.right}/{said})  recall {recall:.3f} ({self.right}/{self.labelled})"


def judge(model: Model, of: Iterable[sentences.Sentence], threshold: str) -> list[Judged]:
    """Return what the model says of each sentence at its `sure` or `likely` threshold."""
    judged = []
    for one in of:
        heard = read_all(model, one.text, 0, len(one.text))
        failures = [r.id for r in heard.failures if r.score >= getattr(model.failures, threshold)]
        approaches = [r.id for r in heard.approaches if r.score >= getattr(model.approaches, threshold)]
        stance = _stance(heard, one.text)
        judged.append(Judged(one, next(iter(failures), ""), next(iter(approaches), ""), stance))
    return judged


def _stance(heard: Heard, text: str) -> str:
    if not heard.tells:
        return ""
    return "chosen" if heard.choice(signs_in(text)) >= 1 / 2 else heard.others[0]


def failures(judged: Iterable[Judged]) -> Count:
    """Count failure readings; whatever is said of a sentence that states no failure is wrong."""
    return _count(judged, lambda one: one.failure, lambda one: one.kind == "failure")


def approaches(judged: Iterable[Judged]) -> Count:
    """Count approach readings; a mention names its approach like a choice does."""
    return _count(judged, lambda one: one.approach, lambda one: one.names_approach)


def stances(judged: Iterable[Judged]) -> str:
    """Say how often the stance of a choice or a mention was right."""
    named = [one for one in judged if one.sentence.stance in fit.STANCES]
    chosen = [one for one in named if one.sentence.stance == "chosen"]
    others = [one for one in named if one.sentence.stance != "chosen"]
    right = sum(one.stance == one.sentence.stance for one in named)
    kept = sum(one.stance == "chosen" for one in chosen)
    taken = sum(one.stance == "chosen" for one in others)
    rest = f"choices kept {kept}/{len(chosen)}  mentions taken for choices {taken}/{len(others)}"
    return f"right {right}/{len(named)}  {rest}"


def main() -> None:
    """Print the judgement."""
    parser = argparse.ArgumentParser(description="Judge the learned model on sentences alone.")
    parser.add_argument("--unseen", action="store_true", help="judge the unseen part; totals only")
    parser.add_argument("--misses", action="store_true", help="list what went wrong in the looked-at part")
    asked = parser.parse_args()
    everything = sentences.read()
    looked_at = [one for one in everything if not one.unseen]
    if asked.unseen:
        model = load(train.build(looked_at, looked_at))
        groups = {"unseen": [one for one in everything if one.unseen]}
        models = {"unseen": model}
    else:
        calibrations = train.calibrate(looked_at, fit.labels(looked_at))
        groups = {f"hand {hand}": rows for hand, rows in sentences.by_hand(looked_at).items()}
        models = {name: _without(rows[0].hand, looked_at, calibrations) for name, rows in groups.items()}
    for threshold in ("sure", "likely"):
        judged = {name: judge(models[name], rows, threshold) for name, rows in groups.items()}
        print(f"== {threshold}")
        for name, rows in judged.items():
            _show(name, rows)
        if len(judged) > 1:
            _show("all hands", [one for rows in judged.values() for one in rows])
        if asked.misses and not asked.unseen:
            _list_misses([one for rows in judged.values() for one in rows])


def _without(hand: int, looked_at: list[sentences.Sentence], calibrations: list[fit.Calibration]) -> Model:
    rest, columns = [one for one in looked_at if one.hand != hand], fit.labels(looked_at)
    return load(pack.pack(fit.weigh(rest, columns), columns, calibrations, rest))


def _count(
    judged: Iterable[Judged], said: Callable[[Judged], str], states: Callable[[sentences.Sentence], bool]
) -> Count:
    right = wrong = labelled = 0
    for one in judged:
        labelled += states(one.sentence)
        if said(one):
            good = states(one.sentence) and said(one) == one.sentence.id
            right, wrong = right + good, wrong + (not good)
    return Count(right, wrong, labelled)


def _show(name: str, judged: list[Judged]) -> None:
    parts = {
        "all": judged,
        "easy": [one for one in judged if not one.sentence.hard],
        "hard": [one for one in judged if one.sentence.hard],
    }
    for part, rows in parts.items():
        print(f"{name:10} {part:4}  failures   {failures(rows)}")
        print(f"{'':10} {'':4}  approaches {approaches(rows)}")
    print(f"{'':10} {'':4}  stances    {stances(judged)}")
    silent = [one for one in judged if one.sentence.kind == "nothing"]
    spoke = sum(bool(one.failure or one.approach) for one in silent)
    print(f"{'':10} {'':4}  spoke on {spoke} of {len(silent)} sentences about nothing")


def _list_misses(judged: Iterable[Judged]) -> None:
    for one in judged:
        label = one.sentence
        expected = label.id if label.kind == "failure" or label.names_approach else "-"
        said = " ".join(filter(None, (one.failure, one.approach))) or "-"
        if said != expected:
            print(f"hand {label.hand}  {label.kind} {expected}  heard {said}  | {label.text}")


if __name__ == "__main__":
    main()
