"""Starts the copy of wrongfix that lies beside this file; it installs nothing and says plainly what is missing.

usage: python -I start.py PARTS ARGUMENT...
PARTS is a folder of compiled parts for this Python, used where those beside this file do not fit.
"""

from __future__ import annotations

import os
import sys
import sysconfig

NO_PARTS = 3
"""The exit status that says: no compiled parts for this Python."""


def main() -> int:
    """Run wrongfix with the arguments after PARTS and return its status."""
    if sys.version_info < (3, 11):  # noqa: UP036 # an older Python is told, where the import would only fail
        sys.stderr.write("wrongfix needs Python 3.11 or newer; this is %d.%d.\n" % sys.version_info[:2])  # noqa: UP031
        return 2
    here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 # pathlib costs start-up time
    tag = sys.implementation.cache_tag or ""
    sys.path[:0] = [os.path.join(here, "python"), os.path.join(here, "native", tag), sys.argv.pop(1)]  # noqa: PTH118
    try:
        import pyromark  # noqa: F401, PLC0415 # only looked for
        import yaml._yaml  # noqa: F401, PLC0415 # as above
    except ImportError:
        sys.stderr.write(
            f"The copy of wrongfix in this extension has no compiled parts for Python "
            f"{sys.version_info.major}.{sys.version_info.minor} ({tag}) on {sysconfig.get_platform()}.\n"
        )
        return NO_PARTS
    from wrongfix.__main__ import main as wrongfix  # noqa: PLC0415 # only now can it be found

    return wrongfix()


if __name__ == "__main__":
    sys.exit(main())
