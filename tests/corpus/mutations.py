"""Break every record of a folder of real records in many ways: nothing raises, and what should stay stays.

`python -m tests.corpus.mutations` draws a few places of each record, the same in every run with the same `--seed`, and
takes some ten minutes over five hundred records; `--whole` breaks each record at every block and takes an hour or more.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.corpus.count_choices import ENDINGS, corpus

sys.path.insert(0, str(Path(__file__).parents[1]))

from properties import mutations
from properties.laws import assert_fixes_settle, examined
from wrongfix import engine, rulebook
from wrongfix.record.model import BlockKind

_PLACES = 10
"""How many places of each record are drawn."""
Broken = tuple[str, str]
"""What was done, and what came of it."""


def main() -> int:
    """Break the records, say how far it is, and return 1 where a law broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--whole", action="store_true", help="break each record at every block")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", default="1/1", help="take one of so many parts of the records, as in 2/5")
    options = parser.parse_args()
    folder = corpus()
    if folder is None:
        print("no corpus: set WRONGFIX_CORPUS to a folder of records")
        return 0
    part, parts = map(int, options.part.split("/"))
    paths = sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())[part - 1 :: parts]
    start, found, book = time.monotonic(), 0, rulebook.load()
    for number, path in enumerate(paths, 1):
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        for done, what in broken(text, path.name, book, None if options.whole else _PLACES, options.seed):
            found += 1
            print(f"{path.relative_to(folder)}: {done}: {what}")
        if number % 25 == 0 or number == len(paths):
            spent = time.monotonic() - start
            left = spent / number * (len(paths) - number)
            print(f"{number} of {len(paths)} records, {spent:.0f} s, {left:.0f} s to go, {found} found", flush=True)
    return 1 if found else 0


def broken(text: str, name: str, book: rulebook.Rulebook, most: int | None, seed: int) -> Iterator[Broken]:
    """Yield each law that breaks for what is done to a text."""
    try:
        before = examined(text, name, book)
    except Exception as error:  # noqa: BLE001 # whatever it is, it is what this looks for
        yield "as it is", repr(error)
        return
    yield from _holds("fixed", lambda: assert_fixes_settle(text, name, book))
    for number, other in enumerate(mutations.broken(text, most, seed)):
        yield from _holds(f"broken, {number}", lambda other=other: examined(other, name, book))  # type: ignore[misc] # mypy loses the default
    for other in (*mutations.doubled_sections(text), mutations.without_front_matter(text)):
        yield from _holds("sections moved", lambda other=other: examined(other, name, book))  # type: ignore[misc] # as above
    for what, other in _alike(text, before, book):
        yield from _holds(what, lambda other=other: _same(before, examined(other, name, book)))  # type: ignore[misc] # as above


def _alike(text: str, before: engine.Examination, book: rulebook.Rulebook) -> Iterator[tuple[str, str]]:
    """Yield rewritten forms of a text that say the same."""
    yield "lines end in returns and line feeds", text.replace("\n", "\r\n")
    yield "lines end in returns", text.replace("\n", "\r")
    for language in ("de", "fr", "es", "zh"):
        yield f"headings in {language}", mutations.translated(text, book, language)
    starts = [block.span for record in before.records for block in record.blocks if block.kind is BlockKind.PARAGRAPH]
    places = {each.start for each in starts for found in before.findings if each.covers(found.span)}
    yield "emoji before what is found", mutations.with_emoji(text, tuple(places))


def _holds(what: str, law: object) -> Iterator[Broken]:
    try:
        law()  # type: ignore[operator] # a function of nothing
    except Exception as error:  # noqa: BLE001 # as above
        yield what, repr(error)[:500]


def _same(before: engine.Examination, after: engine.Examination) -> None:
    one, other = _said(before), _said(after)
    assert one == other, (one - other, other - one)


def _said(examination: engine.Examination) -> Counter[tuple[object, ...]]:
    return Counter((each.code, each.severity, each.failures, each.approaches) for each in examination.findings)


if __name__ == "__main__":
    sys.exit(main())
