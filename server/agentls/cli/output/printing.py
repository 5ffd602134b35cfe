"""The only way of a line to the terminal: whatever is in it, neither a terminal nor a CI runner obeys it."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from agentls.cli.output.cells import escape_controls
from agentls.cli.output.paint import PLAIN

if TYPE_CHECKING:
    from agentls.cli.output.paint import Paint

# What our own paint puts into a line.
_PAINTED = re.compile(r"(\x1b\[[0-9;]*m)")


def print_line(line: str, chosen: Paint = PLAIN) -> None:
    """One line of standard output, with the colors of ``chosen`` and no other sign that acts."""
    parts = _PAINTED.split(line) if chosen.codes else [line]
    print("".join(part if place % 2 else escape_controls(part) for place, part in enumerate(parts)))


def print_command(line: str) -> None:
    """One line that a CI runner is to obey; ``finding_formats`` makes it of harmless parts."""
    print(line)


def print_error(message: str) -> None:
    """A word on standard error, behind all that was said before."""
    sys.stdout.flush()
    print(f"agentls: {escape_controls(message)}", file=sys.stderr)


def print_exactly(data: bytes) -> None:
    """A text for another program, of which each sign counts; never for a terminal."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
