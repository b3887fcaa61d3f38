"""Run the language server, on standard input and output unless told otherwise."""

from __future__ import annotations

import argparse

from wrongfix.cli.console import CannotDoError, Console

OPERANDS = ""
EXAMPLE = """examples:
  wrongfix server
  wrongfix server --tcp 127.0.0.1:2087"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's flags."""
    parser.add_argument("--stdio", action="store_true", help="speak on standard input and output (the default)")
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen there instead, for debugging")


def run(options: argparse.Namespace, console: Console) -> int:
    """Serve until the client says goodbye."""
    del console
    address = None
    if options.tcp is not None:
        host, _, port = options.tcp.rpartition(":")
        if not host or not port.isdecimal() or len(port) > 5 or not 0 < int(port) < 65536:
            raise CannotDoError(f"--tcp {options.tcp}: expected HOST:PORT")
        address = (host, int(port))
    from wrongfix.lsp.server import run as serve  # noqa: PLC0415 # no other command may load the protocol

    return serve(address)
