"""The words the tool knows: failure tags, approaches and word lists; it matches ids and aliases, never prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from wrongfix.frozen import dataclass, field

_LONGEST_WORD = 80
"""Characters; what is longer is no misspelt name."""
_MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One failure tag or approach as `rules/vocabulary/` has it.

    `group` is a failure's layer or an approach's family; `ai` says that choosing it makes a record one about AI;
    `expands` are the approaches a combined one stands for; `said` is how a sentence names it, where not by its title.
    """

    id: str
    group: str
    title: str
    definition: str
    aliases: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    ai: bool = True
    expands: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The files of `rules/vocabulary/` by name, and a team's own words by failure or approach id.

    A vocabulary is equal to itself alone, so that what is built from its words can be kept beside it.
    """

    files: Mapping[str, Any]
    own_words: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def data(self, name: str) -> Any:  # noqa: ANN401 # a vocabulary file has the shape its reader gives it
        """Return the content of `rules/vocabulary/NAME.yaml` as plain data; an empty mapping where there is none."""
        return self.files.get(name, {})

    @cached_property
    def failures(self) -> Mapping[str, Term]:
        """Return the failure tags by id, in the order of the file."""
        return {entry["id"]: self._term(entry, entry["layer"]) for entry in self.data("failures")["failures"]}

    @cached_property
    def approaches(self) -> Mapping[str, Term]:
        """Return the approaches by id, in the order of the file."""
        return {entry["id"]: self._term(entry, entry["family"]) for entry in self.data("approaches")["approaches"]}

    @property
    def sections(self) -> Any:  # noqa: ANN401 # as data
        """Return the roles of sections and the headings that have them."""
        return self.data("sections")

    @property
    def statuses(self) -> Any:  # noqa: ANN401 # as data
        """Return the statuses and the words for them."""
        return self.data("statuses")

    def terms(self, kind: str) -> Mapping[str, Term]:
        """Return the failure tags or the approaches; `kind` is `failure` or `approach`."""
        return self.failures if kind == "failure" else self.approaches

    def resolve(self, kind: str, word: str) -> str | None:
        """Return the id that a word is or is an alias of; nothing for any other word."""
        return self._names[kind].get(folded(word))

    def nearest(self, kind: str, word: str) -> str | None:
        """Return the id whose name or alias the word is but for a slip of the pen; nothing where several could be."""
        if len(word) > _LONGEST_WORD:
            return None
        from wrongfix.slips import is_slip  # noqa: PLC0415 # only an unknown word needs it

        name = folded(word)
        meant = {id_ for known, id_ in self._names[kind].items() if is_slip(name, known)}
        return meant.pop() if len(meant) == 1 else None

    def suggested(self, kind: str, word: str) -> tuple[str, ...]:
        """Return the ids an unknown word may mean, a few at most: a guess to ask about, never to judge by.

        One misspelt is its id; else those whose name holds it, ids before aliases; else the one that reads most alike.
        """
        if len(word) > _LONGEST_WORD:
            return ()
        if slip := self.nearest(kind, word):
            return (slip,)
        import difflib  # noqa: PLC0415 # only an unknown word needs it

        names, said = self._names[kind], set(folded(word).split())
        holding = [name for name in names if said and said.issubset(name.split())]
        by_id = [name for name in holding if name in self._ids[kind]]
        like = by_id or holding or difflib.get_close_matches(folded(word), names, n=1, cutoff=0.6)
        return tuple(dict.fromkeys(names[name] for name in like))[:_MOST_SUGGESTED]

    def meanings(self, kind: str, word: str) -> tuple[str, ...]:
        """Return the ids that share a word as their name; none for a word of one meaning or of no known one."""
        name = folded(word)
        shared = self.data("failures" if kind == "failure" else "approaches").get("ambiguous", ())
        return next((tuple(entry["means"]) for entry in shared if folded(entry["alias"]) == name), ())

    def one_edit_from(self, kind: str, word: str) -> bool:
        """Say whether one letter more, less or other turns the word into a known id."""
        name = folded(word)
        return any(_one_edit(name, known) for known in self._ids[kind])

    @cached_property
    def _ids(self) -> Mapping[str, tuple[str, ...]]:
        """The ids as they are compared."""
        return {kind: tuple(map(folded, self.terms(kind))) for kind in ("failure", "approach")}

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        names: dict[str, dict[str, str]] = {"failure": {}, "approach": {}}
        for kind, known in names.items():
            for term in self.terms(kind).values():
                for name in (term.title, *term.aliases, *self.own_words.get(term.id, ())):
                    known.setdefault(folded(name), term.id)
        for kind, known in names.items():
            known.update({folded(term): term for term in self.terms(kind)})
        return names

    def _term(self, entry: Mapping[str, Any], group: str) -> Term:
        return Term(
            id=entry["id"],
            group=group,
            title=entry["title"],
            definition=entry["definition"],
            aliases=tuple(entry.get("aliases", ())),
            sides=tuple(entry.get("sides", ())),
            ai=entry.get("ai", True),
            expands=tuple(entry.get("expands", ())),
            said=entry.get("said", ""),
        )


def folded(word: str) -> str:
    """Return a name as names are compared: case, spaces, hyphens and underscores make no difference."""
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())


def _one_edit(word: str, known: str) -> bool:
    if word == known or abs(len(word) - len(known)) > 1:
        return False
    short, long = sorted((word, known), key=len)
    same = next((at for at, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(short) == len(long):
        swapped = short[same + 1 : same + 2] + short[same : same + 1] + short[same + 2 :]
        return short[same + 1 :] == long[same + 1 :] or swapped == long[same:]
    return short[same:] == long[same + 1 :]
