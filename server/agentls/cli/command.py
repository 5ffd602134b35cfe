"""The arguments of the command ``agentls``, and which part of the program they start."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from agentls import __version__, log

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
PIPE_CLOSED = 141
FAILED = 2

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


def run(argv: Sequence[str]) -> int:
    """Parse the arguments and do what they say; returns the exit code."""
    _prepare_streams()
    try:
        code = _exit_code(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _abandon_output()
        return PIPE_CLOSED
    except OSError as error:
        # Above all a full disk behind standard output.
        _abandon_output()
        print(f"agentls: cannot go on: {error.strerror or error}", file=sys.stderr)
        return FAILED
    return code


def _exit_code(argv: Sequence[str]) -> int:
    try:
        return _start(_parser().parse_args(argv))
    except SystemExit as end:  # argparse ends so after --help and wrong usage
        return end.code if isinstance(end.code, int) else FAILED


def _prepare_streams() -> None:
    """UTF-8 on every platform; what it cannot say is shown as an escape."""
    # A stream that the caller has closed is None here, and everything would have to ask for that.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115  open until the end
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  as above
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _abandon_output() -> None:
    """The interpreter must not fail at its end on what is left in the buffer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _start(arguments: argparse.Namespace) -> int:
    """Each command is imported when it is asked for, so that none pays for another."""
    if arguments.command == "check":
        from agentls.cli import check  # noqa: PLC0415

        return check.run(arguments)
    if arguments.command == "fix":
        from agentls.cli import fix  # noqa: PLC0415

        return fix.run(arguments)
    if arguments.command == "convert":
        from agentls.cli import convert  # noqa: PLC0415

        return convert.run(arguments)
    if arguments.command == "explain":
        from agentls.cli import explain  # noqa: PLC0415

        return explain.run(arguments)
    if arguments.command == "demo":
        from agentls.cli import demo  # noqa: PLC0415

        return demo.run(arguments)
    return _serve(arguments)


def _serve(arguments: argparse.Namespace) -> int:
    try:
        log.start(arguments.log_level, arguments.log_file)
    except OSError as error:
        print(f"agentls: cannot write the log {arguments.log_file}: {error.strerror}", file=sys.stderr)
        return FAILED
    if sys.stdin.isatty():
        print(
            "agentls: waiting for an editor on standard input; `agentls check` is for the terminal,"
            " Ctrl-C ends this",
            file=sys.stderr,
        )
    from agentls.lsp.server import create  # noqa: PLC0415
    from agentls.lsp.stdio import serve  # noqa: PLC0415

    return serve(create())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "agentls",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"agentls {__version__}")
    parser.add_argument("--stdio", action="store_true", help="serve an editor (the default)")
    parser.add_argument("--log-file", metavar="FILE", help="also write the server's log to a file")
    parser.add_argument(
        "--log-level", choices=log.LEVELS, default="warning", help="how much to log (default: %(default)s)"
    )
    # VS Code passes it to every server; the same number comes with `initialize`.
    parser.add_argument("--clientProcessId", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    _add_check(commands)
    _add_fix(commands)
    _add_convert(commands)
    explain = commands.add_parser(
        "explain",
        help="explain a rule, or what becomes of a file",
        allow_abbrev=False,
        description=_EXPLAIN_ABOUT,
    )
    explain.add_argument(
        "rule",
        nargs="?",
        metavar="RULE|FILE",
        help="the name of a rule or of a group of rules, or the path of an agent, a skill or a command",
    )
    _add_color(explain)
    demo = commands.add_parser(
        "demo", help="show the server at work", allow_abbrev=False, description=_DEMO_ABOUT
    )
    _add_color(demo)
    return parser


_EXPLAIN_ABOUT = """Print a rule's documentation, or a line about each rule of a group; of a file, whether it
is loaded, and what it can do. Without a name, all groups and their rules."""
_DEMO_ABOUT = """Start the server on a small workspace in a temporary folder, and print what an editor would
show: findings, completion, hover, definitions, and the files after all repairs."""


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "check",
        help="check files and folders",
        description=_CHECK_ABOUT,
        epilog=_CHECK_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_inputs(parser)
    parser.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="(default: %(default)s)"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep what was found the last time"
    )
    _add_color(parser)


_FIX_ABOUT = """\
Mend what can be mended without a doubt: after it the files load, and say what they said.
Nothing else in them changes; a file that was changed in between is left alone."""
_FIX_END = """\
exit status:
  0  done, or nothing to do
  1  with --diff: there are differences
  2  wrong usage, or a path that cannot be read or written"""


def _add_fix(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "fix",
        help="mend files and folders",
        description=_FIX_ABOUT,
        epilog=_FIX_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_inputs(parser)
    parser.add_argument("--diff", action="store_true", help="show what would change and write nothing")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="RULE|GROUP",
        help="mend the findings of this rule or group of rules alone",
    )
    parser.add_argument(
        "--unsafe", action="store_true", help="also make the likeliest of several possible repairs"
    )
    _add_color(parser)


_CONVERT_ABOUT = """\
Write an agent or a skill as another product reads it. The text goes to standard output,
what the other product cannot say to standard error; nothing is lost without a word."""
_CONVERT_END = """\
exit status:
  0  nothing got lost
  1  done, and something got lost, as told
  2  wrong usage, or the file cannot be converted or written"""


def _add_convert(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "convert",
        help="write an agent or a skill for another product",
        description=_CONVERT_ABOUT,
        epilog=_CONVERT_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("file", metavar="FILE", help="an agent or a skill")
    parser.add_argument(
        "--to", required=True, metavar="PRODUCT", help='such as cursor, copilot or "Claude Code"'
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--out",
        metavar="PATH",
        help="make this file; in a folder (. for the current one), where the product looks for it",
    )
    where.add_argument("--diff", action="store_true", help="show the difference and write nothing")
    _add_color(parser)


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="a file, a folder, or - for standard input (default: .)"
    )
    parser.add_argument("--stdin-filename", metavar="FILE", help="which file standard input stands for")
    parser.set_defaults(complain=parser.error)


def _add_color(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="auto: on a terminal, unless NO_COLOR is set (default: %(default)s)",
    )
