"""Names of options: the label before them, what they are called, and which option a phrase names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from wrongfix.record.model import Option
from wrongfix.record.words import Words, folded

_AFTER_LABEL = " \t:.)-–—、：）]"
_CUTS = (" – ", " — ", " - ", ": ", "：", " (", "（", ". ", "; ", " | ", " → ", " -- ")
_SIGN_ENDS = frozenset(").:]）")
_LONGEST_SIGN = 6
_SHORTEST = 3


def labelled(name: str, words: Words) -> tuple[str, int]:
    """Return the sign an option is referred to by (`A`, `2`) and where its own name begins.

    The sign is empty where the option has none; the name begins at the end where it is a label alone.
    """
    lower = name.casefold()
    if not lower.startswith(words.option_labels) and _SIGN_ENDS.isdisjoint(name[1:_LONGEST_SIGN]):
        return "", 0
    start = 0
    for label in words.option_labels if lower.startswith(words.option_labels) else ():
        if lower.startswith(label):
            after = lower[len(label) :]
            start = len(label) + len(after) - len(after.lstrip(" \t#-"))
            if start == len(label) and label.isascii():
                continue
            sign = _sign(name, start)
            if sign:
                return sign, _after(name, start + len(sign))
    bracket = 1 if name[:1] in "([（" else 0
    sign = _sign(name, bracket)
    end = bracket + len(sign)
    if sign and name[end : end + 1] in _SIGN_ENDS and name[end + 1 : end + 2] in {" ", "", "\t"}:
        return sign, _after(name, end)
    return "", 0


def _sign(name: str, start: int) -> str:
    """Return the one letter or the few digits that stand alone at a place."""
    end = start
    while end < len(name) and end - start < 3 and name[end].isascii() and name[end].isdigit():
        end += 1
    if end < len(name) and name[end].isascii() and name[end].isalpha() and end - start < 3:
        end += 1
    if end == start or (end < len(name) and name[end].isascii() and (name[end].isalnum() or name[end] == "_")):
        return ""
    return name[start:end]


def _after(name: str, end: int) -> int:
    while end < len(name) and name[end] in _AFTER_LABEL:
        end += 1
    return end


def cut(name: str) -> int:
    """Return where a name ends and its description begins."""
    found = [place for sign in _CUTS if (place := name.find(sign, 1)) > 0]
    return min(found, default=len(name))


def normalised(name: str, words: Words) -> str:
    """Return a name as names of options are compared: without label, case and signs."""
    _, start = labelled(name, words)
    return folded(name[start:]) or folded(name)


def named(options: Sequence[Option], phrase: str, words: Words) -> tuple[int, ...]:
    """Return the options that a phrase such as the one after `Chosen option:` names."""
    wanted = normalised(phrase, words)
    if not wanted or not options:
        return ()
    names = [normalised(option.name.value, words) for option in options]
    exact = tuple(index for index, name in enumerate(names) if name == wanted)
    if exact:
        return exact
    sign, _ = labelled(phrase.strip(" \"'“”[]*"), words)
    sign = sign or phrase.strip(" .\"'“”[]()*")
    signed = tuple(index for index, option in enumerate(options) if option.label and option.label == sign.upper())
    signed = signed if len(signed) == 1 else ()
    opening = [index for index, name in enumerate(names) if _opens(wanted, name)]
    if opening:
        return (max(opening, key=lambda index: len(names[index])),)
    longer = tuple(index for index, name in enumerate(names) if len(wanted) >= _SHORTEST and _opens(name, wanted))
    return longer[:1] or signed or _ordinal(options, phrase, words) or mentioned(options, phrase, words)


def mentioned(options: Sequence[Option], phrase: str, words: Words) -> tuple[int, ...]:
    """Return the options whose names or labels stand as whole words in a phrase."""
    if not options:
        return ()
    tokens = folded(phrase).translate(_PLAIN).split()
    text = f" {' '.join(tokens)} "
    signs = [option.label.casefold() for option in options]
    if not any(signs):
        signs = [str(index + 1) for index in range(len(options))]
    referred = {after for token, after in pairwise(tokens) if token in words.option_labels}
    found: list[tuple[int, str]] = []
    for index, (option, sign) in enumerate(zip(options, signs, strict=True)):
        name = " ".join(normalised(option.name.value, words).translate(_PLAIN).split())
        named_here = (len(name) >= _SHORTEST and f" {name} " in text) or (name and not name.isascii() and name in text)
        if named_here or (sign in referred and signs.count(sign) == 1):
            found.append((index, name))
    return tuple(
        index for index, name in found if not any(name != other and f" {name} " in f" {other} " for _, other in found)
    )


_PLAIN = str.maketrans(dict.fromkeys(",;:.()[]\"'“”‘’*_`!?/", " "))


def _opens(text: str, name: str) -> bool:
    """Say whether a text begins with a name, as whole words."""
    return bool(name) and text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _ordinal(options: Sequence[Option], phrase: str, words: Words) -> tuple[int, ...]:
    """Return the option a number counts off where options have no labels of their own."""
    bare = phrase.strip(" .\"'“”[]()*")
    sign, end = (bare, len(bare)) if bare.isdigit() else labelled(bare, words)
    if not sign.isdecimal() or len(sign) > 3 or any(option.label for option in options) or bare[end:].strip(" .\"'”"):
        return ()
    return (int(sign) - 1,) if 0 < int(sign) <= len(options) else ()
