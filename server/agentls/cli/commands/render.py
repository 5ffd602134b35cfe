"""``agentls render``: the text of a skill, command or agent as the model gets it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from agentls import batch
from agentls.cli import inputs
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.printing import print_error, print_exactly, print_line
from agentls.explain import prompt
from agentls.system import log

if TYPE_CHECKING:
    import argparse

    from agentls.semantics.file import File

UNUSABLE = 2


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 2 for what has no such text."""
    log.start_plainly(escape_controls)
    found = batch.read([arguments.file])
    inputs.report(found, os.getcwd())
    if found.unreadable:
        return UNUSABLE
    if not found.files:
        return _refuse(f"no product that agentls knows reads {arguments.file}")
    if len(found.files) > 1:
        return _refuse(f"{arguments.file} is a folder; name one file in it")
    (file,) = found.files
    reading = prompt.reading_of(file, arguments.product or file.dialect.product)
    if reading is None:
        return _refuse(_not_read(file, arguments.product))
    if reason := prompt.refusal(reading):
        return _refuse(f"the model gets no text: {reason}")
    text = prompt.prompt(reading, " ".join(arguments.typed)).text
    if not text.strip():
        return _refuse(f"{arguments.file} has no text for the model")
    if not prompt.is_known(reading):
        product, kind = reading.dialect.product, reading.dialect.kind
        print_error(f"what {product} replaces in {kind}s is not known; the text is shown as written")
    _print(text)
    return 0


def _refuse(message: str) -> int:
    print_error(message)
    return UNUSABLE


def _not_read(file: File, wanted: str) -> str:
    known = ", ".join(f'"{one.dialect.product}"' for one in prompt.readings(file))
    return f"a {file.dialect.kind} like this can be read by {known}, not by {wanted!a}"


def _print(text: str) -> None:
    if sys.stdout.isatty():
        # A terminal must not act upon what stands in a file.
        for line in text.rstrip("\n").split("\n"):
            print_line(line)
    else:
        # For another program, each sign counts.
        print_exactly(text.encode("utf-8", "surrogatepass"))
