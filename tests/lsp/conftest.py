"""Driving the installed server over the wire, as recorded clients do; `editor.py` is the client's side."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from lsp.editor import Editor, started

Start = Callable[..., Awaitable[Editor]]


@pytest.fixture(autouse=True)
def time_limit(request: pytest.FixtureRequest) -> Iterator[None]:
    """End a test that hangs: a server that does not answer must fail and not stop the suite."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    long = any(request.node.get_closest_marker(each) for each in ("soak", "corpus", "removal"))
    seconds = 1200 if long else 60

    def ring(*_: object) -> None:
        raise TimeoutError(f"the test took longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Return a function that starts a server with a client; each ends by a shutdown with status 0."""
    async with AsyncExitStack() as stack:

        async def begin(client: str = "vscode1.139", root: Path | None = tmp_path, **more: object) -> Editor:
            return await stack.enter_async_context(started(client, root, **more))  # type: ignore[arg-type] # as tests name them

        yield begin
