"""The program `wrongfix`, also started as `python -m wrongfix`; everything it does lives in `cli`.

A check of one record lasts a tenth of a second, and a third of that would be housekeeping: collecting rubbish while
modules are loaded, and taking everything apart at the end. Neither is of use to a process that ends.
"""

from __future__ import annotations

import gc
import os
import sys

SERVER = "server"
"""The one command that lives long."""


def main() -> int:
    """Run the command line; return the exit status of what lives long, and end the process with that of the rest."""
    _open_what_is_closed()
    lives = sys.argv[1:2] == [SERVER]
    if not lives:
        gc.set_threshold(100_000, 20, 20)
    try:
        from wrongfix.cli.main import main as run  # noqa: PLC0415 # after the line above

        status = run(sys.argv[1:])
    except KeyboardInterrupt:
        status = 130  # while it was starting
    if not lives:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def _open_what_is_closed() -> None:
    """Let a stream that the caller closed lead nowhere: what is opened next must not take its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 # open to the end


if __name__ == "__main__":
    sys.exit(main())
