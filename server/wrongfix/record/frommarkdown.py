"""A Markdown document as a record: sections with roles, blocks, and what the parts of the record say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wrongfix import markdown, yamltext
from wrongfix.frozen import replace
from wrongfix.markdown import InlineLink
from wrongfix.record import fields
from wrongfix.record.choices import read_choices
from wrongfix.record.frontmatter import FrontMatter, split
from wrongfix.record.headings import headed
from wrongfix.record.language import language_of
from wrongfix.record.links import read_links
from wrongfix.record.model import Block, BlockKind, Choice, Node, Problem, Record, Section
from wrongfix.record.naming import named
from wrongfix.record.options import read_options
from wrongfix.record.title import title_and_number
from wrongfix.record.words import Words, folded
from wrongfix.text import Source, Span

_UNLABELLED = frozenset({BlockKind.CELL, BlockKind.HEADING})
_LONGEST_LABEL = 40


def read_markdown(source: Source, words: Words) -> Record:
    """Return the record that a Markdown document is."""
    text = source.text
    front = split(text)
    metadata, problems = _metadata(text, front)
    parsed = markdown.parse(text, front.body if front is not None else int(text.startswith("\ufeff")))
    prose = markdown.masked(text, parsed.prose)
    parsed = headed(parsed, prose, words)
    record = Record(
        source=source,
        format="markdown",
        span=Span(0, len(text)),
        prose=prose,
        sections=sections_of(parsed, prose, words, len(text)),
        blocks=tuple([block_of(piece, prose, words) for piece in parsed.pieces]),
        metadata=metadata,
        front_matter=front.content if front is not None else None,
        problems=problems,
    )
    return completed(record, parsed.links, words)


def completed(record: Record, inline: Sequence[InlineLink], words: Words) -> Record:
    """Return the record with everything that is read from its parts."""
    stated = fields.read_fields(record, words)
    title, number = title_and_number(record, stated, words)
    options, blocks = read_options(record, words)
    record = replace(
        record,
        title=title,
        number=number,
        status=fields.status_of(stated, words),
        date=stated.first("date"),
        people=fields.people_of(stated),
        tags=tuple(text for value in stated.all("tags") for text in fields.parted(value)),
        options=options,
        blocks=blocks,
        language=language_of(record, words),
    )
    choices = (*_of_metadata(record, words), *read_choices(record, words))
    return replace(record, choices=choices, links=read_links(record, stated, inline, words))


def sections_of(parsed: markdown.Document, prose: str, words: Words, end: int) -> tuple[Section, ...]:
    """Return the sections that headings begin; one without a role of its own has that of the section around it."""
    headings = parsed.headings
    ends = [end] * len(headings)
    parents: list[int | None] = []
    around: list[int] = []
    for index, heading in enumerate(headings):
        while around and headings[around[-1]].level >= heading.level:
            ends[around.pop()] = heading.line.start
        parents.append(around[-1] if around else None)
        around.append(index)
    sections: list[Section] = []
    titles = [" ".join(prose[heading.words.start : heading.words.end].split()) for heading in headings]
    roles = [words.role(title) for title in titles]
    top = [heading for heading in headings if heading.level <= headings[0].level]
    if roles[:1] == ["decision"] and len(top) == 1 and "decision" in roles[1:]:
        roles[0] = None  # `Architecture decision: …` names the record; what was decided stands further down
    for heading, title, role, parent, last in zip(headings, titles, roles, parents, ends, strict=True):
        inherited = sections[parent].role if parent is not None else None
        body = Span(min(heading.end, last), last)
        sections.append(
            Section(title, role or inherited, heading.level, heading.line, body, parent, own_role=role is not None)
        )
    return tuple(sections)


def block_of(piece: markdown.Piece, prose: str, words: Words) -> Block:
    """Return a piece of Markdown as a block with the label it begins with: `Label: …`, bold words, or `Context. …`."""
    label = ""
    if piece.strong is not None:
        label = folded(prose[piece.strong[0] : piece.strong[1]])
    elif piece.kind not in _UNLABELLED:
        last = min(piece.end, piece.start + _LONGEST_LABEL)
        colon = prose.find(":", piece.start, last)
        if colon < 0:
            colon = prose.find("：", piece.start, last)
        stop = prose.find(". ", piece.start, last) if piece.kind is BlockKind.PARAGRAPH else -1
        if stop > 0 and (colon < 0 or stop < colon) and prose[piece.start].isupper():
            name = folded(prose[piece.start : stop])
            label = name if name in words.roles else ""
        if not label and colon > 0 and prose.find("\n", piece.start, colon) < 0:
            label = folded(prose[piece.start : colon])
    return Block(
        piece.kind, Span(piece.start, piece.end), piece.heading, piece.depth, None, piece.row, piece.column, label
    )


def _metadata(text: str, front: FrontMatter | None) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the front matter as a mapping, and the problems of its fences and its YAML."""
    if front is None:
        return None, ()
    document = yamltext.parse(text, front.content.start, front.content.end)[0]
    problems = (*front.problems, *document.problems)
    root = document.root
    if root is not None and root.tag != "map" and not problems:
        problems = (Problem("broken", "Front matter holds no `key: value` lines.", root.span),)
    return (root if root is not None and root.tag == "map" else None), problems


def _of_metadata(record: Record, words: Words) -> Iterator[Choice]:
    """Yield the choices that front matter states under keys such as `chosen:` and `decision:`."""
    if record.front_matter is None or record.metadata is None:
        return
    for key, value in record.metadata.items():
        if words.labels.get(folded(key.value)) in {"choice", "decision"}:
            for text in fields.values_of(value, record.source.text):
                if text.value:
                    yield Choice(text.span, text, named(record.options, text.value, words))
