"""The server's beginning and end; what happens between them is wired up in `wiring`."""

from __future__ import annotations

import gc
import sys


def run(tcp: tuple[str, int] | None = None) -> int:
    """Serve one client on standard input and output, or on an address; return 0 if it left after a shutdown."""
    gc.disable()  # starting makes no garbage, and looking for it takes a tenth of the start
    from wrongfix.lsp.wiring import Server  # noqa: PLC0415 # the protocol's types are most of the start

    server = Server()
    if tcp is not None:
        server.start_tcp(*tcp)
    else:
        output = sys.stdout.buffer
        sys.stdout = sys.stderr  # whatever prints must not break the protocol
        server.start_io(sys.stdin.buffer, output)
    return 0 if server.protocol.ended_well else 1
