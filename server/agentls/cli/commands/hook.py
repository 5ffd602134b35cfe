"""``agentls hook``: tells an agent what is wrong with the agent file that it has just written."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from agentls.cli.hook_protocols import written_files
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.json_findings import well_formed
from agentls.cli.output.printing import print_error, print_line
from agentls.system import log

if TYPE_CHECKING:
    import argparse

DONE = 0
# A product that sends more has written something that is no agent (bytes).
_LARGEST = 16 << 20
# What files of all products end with; a test compares it with the schemas, which take time to load.
ENDINGS = (".cursorrules", ".json", ".jsonc", ".markdown", ".md", ".mdc", ".toml", ".txt")


def run(arguments: argparse.Namespace) -> int:
    """Always 0 for a product: any other exit code stops something in one of them."""
    if sys.stdin.isatty():
        arguments.complain("a product starts this as a hook, with JSON on standard input")
    try:
        log.start_plainly(escape_controls)
        if answer := _answer(_payload()):
            print_line(answer)
    except Exception as error:  # noqa: BLE001  what fails here must not stop an agent
        print_error(f"internal error ({type(error).__name__}): what was written is not checked")
    return DONE


def _payload() -> Any:
    data = sys.stdin.buffer.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        return None
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        print_error("standard input is not the JSON of a hook; `agentls hook --help` says more")
        return None


def _answer(payload: Any) -> str:
    """The answer to a product; empty where there is nothing to say."""
    written = written_files(payload, os.getcwd())
    paths = [path for path in written.paths if path.endswith(ENDINGS)] if written else []
    if not written or not paths:
        return ""
    # Most of what is written ends in another way, and then nobody waits for the schemas.
    from agentls.cli.feedback import feedback  # noqa: PLC0415

    text = feedback(paths, written.folder)
    return written.answer(well_formed(text)) if text else ""
