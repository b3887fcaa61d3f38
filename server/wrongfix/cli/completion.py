"""Print a completion script for a shell, made from the commands and their flags."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from wrongfix.cli.console import Console

OPERANDS = "SHELL"
EXAMPLE = """examples:
  wrongfix completion bash > ~/.local/share/bash-completion/completions/wrongfix
  wrongfix completion fish > ~/.config/fish/completions/wrongfix.fish"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's argument."""
    parser.add_argument("shell", choices=("bash", "zsh", "fish"), metavar="SHELL", help="bash, zsh or fish")


def run(options: argparse.Namespace, console: Console) -> int:
    """Print the script."""
    from wrongfix.cli.main import COMMANDS  # noqa: PLC0415 # that module imports this one by name

    flags = {name: tuple(_flags(name)) for name in COMMANDS}
    console.say({"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell](flags))
    return 0


def _flags(command: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield each long flag of a command with its help and its choices."""
    from wrongfix.cli.main import parser_of  # noqa: PLC0415 # as above

    for action in parser_of(command)._actions:  # noqa: SLF001 # argparse names its actions nowhere else
        for flag in action.option_strings:
            if flag.startswith("--"):
                yield flag, str(action.help or ""), tuple(map(str, action.choices or ()))


Flags = Mapping[str, tuple[tuple[str, str, tuple[str, ...]], ...]]


def _bash(flags: Flags) -> str:
    cases = "".join(
        f'    {name}) words="{" ".join(flag for flag, _, _ in listed)}" ;;\n' for name, listed in flags.items()
    )
    valued = "".join(
        f'    {name}{flag}) COMPREPLY=($(compgen -W "{" ".join(values)}" -- "$current")); return ;;\n'
        for name, listed in flags.items()
        for flag, _, values in listed
        if values
    )
    return f"""_wrongfix() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{" ".join(flags)}" -- "$current"))
    return
  fi
  case "${{COMP_WORDS[1]}}${{COMP_WORDS[COMP_CWORD-1]}}" in
{valued}  esac
  case "${{COMP_WORDS[1]}}" in
{cases}  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}}
complete -o filenames -F _wrongfix wrongfix
"""


def _zsh(flags: Flags) -> str:
    return f"#compdef wrongfix\nautoload -U +X bashcompinit && bashcompinit\n{_bash(flags)}"


def _fish(flags: Flags) -> str:
    from wrongfix.cli.main import COMMANDS  # noqa: PLC0415 # as above

    lines = [
        f"complete -c wrongfix -n __fish_use_subcommand -f -a {name} -d {_quoted(said)}"
        for name, (_, said) in COMMANDS.items()
    ]
    for name, listed in flags.items():
        for flag, said, values in listed:
            choices = f" -x -a {_quoted(' '.join(values))}" if values else ""
            given = f"-n '__fish_seen_subcommand_from {name}' -l {flag[2:]} -d {_quoted(said)}"
            lines.append(f"complete -c wrongfix {given}{choices}")
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return "'" + words.replace("\\", "\\\\").replace("'", "\\'") + "'"
