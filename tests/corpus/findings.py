"""What is said of a folder of real records, beside what was said before: added, removed and moved findings.

`python -m tests.corpus.findings` compares with the stored summary, `--write` stores a new one.
The summary names paths, codes and rows, and no word of a record.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.corpus.count_choices import ENDINGS, corpus

from wrongfix import engine, rulebook
from wrongfix.settings import Settings
from wrongfix.text import Source

SUMMARY = Path(__file__).parent / "findings.txt"


def main() -> int:
    """Compare, or store; return 1 where something differs from what is stored."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="store what is said now")
    parser.add_argument("--profile", choices=("default", "strict"), default="default")
    options = parser.parse_args()
    folder = corpus()
    if folder is None:
        print("no corpus: set WRONGFIX_CORPUS to a folder of records")
        return 0
    now = sorted(told(folder, Settings(profile=options.profile)))
    if options.write:
        SUMMARY.write_text("".join(f"{line}\n" for line in now), encoding="utf-8")
        print(f"{len(now)} findings stored")
        return 0
    before = SUMMARY.read_text(encoding="utf-8").splitlines() if SUMMARY.is_file() else []
    lines = list(differences(before, now))
    print("\n".join(lines) or f"{len(now)} findings, as stored")
    return 1 if lines else 0


def told(folder: Path, settings: Settings) -> Iterator[str]:
    """Yield a line for each finding: path, code, confidence and row."""
    book = rulebook.load()
    for path in sorted(folder.rglob("*")):
        if path.suffix in ENDINGS and path.is_file():
            source = Source(path.name, path.read_bytes().decode("utf-8", "replace"))
            for finding in engine.check(source, book, settings):
                row = source.position(finding.span.start).row + 1
                yield f"{path.relative_to(folder).as_posix()}\t{finding.code} {finding.confidence}\t{row}"


def differences(before: Iterable[str], now: Iterable[str]) -> Iterator[str]:
    """Yield what was added, removed or moved, record by record."""
    old, new = _by_finding(before), _by_finding(now)
    for key in sorted(old.keys() | new.keys()):
        gone = [row for row in old.get(key, []) if row not in new.get(key, [])]
        come = [row for row in new.get(key, []) if row not in old.get(key, [])]
        while gone and come:
            yield f"moved    {key[0]}: {key[1]} from line {gone.pop(0)} to {come.pop(0)}"
        yield from (f"removed  {key[0]}: {key[1]} line {row}" for row in gone)
        yield from (f"added    {key[0]}: {key[1]} line {row}" for row in come)


def _by_finding(lines: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        path, code, row = line.split("\t")
        found.setdefault((path, code), []).append(row)
    return found


if __name__ == "__main__":
    sys.exit(main())
