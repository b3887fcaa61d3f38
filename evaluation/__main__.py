"""The one evaluation command: precision and recall for tags, approaches, stances and misfits, easy and hard apart.

    python -m evaluation [--held-out] [--misses] [--records FOLDER] [--kinds sentences,pairs,records]

Each looked-at sentence is read with weights that never saw a sentence of its hand.
With `--held-out` the part nobody looks at is judged by weights that saw nothing of it, and only totals are shown.
`--records` names a folder of real records with a `labels.csv`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from training import sentences

from evaluation import pairs, records, single, weights
from wrongfix import rulebook


def main() -> int:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description="Judge the reading of prose.")
    parser.add_argument("--held-out", action="store_true", help="judge the part nobody looks at; totals only")
    parser.add_argument("--misses", action="store_true", help="list what went wrong in the looked-at part")
    parser.add_argument("--records", type=Path, default=Path("corpus/ai"), help="labelled records, with labels.csv")
    parser.add_argument("--kinds", default="sentences,pairs,records", help="what to judge, with commas between")
    asked = parser.parse_args()
    kinds = asked.kinds.split(",")
    listing = asked.misses and not asked.held_out
    book = rulebook.load()
    if "sentences" in kinds or "pairs" in kinds:
        part = [one for one in sentences.read() if one.unseen == asked.held_out]
        readers = weights.readers(book, held_out=asked.held_out)
        if "sentences" in kinds:
            single.report(part, readers, listing=listing)
        if "pairs" in kinds:
            pairs.report(part, readers, listing=listing)
    if "records" in kinds:
        if (asked.records / "labels.csv").is_file():
            records.report(asked.records, book, held_out=asked.held_out, listing=listing)
        else:
            print(f"no labelled records in {asked.records}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
