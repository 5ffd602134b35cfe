"""The command ``agentls``: its streams, its exit code, and which part of the program it starts."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from agentls.cli.arguments import parse
from agentls.cli.output.printing import print_error
from agentls.system import log
from agentls.system.descriptors import waiting

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from agentls.lsp.connection import Connection

INTERRUPTED = 130
PIPE_CLOSED = 141
FAILED = 2
_OBJECTS_PER_COLLECTION = 5_000


def run(argv: Sequence[str]) -> int:
    """Parse the arguments and do what they say; returns the exit code."""
    # Nearly all that is imported stays: to look for garbage more often would only take time.
    gc.set_threshold(_OBJECTS_PER_COLLECTION)
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
        print_error(f"cannot continue: {error.strerror or error}")
        return FAILED
    except Exception as error:  # noqa: BLE001  for a caller, the 1 of the interpreter means findings
        for line in f"internal error\n{log.trace(error)}".split("\n"):
            print_error(line)
        return FAILED
    return code


def _exit_code(argv: Sequence[str]) -> int:
    try:
        return _start(parse(argv))
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
    sys.stdin, sys.stdout, sys.stderr = map(waiting, (sys.stdin, sys.stdout, sys.stderr))


def _abandon_output() -> None:
    """The interpreter must not fail at its end on what is left in the buffer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _start(arguments: argparse.Namespace) -> int:
    if arguments.command is None:
        return _serve(arguments)
    # Each command is imported when it is asked for, so that none pays for another.
    command = import_module(f"agentls.cli.commands.{arguments.command.replace('-', '_')}")
    code: int = command.run(arguments)
    return code


def _serve(arguments: argparse.Namespace) -> int:
    from agentls.system import watchdog  # noqa: PLC0415  nothing else needs it

    try:
        log.start(arguments.log_level, arguments.log_file)
    except OSError as error:
        print_error(f"cannot write the log {arguments.log_file}: {error.strerror}")
        return FAILED
    if sys.stdin.isatty():
        print_error(
            "waiting for an editor on standard input. In the terminal, use `agentls check`; Ctrl-C to exit."
        )
    # Before all that is imported: it need not be in the memory of another process.
    watchdog.start(sys.stdin.fileno())
    from agentls.lsp.connection import Connection  # noqa: PLC0415
    from agentls.lsp.stdio import serve  # noqa: PLC0415

    return serve(Connection(begin))


def begin(connection: Connection) -> None:
    """Load the analysis and the handlers; called behind the response to ``initialize``."""
    from agentls.lsp import registry  # noqa: PLC0415  nobody waits for it

    registry.begin(connection)
