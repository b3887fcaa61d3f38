"""What the conversation reads while the worker writes it: no message is lost because something came or went meanwhile."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count

import pytest
from lsprotocol import types

from wrongfix import walk
from wrongfix.lsp.documents import Documents
from wrongfix.lsp.index import Index
from wrongfix.lsp.projects import Projects
from wrongfix.record.read import read
from wrongfix.rulebook import load
from wrongfix.text import Source


@pytest.fixture(autouse=True)
def restless():
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@contextmanager
def meanwhile(work):
    """Do some work again and again beside a test, with a number each time; its errors are the test's."""
    done, errors = threading.Event(), []

    def run():
        try:
            for number in count():
                if done.is_set():
                    return
                work(number)
        except Exception as error:  # noqa: BLE001 # raised again below
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    assert not errors, errors


def test_configuration_is_looked_for_while_folders_are_read(tmp_path, monkeypatch):
    """A document that is opened while others are checked is checked as well."""
    monkeypatch.setattr("wrongfix.lsp.projects._REST", 0)
    projects = Projects(lambda _: None)
    with ThreadPoolExecutor(1) as worker:
        paths = (str(tmp_path / f"folder{number}" / "a.md") for number in range(300))
        reading = worker.submit(lambda: [projects.of(path) for path in paths])
        while not reading.done():
            assert not projects.is_stale(str(tmp_path / "a.md"))
        assert len(reading.result()) == 300


def test_what_was_found_before_a_change_is_not_kept_after_it(tmp_path, monkeypatch):
    """Whether a file is met is asked again where the configuration changed while it was found out."""
    projects = Projects(lambda _: None)
    forgetting, asked = [], []

    def would_meet(path, _settings):
        asked.append(path)
        forgetting.append(threading.Thread(target=projects.forget))
        forgetting[-1].start()
        forgetting[-1].join(0.2)
        return False

    monkeypatch.setattr(walk, "would_meet", would_meet)
    assert not projects.meets(str(tmp_path / "a.md"))
    forgetting[-1].join()
    assert not projects.meets(str(tmp_path / "a.md"))
    assert len(asked) == 2


def test_an_open_document_is_found_while_others_open():
    """The worker asks for the text of a configuration while the editor opens documents."""
    documents = Documents()

    def opened(number):
        documents.open(types.TextDocumentItem(f"file:///adr/{number % 5_000}.md", "markdown", 1, "# A\n"))

    opened(0)
    with meanwhile(opened):
        for _ in range(300):
            assert documents.at("/adr/none.md") is None


def test_records_are_gone_through_while_files_come_and_go():
    """An answer that is made beside the conversation sees each record that was there when it began."""
    index = Index()
    records = read(Source("a.md", "# 1. A\n\n## Decision\n\nWe use rag.\n"), load().vocabulary)
    for number in range(300):
        index.take(f"/adr/{number}.md", records)

    def changed(number):
        index.take(f"/adr/new{number % 7}.md", records if number % 2 else ())
        index.drop(f"/adr/{number % 300}.md")
        index.take(f"/adr/{number % 300}.md", records)

    with meanwhile(changed):
        for _ in range(200):
            assert sum(1 for _ in index) >= 299
            assert index.keeps_records("/adr")
