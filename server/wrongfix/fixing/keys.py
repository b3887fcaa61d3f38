"""Editing the keys of front matter and YAML records: quoting, comments, indentation and line ends stay as they are."""

from __future__ import annotations

from collections.abc import Iterator

from wrongfix import yamltext
from wrongfix.record.model import Node, Record
from wrongfix.record.scalars import inside, is_in_yaml, is_plain, is_shared, reached, scalar_at
from wrongfix.text import Edit, Span, apply, with_line_feeds

_CLOSING = frozenset("[]{}:#")
"""Signs that end a plain scalar, or begin something else, once it stands in brackets."""


def find(record: Record, *names: str) -> Node | None:
    """Return the value under one of the names, at the top or under `adr:`."""
    return find_in(record.metadata, *names) if record.metadata is not None else None


def find_in(mapping: Node, *names: str) -> Node | None:
    """Return the value under one of the names of a mapping, or under its `adr:`."""
    nested = mapping.get("adr")
    return mapping.get(*names) or (nested.get(*names) if nested is not None else None)


def written(record: Record, span: Span, word: str) -> Edit | None:
    """Return the edit that writes another word at a scalar's place, in the quotes or below the sign that stand there.

    Nothing is returned where other keys hold the scalar too.
    """
    if is_in_yaml(record, span):
        scalar = scalar_at(record, span)
        if scalar is None:
            return None
        if span == scalar.span and scalar.style in {"|", ">"}:
            span = _lines(record, scalar)
            return Edit(span, word) if span.start < span.end else None
    old = record.source.slice(span)
    quote = old[:1] if old[:1] in "'\"" and old[-1:] == old[:1] and len(old) > 1 else ""
    return Edit(span, f"{quote}{word}{quote}")


def is_sound(record: Record, span: Span) -> bool:
    """Say whether a place lies where YAML was read whole: in a broken header a word may be more than it seems."""
    front = record.front_matter
    return not record.problems or (front is not None and span.start > front.end)


def reworded(record: Record, span: Span, words: str) -> Edit | None:
    """Return the edit that writes other words in place of some of a sentence.

    In YAML nothing is returned where other keys hold the sentence too, or where the words would not mean themselves.
    """
    if is_in_yaml(record, span):
        scalar = scalar_at(record, span)
        if scalar is None or scalar.properties == "*" or not is_plain(words):
            return None
    return Edit(span, words)


def listing(record: Record, edit: Edit, words: tuple[str, ...]) -> Edit | None:
    """Return the edit of a scalar that also writes further words beside it; nothing where a tag says it is no list."""
    scalar = scalar_at(record, edit.span)
    if scalar is None or "!" in scalar.properties:
        return None
    if edit.span == scalar.span:
        return Edit(edit.span, f"[{', '.join((edit.content, *words))}]")
    return Edit(edit.span, ", ".join((edit.content, *words)))


def added(record: Record, names: tuple[str, ...], words: tuple[str, ...]) -> tuple[Edit, ...]:
    """Return the edits that add words under the first of the names that stands there, or under a new key `names[0]`.

    Nothing is returned where the place cannot be edited safely, or where what is written would not be read.
    """
    edits = _added(record, names, words)
    return edits if edits and is_read(record, edits, names, words) else ()


def is_read(record: Record, edits: tuple[Edit, ...], names: tuple[str, ...], words: tuple[str, ...] = ()) -> bool:
    """Say whether words will be read under one of the names; only broken YAML is read again to see."""
    if not record.problems:
        return True
    text = with_line_feeds(apply(record.source.text, edits))
    front, start, end = record.front_matter, int(text.startswith("\ufeff")), len(text)
    if front is not None:
        start, end = front.start, front.end + len(text) - len(record.source.text)
    elif record.metadata is None:
        return True
    begin = record.metadata.span.start if record.metadata is not None else start
    roots = [document.root for document in yamltext.parse(text, start, end) if document.root is not None]
    for mapping in (node for root in roots for node in _mappings(root)):
        found = find_in(mapping, *names)
        if mapping.span.start == begin and found is not None:
            told = {each.value for node in (found, *found.elements()) if (each := node.text()) is not None}
            return told.issuperset(words)
    return False


def _mappings(node: Node) -> Iterator[Node]:
    """Yield the mappings of a document: its root, and those of a log."""
    if node.tag == "map":
        yield node
    for inner in (*node.elements(), *(value for _, value in node.items())):
        yield from _mappings(inner)


def _added(record: Record, names: tuple[str, ...], words: tuple[str, ...]) -> tuple[Edit, ...]:
    node = find(record, *names)
    if node is None:
        return _created(record, names[0], words)
    if node.tag == "seq" and node.elements() and not is_shared(record, node):
        last = node.elements()[-1]
        if node.style == "flow":
            return (Edit(Span(last.span.end, last.span.end), "".join(f", {word}" for word in words)),)
        return _below(record, last, words)
    if node.text() is not None and not node.style.startswith(("|", ">")) and not node.properties:
        old = record.source.slice(node.span)
        if scalar_at(record, node.span) is not None and (node.style or not _CLOSING.intersection(old)):
            return (Edit(node.span, f"[{', '.join((old, *words))}]"),)
    return ()


def created(record: Record, name: str, words: tuple[str, ...]) -> tuple[Edit, ...]:
    """Return the edit that writes a new key with a list of words.

    Nothing is returned where front matter or YAML is broken, or the key stands there with something else under it.
    """
    edits = _created(record, name, words)
    return edits if edits and is_read(record, edits, (name,), words) else ()


def _created(record: Record, name: str, words: tuple[str, ...]) -> tuple[Edit, ...]:
    if find(record, name) is not None:
        return ()
    value = f"[{', '.join(words)}]"
    end = record.source.line_end
    if record.metadata is not None and (record.front_matter is None or not _begins_lines(record, record.metadata)):
        return _first_key(record, record.metadata, name, words)
    if record.front_matter is not None:
        if record.metadata is None and record.source.slice(record.front_matter).strip():
            return ()
        at = record.front_matter.end
        before = "" if at == record.front_matter.start or record.source.text[at - 1] in "\r\n" else end
        return (Edit(Span(at, at), f"{before}{name}: {value}{end}"),)
    fenced = record.source.text.lstrip("\ufeff \t\r\n").startswith("---")
    if record.format.startswith("yaml") or record.problems or fenced:
        return ()
    return (Edit(Span(0, 0), f"---{end}{name}: {value}{end}---{end}{end}"),)


def removed(record: Record, names: tuple[str, ...], word: Span) -> tuple[Edit, ...]:
    """Return the edits that take one word out of a list; nothing where it stands alone or not in a list."""
    node = find(record, *names)
    elements = node.elements() if node is not None else ()
    at = next((index for index, element in enumerate(elements) if element.span.covers(word)), None)
    if node is None or at is None or len(elements) < 2 or is_shared(record, node):
        return ()
    if "&" in elements[at].properties or (
        elements[at].text() is None and "&" in record.source.slice(elements[at].span)
    ):
        return ()
    if node.style == "flow":
        cut = (
            Span(elements[at].span.start, elements[at + 1].span.start)
            if at == 0
            else Span(elements[at - 1].span.end, elements[at].span.end)
        )
        return (Edit(cut, ""),)
    source = record.source
    row, last = source.position(elements[at].span.start).row, source.position(reached(elements[at], source.text)).row
    if source.slice(Span(source.line(row).start, elements[at].span.start)).strip() != "-":
        return ()
    end = source.line_starts[last + 1] if last + 1 < len(source.line_starts) else len(source.text)
    return (Edit(Span(source.line_starts[row], end), ""),)


def _first_key(record: Record, mapping: Node, name: str, words: tuple[str, ...]) -> tuple[Edit, ...]:
    """Write a key before the first one of a mapping, which keeps every key's comments where they are."""
    if not mapping.items() or mapping.properties:
        return ()
    first = mapping.items()[0][0].span.start
    if mapping.style == "flow":
        quoted = ", ".join(f'"{word}"' for word in words)
        return (Edit(Span(first, first), f'"{name}": [{quoted}], '),)
    column = record.source.position(first).column
    if record.source.slice(Span(first - column, first)).strip(" -"):
        return ()
    return (Edit(Span(first, first), f"{name}: [{', '.join(words)}]{record.source.line_end}{' ' * column}"),)


def _below(record: Record, last: Node, words: tuple[str, ...]) -> tuple[Edit, ...]:
    """Add items below the last one of a block list, in its indentation."""
    source = record.source
    row = source.position(last.span.start).row
    lead = source.slice(Span(source.line(row).start, last.span.start))
    if lead.strip() != "-":
        return ()
    at = source.line(source.position(reached(last, source.text)).row).end
    return (Edit(Span(at, at), "".join(f"{source.line_end}{lead}{word}" for word in words)),)


def _lines(record: Record, scalar: Node) -> Span:
    """Return where the words of a block scalar stand, from the first to the last of them."""
    text, lines = record.source.text, inside(record.source.text, scalar)
    start = lines.start
    while start < lines.end and text[start].isspace():
        start += 1
    return Span(start, lines.end)


def _begins_lines(record: Record, mapping: Node) -> bool:
    """Say whether the keys of a mapping stand at the beginning of their lines, so that another one may follow there."""
    place = record.source.position
    return mapping.style != "flow" and all(place(key.span.start).column == 0 for key, _ in mapping.items())
