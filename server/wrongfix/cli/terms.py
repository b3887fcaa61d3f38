"""Words of the command line that stand for failures and approaches; an unknown one is told with the nearest."""

from __future__ import annotations

from wrongfix.cli.console import CannotDoError
from wrongfix.vocabulary import Vocabulary


def term_of(kind: str, word: str, vocabulary: Vocabulary) -> str:
    """Return the id of a `failure` or an `approach` by id or alias. Raises CannotDoError for a word that is none."""
    if found := vocabulary.resolve(kind, word):
        return found
    if meanings := vocabulary.meanings(kind, word):
        raise CannotDoError(f"{kind} {word!r} may mean {' or '.join(meanings)}")
    if near := " or ".join(f'"{each}"' for each in vocabulary.suggested(kind, word)):
        raise CannotDoError(f"unknown {kind} {word!r} (did you mean {near}?)")
    known = "wrongfix recommend lists them" if kind == "failure" else f"known are {', '.join(vocabulary.approaches)}"
    raise CannotDoError(f"unknown {kind} {word!r}; {known}")
