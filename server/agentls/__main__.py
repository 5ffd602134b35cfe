"""The command ``agentls``: a language server on standard input and output, and a checker for the terminal."""

from __future__ import annotations

import sys

from agentls.cli.main import run


def main() -> int:
    """The command's exit code."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
