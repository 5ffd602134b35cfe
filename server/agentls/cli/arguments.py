"""The arguments of the command ``agentls`` and of the commands below it, and what its help says."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from agentls import __version__
from agentls.system import log
from agentls.text.similar_words import closest

if TYPE_CHECKING:
    from collections.abc import Sequence

    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  it has no other name

_ABOUT = """\
A language server and checker for AI agent definition files
(of Claude Code, GitHub Copilot, Gemini CLI, opencode, Codex, Cursor and others).

Will this file load, as what, with which powers, and if not, what mends it?

Without a command it is the language server: it waits for an editor on standard
input and output. The commands below are for the terminal."""
_EXAMPLES = """\
examples:
  agentls check                      check everything below the current folder
  agentls check .claude/agents/*.md  check some files
  agentls check --format github      annotate a pull request, in a workflow
  agentls fix --diff                 show what would be mended
  agentls convert a.md --to cursor   the same agent for another product
  agentls explain removed-tool       what a finding means and what to do
  agentls explain reviewer.md        whether the file loads, what the agent can do
  agentls demo                       watch the server at work on a small workspace
  agentls --stdio                    what an editor starts"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for; raises SystemExit after --help, and after a word on what is wrong.

    ``complain`` of the result does the latter, with the usage of the command.
    """
    whole, commands = _parser()
    if argv and not argv[0].startswith("-") and argv[0] not in commands:
        whole.error(_no_command(argv[0], commands))
    arguments, unknown = whole.parse_known_args(argv)
    if unknown:
        options = [word for action in arguments.options for word in action.option_strings]
        meant = closest(unknown[0].partition("=")[0], options)
        guess = f"; did you mean {meant}?" if meant else ""
        arguments.complain(f"unrecognized arguments: {' '.join(unknown)}{guess}")
    return arguments


def _no_command(word: str, commands: Sequence[str]) -> str:
    if re.search(r"[./\\]", word):
        return f"there is no command {word!a}; `agentls check` checks files and folders"
    meant = closest(word, commands)
    guess = f"did you mean {meant}?" if meant else f"there are {', '.join(commands)}"
    return f"there is no command {word!a}; {guess}"


def _parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser, and the names of the commands."""
    whole = argparse.ArgumentParser(
        "agentls",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"agentls {__version__}")
    whole.add_argument("--stdio", action="store_true", help="serve an editor (the default)")
    whole.add_argument("--log-file", metavar="FILE", help="also write the server's log to a file")
    whole.add_argument(
        "--log-level", choices=log.LEVELS, default="warning", help="how much to log (default: %(default)s)"
    )
    # VS Code passes it to every server; the same number comes with `initialize`.
    whole.add_argument("--clientProcessId", help=argparse.SUPPRESS)
    commands = whole.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    _add_check(commands)
    _add_fix(commands)
    _add_convert(commands)
    _add_explain(commands)
    _add_demo(commands)
    for one in (whole, *commands.choices.values()):
        # What a command sets counts more.
        one.set_defaults(complain=one.error, options=one._actions)  # noqa: SLF001  it has no other name
    return whole, list(commands.choices)


def _add(commands: _Commands, name: str, summary: str, about: str, end: str = "") -> argparse.ArgumentParser:
    """A command; ``about`` and ``end`` are shown as they are written."""
    return commands.add_parser(
        name,
        help=summary,
        description=about,
        epilog=end,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


_CHECK_ABOUT = """\
Check agents, skills and commands: whether they load, whether everything they name
exists, whether their text is damaged. Folders are searched, files are read as they
are; names are looked up in the whole project, in plugins and in ~/.claude."""
_CHECK_END = """\
exit status:
  0  nothing at warning or above
  1  warnings or errors
  2  wrong usage, or a path that cannot be read (the others are checked)

json is an array of objects with path, rule, severity, message, start, end, fixable,
and product for what is wrong for another product (also-check);
lines and columns count from 1, columns in code points, end is behind the last one."""


def _add_check(commands: _Commands) -> None:
    command = _add(commands, "check", "check files and folders", _CHECK_ABOUT, _CHECK_END)
    _add_inputs(command)
    command.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="(default: %(default)s)"
    )
    command.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep what was found the last time"
    )
    _add_color(command)


_FIX_ABOUT = """\
Mend what can be mended without a doubt: after it the files load, and say what they said.
Nothing else in them changes; a file that was changed in between is left alone."""
_FIX_END = """\
exit status:
  0  done, or nothing to do
  1  with --diff: there are differences
  2  wrong usage, or a path that cannot be read or written"""


def _add_fix(commands: _Commands) -> None:
    command = _add(commands, "fix", "mend files and folders", _FIX_ABOUT, _FIX_END)
    _add_inputs(command)
    command.add_argument("--diff", action="store_true", help="show what would change and write nothing")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="RULE|GROUP",
        help="mend the findings of this rule or group of rules alone",
    )
    command.add_argument(
        "--unsafe", action="store_true", help="also make the likeliest of several possible repairs"
    )
    _add_color(command)


_CONVERT_ABOUT = """\
Write an agent or a skill as another product reads it. The text goes to standard output,
what the other product cannot say to standard error; nothing is lost without a word."""
_CONVERT_END = """\
exit status:
  0  nothing got lost
  1  done, and something got lost, as told
  2  wrong usage, or the file cannot be converted or written"""


def _add_convert(commands: _Commands) -> None:
    command = _add(
        commands, "convert", "write an agent or a skill for another product", _CONVERT_ABOUT, _CONVERT_END
    )
    command.add_argument("file", metavar="FILE", help="an agent or a skill")
    command.add_argument(
        "--to", required=True, metavar="PRODUCT", help='such as cursor, copilot or "Claude Code"'
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--out",
        metavar="PATH",
        help="make this file; in a folder (. for the current one), where the product looks for it",
    )
    where.add_argument("--diff", action="store_true", help="show the difference and write nothing")
    _add_color(command)


_EXPLAIN_ABOUT = """\
Print a rule's documentation, or a line about each rule of a group; of a file,
whether it is loaded, and what it can do. Without a name, all groups and their rules."""


def _add_explain(commands: _Commands) -> None:
    command = _add(commands, "explain", "explain a rule, or what becomes of a file", _EXPLAIN_ABOUT)
    command.add_argument(
        "rule",
        nargs="?",
        metavar="RULE|FILE",
        help="the name of a rule or of a group of rules, or the path of an agent, a skill or a command",
    )
    command.add_argument(
        "--sources",
        action="store_true",
        help="what is known of which product, of which version, from where: about a rule, a group, or all",
    )
    _add_color(command)


_DEMO_ABOUT = """\
Start the server on a small workspace in a temporary folder, and print what an editor
would show: findings, completion, hover, definitions, and the files after all repairs."""


def _add_demo(commands: _Commands) -> None:
    _add_color(_add(commands, "demo", "show the server at work", _DEMO_ABOUT))


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input (default: .)"
    )
    command.add_argument("--stdin-filename", metavar="FILE", help="which file standard input stands for")


def _add_color(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set (default: %(default)s)",
    )
