"""A Markdown document as a record: sections with roles, blocks, and what the parts of the record say."""

from __future__ import annotations

from wrongfix import markdown, yamltext
from wrongfix.record import fields
from wrongfix.record.choices import read_choices
from wrongfix.record.frontmatter import split
from wrongfix.record.language import language_of
from wrongfix.record.model import Block, BlockKind, Node, Problem, Record, Section, Text
from wrongfix.record.options import assigned, read_options
from wrongfix.record.words import Words, folded
from wrongfix.text import Source, Span


def read_markdown(source: Source, words: Words) -> Record:
    """Return the record that a Markdown document is."""
    text = source.text
    front = split(text)
    problems: list[Problem] = []
    metadata: Node | None = None
    if front is not None:
        problems.extend(front.problems)
        document = yamltext.parse(text, front.content.start, front.content.end)[0]
        problems.extend(document.problems)
        metadata = document.root if document.root is not None and document.root.tag == "map" else None
    parsed = markdown.parse(text, front.body if front is not None else int(text.startswith("\ufeff")))
    prose = markdown.masked(text, parsed.prose)
    sections = sections_of(parsed, prose, words, len(text))
    record = Record(
        source=source,
        format="markdown",
        span=Span(0, len(text)),
        prose=prose,
        sections=sections,
        blocks=tuple(_block(piece, prose) for piece in parsed.pieces),
        metadata=metadata,
        front_matter=front.content if front is not None else None,
        problems=tuple(problems),
    )
    return completed(record, words)


def completed(record: Record, words: Words) -> Record:
    """Return the record with everything that is read from its parts."""
    stated = fields.read_fields(record, words)
    options = read_options(record, words)
    blocks = assigned(record, options)
    record = fields.with_fields(record, stated, words, blocks=blocks, options=options)
    return fields.replaced(record, choices=read_choices(record, words), language=language_of(record, words))


def sections_of(parsed: markdown.Document, prose: str, words: Words, end: int) -> tuple[Section, ...]:
    """Return the sections that headings begin; one without a role of its own has that of the section around it."""
    sections: list[Section] = []
    around: list[int] = []
    ends = [end] * len(parsed.headings)
    open_headings: list[int] = []
    for index, heading in enumerate(parsed.headings):
        while open_headings and parsed.headings[open_headings[-1]].level >= heading.level:
            ends[open_headings.pop()] = heading.line.start
        open_headings.append(index)
    for index, heading in enumerate(parsed.headings):
        while around and sections[around[-1]].level >= heading.level:
            around.pop()
        title = " ".join(prose[heading.words.start : heading.words.end].split())
        role = words.role(title)
        parent = around[-1] if around else None
        inherited = sections[parent].role if parent is not None else None
        sections.append(
            Section(
                title=title,
                role=role or inherited,
                level=heading.level,
                heading=heading.line,
                body=Span(min(heading.end, ends[index]), ends[index]),
                parent=parent,
                own_role=role is not None,
            )
        )
        around.append(index)
    return tuple(sections)


def _block(piece: markdown.Piece, prose: str) -> Block:
    label = ""
    if piece.strong is not None:
        label = folded(prose[piece.strong[0] : piece.strong[1]])
    elif piece.kind is not BlockKind.CELL and piece.kind is not BlockKind.HEADING:
        before, colon, _ = prose[piece.start : min(piece.end, piece.start + 40)].partition(":")
        if colon and "\n" not in before:
            label = folded(before)
    return Block(
        kind=piece.kind,
        span=Span(piece.start, piece.end),
        section=piece.heading,
        depth=piece.depth,
        row=piece.row,
        column=piece.column,
        label=label,
    )


def title_of(record: Record) -> Text | None:
    """Return the words of the record's first heading of the first level, else of its first heading."""
    for block in record.blocks:
        if block.kind is BlockKind.HEADING and block.section is not None:
            return Text(record.words(block.span), block.span)
    return None
