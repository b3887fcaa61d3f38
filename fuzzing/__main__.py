"""`python -m fuzzing TARGET [--seconds N]`: make up texts that reach new code, and stop at the first that breaks a law.

It needs the extra `fuzz`. A text that breaks a law is kept in `fuzzing/found/`; the seeds are the records of the tests.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).parent
SEEDS = HERE.parent / "tests" / "records"
LONGEST = 4_000
"""Bytes of a text."""

with atheris.instrument_imports(include=["wrongfix"]):
    sys.path.insert(0, str(HERE.parent / "tests"))
    from fuzzing.targets import TARGETS


def main() -> None:
    """Fuzz one target for some seconds; the process ends with another status than 0 where a law is broken."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    (HERE / "found").mkdir(exist_ok=True)
    corpus = tempfile.mkdtemp()
    for number, path in enumerate(sorted(SEEDS.rglob("*.*"))):
        if path.suffix in TARGETS[options.target].seeds:
            shutil.copy(path, f"{corpus}/{number}")
    flags = [
        f"-max_total_time={options.seconds}",
        f"-max_len={LONGEST}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-verbosity=0",
        "-print_final_stats=1",
    ]
    atheris.Setup(
        [sys.argv[0], corpus, *flags, f"-artifact_prefix={HERE / 'found'}/{options.target}-"],
        TARGETS[options.target].run,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
