"""Count what is read from a folder of real records; says so and stops where there is none."""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

from wrongfix.record import Record
from wrongfix.record.read import read
from wrongfix.record.recognise import looks_like_record
from wrongfix.rulebook import load
from wrongfix.text import Source
from wrongfix.vocabulary import Vocabulary

ENDINGS = {".md", ".markdown", ".yaml", ".yml"}


def main() -> int:
    """Read the corpus, print the counts, and return 1 if reading any file raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print the choice read from each file")
    parser.add_argument("--sample", type=int, help="take so many files at random")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = corpus()
    if folder is None:
        print("no corpus: set WRONGFIX_CORPUS to a folder of records")
        return 0
    paths = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())
    if options.sample:
        paths = random.Random(options.seed).sample(paths, min(options.sample, len(paths)))
    return counted(folder, paths, load().vocabulary, listing=options.list or bool(options.sample))


def corpus() -> Path | None:
    """Return the folder named by the environment, or the one beside the checkout."""
    named = os.environ.get("WRONGFIX_CORPUS")
    beside = Path(__file__).parents[2].parent / "shared" / "corpus"
    return next((Path(each) for each in (named, beside) if each and Path(each).is_dir()), None)


def counted(folder: Path, paths: list[Path], vocabulary: Vocabulary, *, listing: bool) -> int:
    """Print what was read from the files, and return 1 if reading any of them raised."""
    counts: Counter[str] = Counter()
    characters = 0
    seconds = 0.0
    for path in paths:
        text = path.read_bytes().decode("utf-8", "replace")
        start = time.process_time()
        try:
            records = read(Source(path.name, text), vocabulary)
        except Exception as error:  # noqa: BLE001 # whatever it is, it is what this looks for
            print(f"{path}: {error!r}")
            counts["raised"] += 1
            continue
        seconds += time.process_time() - start
        characters += len(text)
        counts.update(parts(records))
        counts["looks like a record"] += any(looks_like_record(each, str(path), vocabulary) for each in records)
        if listing:
            print(path.relative_to(folder))
            for record in records[:3]:
                for choice in record.choices[:4]:
                    named = choice.name.value if choice.name else record.words(choice.span)
                    options = [record.options[index].name.value[:40] for index in choice.options]
                    print(f"    {named[:150]}  {options or ''}")
    print(f"{len(paths)} files, {characters} characters, {seconds * 5e6 / max(characters, 1):.2f} ms of work a 5 KB")
    for name, count in counts.most_common():
        print(f"{count:6} {name}")
    return 1 if counts["raised"] else 0


def parts(records: tuple[Record, ...]) -> set[str]:
    """Return which parts at least one record of a file has."""
    ways = {
        "title": lambda record: record.title,
        "status known": lambda record: record.status and record.status.value != "unknown",
        "options": lambda record: record.options,
        "a choice": lambda record: record.choices,
        "a choice set apart by name": lambda record: any(choice.name for choice in record.choices),
        "a choice found among the options": lambda record: any(choice.options for choice in record.choices),
        "problems": lambda record: record.problems,
    }
    return {name for name, way in ways.items() if any(way(record) for record in records)}


if __name__ == "__main__":
    sys.exit(main())
