"""Rebuilds `rules/learned/`: `python -m training.train`; the same sentences give the same bytes."""

from __future__ import annotations

import time
from pathlib import Path

from training import fit, pack, sentences
from wrongfix.evidence.weights import load

SHIPPED = Path(__file__).parent.parent / "rules" / "learned" / "model.bin"


def build(learned_from: list[sentences.Sentence], tuned_on: list[sentences.Sentence]) -> bytes:
    """Return the model learned from some sentences, with thresholds from cross-validation over others."""
    columns = fit.labels(learned_from)
    return pack.pack(fit.weigh(learned_from, columns), columns, calibrate(tuned_on, columns), learned_from)


def calibrate(tuned_on: list[sentences.Sentence], columns: fit.Labels) -> list[fit.Calibration]:
    """Return how far to trust failures, approaches and stances, from weights that never saw a sentence's hand."""
    seen = fit.across_hands(tuned_on, columns)
    return [*fit.calibrate(tuned_on, seen, columns), fit.calibrate_stances(tuned_on, seen, columns)]


def main() -> None:
    """Write the shipped model."""
    began = time.monotonic()
    everything = sentences.read()
    data = build(everything, [one for one in everything if not one.unseen])
    load(data)  # what cannot be read must not take the place of what can
    SHIPPED.parent.mkdir(parents=True, exist_ok=True)
    SHIPPED.write_bytes(data)
    print(f"{SHIPPED.name}: {len(data):,} bytes from {len(everything):,} sentences in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
