"""Lines that head what follows and are no headings, as `**Options**` or `Decision:`; real headings are left alone."""

from __future__ import annotations

from wrongfix.frozen import replace
from wrongfix.markdown import Document, Heading, Piece
from wrongfix.record.model import BlockKind
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_LONGEST = 40
_MARKS = " \t\n\r:.*_"
_HEADS = frozenset({"context", "drivers", "options", "decision", "consequences", "rationale"})


def headed(parsed: Document, prose: str, words: Words) -> Document:
    """Return the document with such lines as headings, if one stands alone and no heading but the title is there.

    In such a document a label before the words of a paragraph (`**Context.** We have …`) begins a part as well.
    """
    if len(parsed.headings) > 1:
        return parsed
    level = parsed.headings[0].level + 1 if parsed.headings else 1
    if not any(_is_alone(piece, prose) and _label_end(piece, prose, words) is not None for piece in parsed.pieces):
        return parsed
    headings: list[Heading] = []
    pieces: list[Piece] = []
    real = iter(parsed.headings)
    for piece in parsed.pieces:
        if piece.kind is BlockKind.HEADING:
            headings.append(next(real))
        elif (end := _label_end(piece, prose, words)) is not None:
            headings.append(Heading(level, Span(piece.start, end), _words(prose, piece.start, end), end))
            pieces.append(Piece(BlockKind.HEADING, piece.start, end, len(headings) - 1, 0))
            start = next((at for at in range(end, piece.end) if prose[at] not in _MARKS), piece.end)
            piece = replace(piece, start=start, strong=None)  # noqa: PLW2901 # what the label leaves of it
        if piece.start < piece.end:
            pieces.append(replace(piece, heading=len(headings) - 1 if headings else None))
    return replace(parsed, headings=[*headings, *real], pieces=pieces)


def _is_alone(piece: Piece, prose: str) -> bool:
    """Say whether a block is one short line that bold letters or a colon make a heading."""
    written = prose[piece.start : piece.end]
    is_bold = piece.strong is not None and not prose[piece.strong[1] : piece.end].strip(_MARKS)
    return len(written) <= _LONGEST and "\n" not in written and (is_bold or written.rstrip().endswith(":"))


def _label_end(piece: Piece, prose: str, words: Words) -> int | None:
    """Return where the label ends that names a part of a record; nothing where the block begins with none."""
    if piece.kind is not BlockKind.PARAGRAPH or piece.depth:
        return None
    end = piece.strong[1] if piece.strong is not None else piece.end if _is_alone(piece, prose) else piece.start
    label = _words(prose, piece.start, end)
    return end if words.roles.get(folded(prose[label.start : label.end])) in _HEADS else None


def _words(prose: str, start: int, end: int) -> Span:
    return Span(start, start + len(prose[start:end].rstrip(_MARKS)))
