"""Lines that head what follows and are no headings, as `**Options**` or `Decision:`; real headings are left alone."""

from __future__ import annotations

from wrongfix.frozen import replace
from wrongfix.markdown import Document, Heading, Piece
from wrongfix.record.model import BlockKind
from wrongfix.record.words import Words, folded
from wrongfix.text import Span

_LONGEST = 40
_FEWEST = 2
_MARKS = " \t\n\r:.*_?"
_ASKS = "q:"
_HEADS = frozenset({"context", "drivers", "options", "decision", "consequences", "rationale", "rejected"})


def headed(parsed: Document, prose: str, words: Words) -> Document:
    """Return the document with such lines as headings, where no heading below the title names a part.

    One must stand alone, or two in bold with one that names a part. Then a label before the words of a paragraph
    begins a part too (`**Context.** We have …`), and so does a line in bold that names none (`**From when?**`).
    """
    if any(_role(prose, heading.words, words) in _HEADS for heading in parsed.headings[1:]):
        return parsed
    pieces = parsed.pieces
    named = [_named_until(piece, prose, words) for piece in pieces]
    ends = [end or _line_in_bold(piece, prose) for piece, end in zip(pieces, named, strict=True)]
    alone = any(end and _is_alone(piece, prose) for piece, end in zip(pieces, named, strict=True))
    bold = sum(bool(end and piece.strong) for piece, end in zip(pieces, ends, strict=True))
    if not alone and (bold < _FEWEST or not any(named)):
        return parsed
    level = parsed.headings[0].level + 1 if parsed.headings else 1
    headings: list[Heading] = []
    found: list[Piece] = []
    real = iter(parsed.headings)
    for piece, end in zip(pieces, ends, strict=True):
        if piece.kind is BlockKind.HEADING:
            headings.append(next(real))
        elif end is not None:
            headings.append(Heading(level, Span(_line(prose, piece.start), end), _words(prose, piece.start, end), end))
            found.append(Piece(BlockKind.HEADING, piece.start, end, len(headings) - 1, 0))
            start = next((at for at in range(end, piece.end) if prose[at] not in _MARKS), piece.end)
            piece = replace(piece, start=start, strong=None)  # noqa: PLW2901 # what the label leaves of it
        if piece.start < piece.end:
            found.append(replace(piece, heading=len(headings) - 1 if headings else None))
    return replace(parsed, headings=[*headings, *real], pieces=found)


def _is_alone(piece: Piece, prose: str) -> bool:
    """Say whether a block is one short line that bold letters or a colon make a heading."""
    written = prose[piece.start : piece.end]
    is_bold = piece.strong is not None and not prose[piece.strong[1] : piece.end].strip(_MARKS)
    return len(written) <= _LONGEST and "\n" not in written and (is_bold or written.rstrip().endswith(":"))


def _named_until(piece: Piece, prose: str, words: Words) -> int | None:
    """Return where the label ends that names a part of a record; nothing where the block begins with none."""
    if piece.kind is not BlockKind.PARAGRAPH or piece.depth:
        return None
    end = piece.strong[1] if piece.strong is not None else piece.end if _is_alone(piece, prose) else piece.start
    return end if _role(prose, Span(piece.start, end), words) in _HEADS else None


def _role(prose: str, name: Span, words: Words) -> str | None:
    return words.roles.get(folded(prose[name.start : name.end].strip(_MARKS)).removeprefix(_ASKS).strip())


def _line_in_bold(piece: Piece, prose: str) -> int | None:
    """Return where a line in bold ends that a paragraph begins with."""
    if piece.kind is not BlockKind.PARAGRAPH or piece.depth or piece.strong is None:
        return None
    end = piece.strong[1]
    rest = prose[end : piece.end].lstrip(" *_:.")
    return end if rest[:1] in {"", "\n", "\r"} or prose[piece.start : end].rstrip().endswith("?") else None


def _line(prose: str, place: int) -> int:
    """Return where the line of a place begins: what is put before a part stands before its asterisks too."""
    return max(prose.rfind(sign, 0, place) for sign in "\n\r") + 1


def _words(prose: str, start: int, end: int) -> Span:
    written = prose[start:end].rstrip(_MARKS)
    lead = len(_ASKS) if written.casefold().startswith(_ASKS) else 0
    lead += len(written[lead:]) - len(written[lead:].lstrip())
    return Span(start + lead, start + len(written))
