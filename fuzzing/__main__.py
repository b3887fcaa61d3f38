"""`python -m fuzzing TARGET [--seconds N]`: make up texts that reach new code, and stop at the first that breaks a law.

It needs the extra `fuzz`. A text that breaks a law is kept in `fuzzing/found/`, texts that reached something new in
`fuzzing/grown/`, where the next piece goes on; the seeds are the records of the tests and `fuzzing/seeds/`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import atheris

HERE = Path(__file__).parent

with atheris.instrument_imports(include=["wrongfix", "pygls", "tomllib"]):
    sys.path.insert(0, str(HERE.parent / "tests"))
    from fuzzing.targets import TARGETS, words


def main() -> None:
    """Fuzz one target for some seconds; the process ends with another status than 0 where a law is broken."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    grown = HERE / "grown" / options.target
    for folder in (HERE / "found", grown):
        folder.mkdir(parents=True, exist_ok=True)
    target = TARGETS[options.target]
    seeds = tempfile.mkdtemp()
    for number, path in enumerate(target.seeds()):
        shutil.copy(path, f"{seeds}/{number}")
    known = Path(seeds).with_suffix(".dict")
    known.write_text("".join(f'"{word}"\n' for word in words()), encoding="ascii")
    flags = [
        f"-max_total_time={options.seconds}",
        f"-max_len={target.longest}",
        f"-dict={known}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-print_final_stats=1",
    ]
    atheris.Setup(
        [sys.argv[0], str(grown), seeds, *flags, f"-artifact_prefix={HERE / 'found'}/{options.target}-"],
        target.run,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
