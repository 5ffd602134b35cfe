"""The arguments of the command ``agentls`` and of the commands below it, and what its help says."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, NoReturn

from agentls import __version__
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.report_formats import FORMATS
from agentls.system import log
from agentls.text.similar_words import closest

if TYPE_CHECKING:
    from collections.abc import Sequence

    _Commands = argparse._SubParsersAction["_ArgumentParser"]  # noqa: SLF001  it has no other name

_ABOUT = """\
A linter and language server for AI agent definition files
(of Claude Code, GitHub Copilot, Gemini CLI, opencode, Codex, Cursor and others).

Checks whether a file loads, what it defines and which tools it gets,
and fixes it if it does not.

Without a command, agentls is a language server: it waits for an editor on standard
input and output. The commands below are for the terminal."""
_EXAMPLES = """\
examples:
  agentls check                      check everything in the current folder
  agentls check .claude/agents/*.md  check some files
  agentls check --format github      annotate a pull request from GitHub Actions
  agentls fix --diff                 show the safe fixes as a diff
  agentls convert a.md --to cursor   convert an agent for another product
  agentls explain removed-tool       what a rule checks, and how to fix it
  agentls explain reviewer.md        whether the file loads, what the agent can do
  agentls render SKILL.md -- main    the text that the model gets for /name main
  agentls schema claude-agent        the JSON Schema for such files
  agentls demo                       see the server work on a small project
  agentls --stdio                    start the language server for an editor"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for; raises SystemExit after --help, and after a word on what is wrong.

    ``complain`` of the result does the latter, with the usage of the command.
    """
    whole, commands = _parser()
    # What follows a lone `--` is for the file, even where it looks like an option.
    end = list(argv).index("--") if argv and argv[0] == "render" and "--" in argv else len(argv)
    argv, typed = argv[:end], argv[end + 1 :]
    if argv and not argv[0].startswith("-") and argv[0] not in commands:
        whole.error(_no_command(argv[0], commands))
    arguments, unknown = whole.parse_known_args(argv)
    if unknown:
        options = [word for action in arguments.options for word in action.option_strings]
        meant = closest(unknown[0].partition("=")[0], options)
        guess = f"; did you mean {meant}?" if meant else ""
        arguments.complain(f"unrecognized arguments: {' '.join(unknown)}{guess}")
    arguments.typed = typed
    return arguments


def _no_command(word: str, commands: Sequence[str]) -> str:
    if re.search(r"[./\\]", word):
        return f"unknown command {word!a}; to check files and folders, use `agentls check`"
    meant = closest(word, commands)
    guess = f"did you mean {meant}?" if meant else f"commands are {', '.join(commands)}"
    return f"unknown command {word!a}; {guess}"


class _ArgumentParser(argparse.ArgumentParser):
    """One that says nothing raw of what it was given."""

    def error(self, message: str) -> NoReturn:
        super().error(escape_controls(message))


def _parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser, and the names of the commands."""
    whole = _ArgumentParser(
        "agentls",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"agentls {__version__}")
    whole.add_argument("--stdio", action="store_true", help="run as a language server (the default)")
    whole.add_argument("--log-file", metavar="FILE", help="also write the log to a file")
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
    _add_render(commands)
    _add_context(commands)
    _add_schema(commands)
    _add_demo(commands)
    _add_hook(commands)
    _add_self_check(commands)
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
exists, whether their text is damaged. Folders are searched for such files. Names
are looked up in the whole project, in plugins and in ~/.claude."""
_CHECK_END = """\
exit status:
  0  no warnings or errors (or what --fail-on and --exit-zero say)
  1  warnings or errors
  2  usage error, or a path or setting is invalid (everything else is checked)

formats: text shows each finding in its line, concise is one line for each; json is an
array (`agentls schema check-report` describes it); github is annotations of GitHub
Actions; sarif is for code scanning, gitlab for Code Quality, junit for test reports,
markdown for the summary of a job."""


def _add_check(commands: _Commands) -> None:
    command = _add(commands, "check", "check files and folders", _CHECK_ABOUT, _CHECK_END)
    _add_inputs(command)
    command.add_argument("--files-from", metavar="FILE", help=_FILES_FROM)
    command.add_argument("--format", choices=tuple(FORMATS), default="text", help="(default: %(default)s)")
    command.add_argument("--output", metavar="FILE", help="write the report to a file")
    command.add_argument("--statistics", action="store_true", help="count the findings of each rule")
    for option, verb in (("--select", "tell only"), ("--ignore", "do not tell")):
        command.add_argument(
            option,
            action="append",
            default=[],
            metavar="RULE|GROUP",
            help=f"{verb} findings of this rule or group",
        )
    command.add_argument(
        "--fail-on",
        choices=("error", "warning", "information", "hint"),
        default="warning",
        metavar="LEVEL",
        help="exit with 1 from this level on: %(choices)s (default: %(default)s)",
    )
    command.add_argument("--exit-zero", action="store_true", help="exit with 0 whatever is found")
    command.add_argument("--baseline", metavar="FILE", help="tell only what is not in this file")
    command.add_argument(
        "--update-baseline", action="store_true", help="write what is found to the file of --baseline"
    )
    command.add_argument("--no-cache", action="store_true", help="do not read or write the cache")
    _add_color(command)


_FILES_FROM = """check the files of a list, one a line or with a zero byte behind each; - is standard
input, as in: git diff --name-only -z main | agentls check --files-from -"""
_FIX_ABOUT = """\
Apply safe fixes. Nothing else in the files changes; a file that has changed since
it was read is left alone."""
_FIX_END = """\
exit status:
  0  done, or nothing to fix
  1  with --diff: there are differences
  2  usage error, or a path or setting is invalid, or a file cannot be written"""


def _add_fix(commands: _Commands) -> None:
    command = _add(commands, "fix", "fix files and folders", _FIX_ABOUT, _FIX_END)
    _add_inputs(command)
    command.add_argument("--diff", action="store_true", help="show what would change and write nothing")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="RULE|GROUP",
        help="fix only findings of this rule or group",
    )
    command.add_argument("--unsafe", action="store_true", help="also apply unsafe fixes")
    _add_color(command)


_CONVERT_ABOUT = """\
Convert an agent or a skill for another product. The text goes to standard output;
everything that the other product does not support is listed on standard error."""
_CONVERT_END = """\
exit status:
  0  converted without losses
  1  converted, and something got lost, as listed
  2  usage error, or the file cannot be converted or written"""


def _add_convert(commands: _Commands) -> None:
    command = _add(
        commands, "convert", "convert an agent or a skill for another product", _CONVERT_ABOUT, _CONVERT_END
    )
    command.add_argument("file", metavar="FILE", help="an agent or a skill")
    command.add_argument(
        "--to", required=True, metavar="PRODUCT", help='such as cursor, copilot or "Claude Code"'
    )
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--out",
        metavar="PATH",
        help="create this file; for a folder (such as .), the file goes where the product looks for it",
    )
    where.add_argument("--diff", action="store_true", help="show the difference and write nothing")
    _add_color(command)


_EXPLAIN_ABOUT = """\
Print the documentation of a rule, a list of the rules in a group, or for a file,
whether it is loaded and what it can do. Without a name, list all groups and rules."""


def _add_explain(commands: _Commands) -> None:
    command = _add(commands, "explain", "explain a rule, or whether a file loads", _EXPLAIN_ABOUT)
    command.add_argument(
        "rule",
        nargs="?",
        metavar="RULE|FILE",
        help="the name of a rule or of a group of rules, or the path of an agent, a skill or a command",
    )
    command.add_argument(
        "--sources",
        action="store_true",
        help="list products, versions and sources for a rule, a group, or everything",
    )
    _add_color(command)


_RENDER_ABOUT = """\
Print the text of a skill, a command or an agent as the model gets it: arguments and
variables are filled in. Commands in it are shown and not run, files are not read."""
_RENDER_END = """\
What follows -- is what a user types behind the name; its words are joined by spaces.

exit status:
  0  done
  2  usage error, or the file has no such text"""


def _add_render(commands: _Commands) -> None:
    command = _add(commands, "render", "print the text that the model gets", _RENDER_ABOUT, _RENDER_END)
    command.usage = "agentls render [-h] [--product PRODUCT] FILE [-- ARGUMENT ...]"
    command.add_argument("file", metavar="FILE", help="a skill, a command or an agent")
    command.add_argument(
        "--product", metavar="PRODUCT", help="as this product reads it (default: the product of the file)"
    )


_CONTEXT_ABOUT = """\
Show which instructions and rules apply to a file, for each product in the order in
which the model reads them, with about how many tokens they take; and which do not,
and why. Without a file, show what a session that is started in this folder reads."""


def _add_context(commands: _Commands) -> None:
    command = _add(commands, "context", "show which instructions apply to a file", _CONTEXT_ABOUT)
    command.add_argument("file", nargs="?", metavar="FILE", help="a file of the project")
    command.add_argument("--product", metavar="PRODUCT", help="only what this product reads")
    _add_color(command)


_SCHEMA_ABOUT = """\
Print the JSON Schema (2020-12) of a kind of file, for editors and validators that
know nothing of agentls, or of what `agentls check --format json` prints
(check-report). Without a kind, list all of them."""


def _add_schema(commands: _Commands) -> None:
    command = _add(commands, "schema", "print the JSON Schema of a kind of file", _SCHEMA_ABOUT)
    command.add_argument("kind", nargs="?", metavar="KIND", help="a kind of file, such as claude-agent")


_DEMO_ABOUT = """\
Start the server on a small project in a temporary folder, and print what an editor
would show: findings, completion, hover, definitions, and the files after all fixes."""


def _add_demo(commands: _Commands) -> None:
    _add_color(_add(commands, "demo", "show the server on a small project", _DEMO_ABOUT))


_HOOK_ABOUT = """\
Check the file that an agent has just written, and tell the agent what is wrong with it.
A product starts this behind its tools that write, with JSON on standard input: Claude
Code, Codex, Qwen Code, Factory (PostToolUse), Gemini CLI (AfterTool), Cursor
(postToolUse) and GitHub Copilot (postToolUse, PostToolUse). Says nothing of other
files and of files without errors and warnings."""
_HOOK_END = """\
In .claude/settings.json, for instance:
  {"hooks": {"PostToolUse": [{"matcher": "Write|Edit",
    "hooks": [{"type": "command", "command": "agentls hook"}]}]}}

exit status:
  0  always, so that no agent is stopped
  2  usage error"""


def _add_hook(commands: _Commands) -> None:
    _add(commands, "hook", "check what an agent has just written", _HOOK_ABOUT, _HOOK_END)


_SELF_CHECK_ABOUT = """\
Say what is installed, and whether it is complete and works; for reports of problems."""
_SELF_CHECK_END = """\
exit status:
  0  everything works
  1  something does not, as listed"""


def _add_self_check(commands: _Commands) -> None:
    _add(commands, "self-check", "check what is installed", _SELF_CHECK_ABOUT, _SELF_CHECK_END)


def _add_inputs(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input (default: .)"
    )
    command.add_argument("--stdin-filename", metavar="FILE", help="the path to use for standard input")


def _add_color(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set (default: %(default)s)",
    )
