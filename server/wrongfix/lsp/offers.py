"""What may stand at the cursor: tags, approaches in the order of their fit, statuses, directives, codes; keys apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lsprotocol import types

from wrongfix.comments import FORMS, IGNORE
from wrongfix.explain import summary
from wrongfix.fit import Fit
from wrongfix.lsp import keyoffers, terms
from wrongfix.lsp.cursor import Cursor, Place, listed
from wrongfix.lsp.offer import Offer, key_of
from wrongfix.lsp.view import View
from wrongfix.vocabulary import Term


def offers(view: View, cursor: Cursor) -> Iterator[Offer]:
    """Yield everything that may stand at the cursor, begun or not."""
    if cursor.place is Place.DIRECTIVE:
        yield from _directives(cursor)
    elif cursor.place is Place.RULE:
        yield from _rules(view)
    elif not view.expects_record and not _states_failures(view, cursor):
        return
    elif cursor.place is Place.KEY and not cursor.path:
        yield from keyoffers.of_record(view, cursor)
    elif cursor.path:
        yield from _values(view, cursor)


def _values(view: View, cursor: Cursor) -> Iterator[Offer]:
    """Yield tags, approaches or statuses, as the key, label or heading around the cursor asks for."""
    keys, path = view.vocabulary.data("keys"), [key_of(each) for each in cursor.path]
    failing = {key_of(name) for names in keys["failures"].values() for name in names}
    choosing = {key_of(name) for names in keys["approaches"].values() for name in names}
    entries = {key_of(name) for name in keys["entry"]["tag"]}
    last = path[-1]
    outer = path[-2] if len(path) > 1 and last in entries else last
    taken = listed(view.source, cursor)
    if cursor.place in (Place.LABELLED, Place.LISTED):
        if cursor.place is Place.LISTED and _is_status(view, last):
            yield from _statuses(view)
        elif last in {key_of(name) for name in (*keys["labels"], *keys["headings"])}:
            yield from _failures(view, taken)
        elif cursor.place is Place.LABELLED and last in labels_of(view, "status"):
            yield from _statuses(view)
        return
    if outer in failing and cursor.place is Place.KEY and cursor.beside is not None:
        yield from keyoffers.of_entry(view, cursor)
    elif outer in failing or outer in {key_of(name) for name in keys["out-of-scope"]}:
        yield from _failures(view, taken)
    elif outer in choosing or any(key_of(name) in path for kind in ("tried", "ruled-out") for name in keys[kind]):
        yield from _approaches(view, cursor, taken)
    elif last in labels_of(view, "status"):
        yield from _statuses(view)


def _failures(view: View, taken: Iterable[str]) -> Iterator[Offer]:
    for term in view.vocabulary.failures.values():
        if term.id not in taken:
            first = ", ".join(view.matrix.fitting(term.id, Fit.FIRST_FIX))
            detail = f"{term.title} · {term.group}" + (f" · first fix: {first}" if first else "")
            yield _of_term(term, detail, lambda id_=term.id: terms.of_failure(id_, view.vocabulary, view.matrix))  # type: ignore[misc] # mypy loses the default


def _approaches(view: View, cursor: Cursor, taken: Iterable[str]) -> Iterator[Offer]:
    evidence = view.evidence_at(cursor.typed.start) or next(view.evidence(), None)
    claimed = list(dict.fromkeys(each.id for each in evidence.claimed)) if evidence else []
    for term in view.vocabulary.approaches.values():
        if term.id not in taken:
            rank, fits = terms.fit_of(term.id, claimed, view.matrix)
            detail = f"{term.title} · {term.group}" + (f" · {fits}" if fits else "")
            yield _of_term(
                term,
                detail,
                lambda id_=term.id: terms.of_approach(id_, view.vocabulary, view.matrix),  # type: ignore[misc] # as above
                rank,
            )


def _of_term(term: Term, detail: str, about: Callable[[], str], rank: int = 0) -> Offer:
    names = (term.id, term.title, *term.aliases)
    return Offer(term.id, names, types.CompletionItemKind.EnumMember, detail, about, rank=rank)


def _statuses(view: View) -> Iterator[Offer]:
    for entry in view.vocabulary.statuses:
        yield Offer(
            entry["id"],
            (entry["id"],),
            types.CompletionItemKind.EnumMember,
            entry["title"],
            lambda status=entry: terms.of_status(status, view.vocabulary),  # type: ignore[misc] # as above
        )


def _directives(cursor: Cursor) -> Iterator[Offer]:
    if cursor.region is None:
        for form in FORMS:
            name = f"wrongfix-{form}"
            yield Offer(name, (name,), types.CompletionItemKind.Keyword, "a directive to wrongfix", text=f"{name} ")
    else:
        name = f"wrongfix: {IGNORE}[]"
        yield Offer(name, (name,), types.CompletionItemKind.Keyword, "a directive to wrongfix", text=name[:-1])


def _rules(view: View) -> Iterator[Offer]:
    for rule in view.rulebook.rules:
        told = summary(rule, view.rulebook)
        yield Offer(rule.code, (rule.code, rule.name), types.CompletionItemKind.Constant, f"{rule.name} · {told}")


def labels_of(view: View, kind: str) -> set[str]:
    """Return the keys and labels of one of the facts a record states about itself."""
    return {
        key_of(label)
        for entry in view.vocabulary.data("fields")
        if entry["id"] == kind
        for label in (kind, *entry["labels"])
    }


def _states_failures(view: View, cursor: Cursor) -> bool:
    """Say whether the cursor is under a key that nobody writes but to state failures to this tool."""
    return not {key_of(each) for each in cursor.path}.isdisjoint(view.vocabulary.data("keys")["failures"]["always"])


def _is_status(view: View, heading: str) -> bool:
    return any(
        heading in map(key_of, words)
        for section in view.vocabulary.sections
        if section["id"] == "status"
        for words in section["headings"].values()
    )
