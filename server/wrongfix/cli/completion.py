"""Print a completion script for a shell: commands, flags, rules and tags."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from wrongfix.cli.console import Console
from wrongfix.frozen import dataclass

OPERANDS = "SHELL"
EXAMPLE = """examples:
  wrongfix completion bash > ~/.local/share/bash-completion/completions/wrongfix
  wrongfix completion fish > ~/.config/fish/completions/wrongfix.fish"""

_FILES = ("FILE", "PATH", "DIR")
"""What the places are called in which a file or a folder is named."""


@dataclass(frozen=True)
class Place:
    """Where something is to be written: after a flag, or beside the flags where `flag` is empty."""

    flag: str
    said: str
    words: tuple[str, ...]
    files: bool
    takes: bool = True
    """False for a flag that stands alone."""


Commands = Mapping[str, tuple[str, tuple[Place, ...]]]
"""The commands and their other names, each with what it does and its places."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's argument."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the script."""
    from wrongfix.cli.main import ALIASES, COMMANDS  # noqa: PLC0415 # that module imports this one by name

    terms = _terms()
    commands = {
        name: (COMMANDS[meant][1], tuple(_places(meant, terms)))
        for name, meant in {**{name: name for name in COMMANDS}, **ALIASES}.items()
    }
    console.say({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](commands))
    return 0


def _terms() -> Mapping[str, tuple[str, ...]]:
    """Return the words that may be written where a flag's help says `RULES`, `TAG` and the like."""
    from wrongfix import rulebook  # noqa: PLC0415 # only here

    book = rulebook.load()
    rules = tuple(name for rule in book.rules for name in (rule.code, rule.name))
    return {
        "CODE|NAME": rules,
        "RULES": ("ALL", *sorted({rule.family for rule in book.rules}), *rules),
        "TAG": tuple(book.vocabulary.failures),
        "ID": tuple(book.vocabulary.approaches),
    }


def _places(command: str, terms: Mapping[str, tuple[str, ...]]) -> Iterator[Place]:
    """Yield each place of a command, the long flags alone."""
    from wrongfix.cli.main import parser_of  # noqa: PLC0415 # as above

    for action in parser_of(command)._actions:  # noqa: SLF001 # argparse names its actions nowhere else
        kind = str(action.metavar)
        words = tuple(map(str, action.choices or terms.get(kind, ())))
        for flag in action.option_strings or [""]:
            if flag.startswith("--") or not flag:
                yield Place(flag, str(action.help or ""), words, kind in _FILES, takes=action.nargs != 0)


def _cases(commands: Commands) -> Iterator[tuple[str, str, Place]]:
    """Yield what stands before each value of a flag, as a case of a shell, with its command and its place."""
    for name, (_, places) in commands.items():
        for place in places:
            if place.flag and place.takes:
                yield name, f"'{name} {place.flag}'", place


def _bash(commands: Commands) -> str:
    valued = "".join(f"    {case}) {_bash_offer(place)} ;;\n" for _, case, place in _cases(commands))
    flags = "".join(
        f'    {name}) words="{" ".join(place.flag for place in places if place.flag)}" ;;\n'
        for name, (_, places) in commands.items()
    )
    free = "".join(
        f"    {name}) {_bash_offer(place)} ;;\n"
        for name, (_, places) in commands.items()
        for place in places
        if not place.flag
    )
    return f"""_wrongfix() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words="" files=""
  case "${{COMP_WORDS[1]}} ${{COMP_WORDS[COMP_CWORD-1]}}" in
{valued}    *)
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="{" ".join(commands)}"
  elif [[ "$current" == -* ]]; then
    case "${{COMP_WORDS[1]}}" in
{flags}    esac
  else
    case "${{COMP_WORDS[1]}}" in
{free}    esac
  fi ;;
  esac
  if [ -n "$files" ]; then
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  fi
}}
complete -o filenames -F _wrongfix wrongfix
"""


def _bash_offer(place: Place) -> str:
    return "files=1" if place.files else f'words="{" ".join(place.words)}"'


def _zsh(commands: Commands) -> str:
    named = " ".join(_quoted(f"{name}:{said}") for name, (said, _) in commands.items())
    valued = "".join(f"    {case}) {_zsh_offer(place)} ;;\n" for _, case, place in _cases(commands))
    flags = "".join(
        f"      {name}) told=({' '.join(_quoted(f'{each.flag}:{each.said}') for each in places if each.flag)}) ;;\n"
        for name, (_, places) in commands.items()
    )
    free = "".join(
        f"      {name}) {_zsh_offer(place)} ;;\n"
        for name, (_, places) in commands.items()
        for place in places
        if not place.flag
    )
    return f"""#compdef wrongfix
_wrongfix() {{
  local -a told
  if (( CURRENT == 2 )); then
    told=({named})
    _describe command told
    return
  fi
  case "$words[2] $words[CURRENT-1]" in
{valued}    *)
  if [[ "$words[CURRENT]" == -* ]]; then
    case "$words[2]" in
{flags}    esac
    _describe -o option told
  else
    case "$words[2]" in
{free}    esac
  fi ;;
  esac
}}
if [ "$funcstack[1]" = "_wrongfix" ]; then _wrongfix "$@"; else compdef _wrongfix wrongfix; fi
"""


def _zsh_offer(place: Place) -> str:
    return "_files" if place.files else f"compadd -- {' '.join(place.words)}" if place.words else ""


def _fish(commands: Commands) -> str:
    lines = [
        f"complete -c wrongfix -n __fish_use_subcommand -f -a {name} -d {_fish_quoted(said)}"
        for name, (said, _) in commands.items()
    ]
    for name, (_, places) in commands.items():
        here = f"complete -c wrongfix -n '__fish_seen_subcommand_from {name}'"
        if not any(place.files for place in places if not place.flag):
            lines.append(f"{here} -f")
        for place in places:
            flag = f" -l {place.flag[2:]} -d {_fish_quoted(place.said)}" if place.flag else ""
            takes = (" -r -F" if place.files else " -x") if place.flag and place.takes else ""
            offered = f" -a {_fish_quoted(' '.join(place.words))}" if place.words else ""
            if flag or offered:
                lines.append(f"{here}{flag}{takes}{offered}")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "'\\''") + "'"


def _fish_quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
