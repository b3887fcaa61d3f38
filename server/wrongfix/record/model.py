"""The record as data: what every format of decision record is read into; it reads nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from wrongfix.frozen import dataclass, field
from wrongfix.text import Source, Span

_BEGINNING = 20
"""Words."""


@dataclass(frozen=True, slots=True)
class Text:
    """A value and the place it was read from: markup and quotes are outside `value`, `span` covers what is written."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value that knows its place: `value` is a string, a tuple of nodes, or a tuple of (key, node) pairs.

    Scalars keep the text as written (no dates, no booleans); `tag` is the YAML tag's last word: str, null, map, seq …
    """

    span: Span
    tag: str
    value: str | tuple[Node, ...] | tuple[tuple[Text, Node], ...]
    style: str = ""
    """The scalar's quote or block sign (`'`, `"`, `|`, `>`), `flow` for flow collections, else empty."""
    properties: str = ""
    """`&` where an anchor lets other places hold the value too, `!` where a tag stands before it, `*` for an alias.

    They stand outside the span. What a merge brings in is another place's value: `&`.
    """

    def items(self) -> tuple[tuple[Text, Node], ...]:
        """Return the pairs of a mapping, in order; nothing for any other node."""
        return self.value if self.tag == "map" else ()  # type: ignore[return-value] # the tag says which it is

    def elements(self) -> tuple[Node, ...]:
        """Return the elements of a sequence; nothing for any other node."""
        return self.value if self.tag == "seq" else ()  # type: ignore[return-value] # the tag says which it is

    def get(self, *names: str) -> Node | None:
        """Return the first value of a mapping under one of the names; case is folded, `_` and spaces equal `-`."""
        wanted = {_folded(name) for name in names}
        return next((node for key, node in self.items() if _folded(key.value) in wanted), None)

    def text(self) -> Text | None:
        """Return a scalar with its place; nothing for collections and null."""
        if isinstance(self.value, str) and self.tag != "null":
            return Text(self.value, self.span)
        return None


class BlockKind(StrEnum):
    """What a block of prose is. Code, comments and raw HTML are no blocks: nobody claims anything in them."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    QUOTE = "quote"
    VALUE = "value"
    """A YAML scalar that holds prose."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of prose; its words are `record.prose[span.start:span.end]`, where markup is blanked out by spaces."""

    kind: BlockKind
    span: Span
    section: int | None
    """Index into `record.sections`; nothing before the first heading."""
    depth: int = 0
    """How deep in lists it stands; 0 outside lists."""
    option: int | None = None
    """Index into `record.options` when the block describes that option (its pros, cons or text)."""
    row: int | None = None
    """The table row of a cell, 0 for the header."""
    column: int | None = None
    label: str = ""
    """The bold or `Label:` words the block begins with, lower case: `decision`, `pros`, `status` …"""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, or a YAML key and its value.

    `role` is an id of `rules/vocabulary/sections.yaml`: context, drivers, options, decision, consequences,
    rationale, confirmation, links, failures, status … A section without a role of its own has that of the section
    around it; `own_role` tells which. `body` runs to the next heading of the same or a higher level.
    """

    title: str
    role: str | None
    level: int
    heading: Span
    body: Span
    parent: int | None = None
    own_role: bool = True


class OptionMark(StrEnum):
    """What is written beside an option about its fate."""

    CHOSEN = "chosen"
    REJECTED = "rejected"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Option:
    """An option the record weighs; `label` is `A`, `2` and the like where options are numbered or lettered."""

    name: Text
    label: str = ""
    mark: OptionMark | None = None
    description: tuple[Span, ...] = ()
    """Where its description, pros and cons stand."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A sentence or value that says what was chosen.

    `span` covers the statement, `name` the words that name the choice where the form sets them apart
    (`Chosen option: "X"`), `options` the indexes of the options it names.
    """

    span: Span
    name: Text | None = None
    options: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """`value` is an id of the statuses of `rules/vocabulary/statuses.yaml`, `unknown` for words not listed there."""

    value: str
    text: Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named in a record and the role the record gives: decision-maker, consulted, informed, author, owner."""

    role: str
    text: Text


class LinkKind(StrEnum):
    """What a link to another record or page says of the two."""

    SUPERSEDES = "supersedes"
    SUPERSEDED_BY = "superseded-by"
    AMENDS = "amends"
    AMENDED_BY = "amended-by"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Link:
    """A link: `target` is the path, address or number as written."""

    kind: LinkKind
    target: Text
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, at its place; `kind` is an id rules ask for: unreadable, broken."""

    kind: str
    message: str
    span: Span


@dataclass(frozen=True)
class Record:
    """One decision as it stands in a document.

    `span` is the record's part of the source: all of it, or one entry of a YAML log.
    `prose` has the length of the source; everything that is not prose (markup, keys, code, comments) is blanked by
    spaces, line ends kept, so that offsets hold in both.
    `metadata` is the front matter or the YAML mapping of the record; nothing where there is none or it does not parse.
    """

    source: Source
    format: str
    span: Span
    prose: str = field(repr=False)
    language: str = "en"
    """Two letters, or `und` where it cannot be told."""
    title: Text | None = None
    number: Text | None = None
    status: Status | None = None
    date: Text | None = None
    people: tuple[Person, ...] = ()
    tags: tuple[Text, ...] = ()
    sections: tuple[Section, ...] = ()
    blocks: tuple[Block, ...] = ()
    options: tuple[Option, ...] = ()
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    metadata: Node | None = None
    front_matter: Span | None = None
    """The lines between the fences of Markdown front matter, without the fences; nothing where there is none."""
    problems: tuple[Problem, ...] = ()

    def words(self, span: Span) -> str:
        """Return the prose in a span with markup gone and white space folded."""
        return " ".join(self.prose[span.start : span.end].split())

    def role(self, block: Block) -> str | None:
        """Return the role of the section a block stands in."""
        return None if block.section is None else self.sections[block.section].role

    def blocks_of(self, *roles: str) -> Iterator[Block]:
        """Yield the blocks that stand in sections of the roles."""
        return (block for block in self.blocks if self.role(block) in roles)

    @property
    def called(self) -> str:
        """Return what tells the record from others, whatever its file's name: its title, else how its prose begins."""
        if self.title is not None and self.title.span.start < self.title.span.end:
            return self.title.value
        return " ".join(self.prose[self.span.start : self.span.end].split()[:_BEGINNING])

    @property
    def anchor(self) -> Span:
        """Return the place for findings about something absent: the title, or the record's first written line."""
        if self.title is not None and self.title.span.start < self.title.span.end:
            return self.title.span
        text = self.source.text
        start = self.span.start
        while start < self.span.end and text[start].isspace():
            start += 1
        end = start
        while end < self.span.end and text[end] not in "\r\n":
            end += 1
        return Span(start, end)


def _folded(name: str) -> str:
    return name.strip().casefold().replace("_", "-").replace(" ", "-")
