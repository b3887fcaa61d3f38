"""The program `wrongfix`, also started as `python -m wrongfix`; everything it does lives in `cli`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from wrongfix.cli.main import main as run  # noqa: PLC0415 # a worker that only imports this module needs none of it

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
