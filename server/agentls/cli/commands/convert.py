"""``agentls convert``: convert an agent or a skill for another product, and list what gets lost."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from agentls import batch, disk
from agentls.cli import inputs
from agentls.cli.output import paint
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.difference import difference
from agentls.cli.output.places import display_path
from agentls.cli.output.printing import print_error, print_exactly, print_line
from agentls.conversion import file_conversion
from agentls.system import log
from agentls.workspace import Context, View

if TYPE_CHECKING:
    import argparse

    from agentls.conversion.file_conversion import Conversion
    from agentls.semantics.file import File

DONE, WITH_LOSSES, UNUSABLE = 0, 1, 2


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 0 when nothing got lost, 1 when something did, 2 for what cannot be converted."""
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
    target = file_conversion.target_named(file, arguments.to)
    if target is None:
        return _refuse(_no_target(file, arguments.to))
    context = Context(View(found.workspace), file)
    try:
        new = batch.with_paths(context.view, lambda: file_conversion.convert_file(context, target))
    except file_conversion.ConversionRefusedError as reason:
        return _refuse(str(reason))
    if arguments.out:
        try:
            _write(new, os.path.abspath(arguments.out))
        except FileExistsError as error:
            return _refuse(f"{display_path(str(error.filename), os.getcwd())} already exists")
        except OSError as error:
            name = display_path(str(error.filename or arguments.out), os.getcwd())
            return _refuse(f"cannot write {name}: {error.strerror or error}")
    else:
        _print(file, new, arguments)
    _tell(file, new)
    return WITH_LOSSES if new.losses else DONE


def _refuse(message: str) -> int:
    print_error(message)
    return UNUSABLE


def _no_target(file: File, wanted: str) -> str:
    known = ", ".join(f'"{other.product}"' for other in file_conversion.targets(file))
    kind = file.dialect.kind
    return (
        f"this {kind} can be converted to {known}, not to {wanted!a}"
        if known
        else f"a {kind} cannot be converted"
    )


def _write(new: Conversion, path: str) -> None:
    named = path
    if _is_folder(path):
        path = file_conversion.path_below(path, new.dialect, new.name)
    if reason := inputs.elsewhere(path, [named]):
        raise disk.WriteRefusedError(path, reason)
    disk.create(path, new.text.encode())
    print_line(display_path(path, os.getcwd()))


def _print(file: File, new: Conversion, arguments: argparse.Namespace) -> None:
    if arguments.diff:
        old_name, new_name = (display_path(path, os.getcwd()) for path in (file.path, new.path))
        chosen = paint.choose(arguments.color, sys.stdout)
        for line in difference(old_name, new_name, file.text.source, new.text, chosen):
            print_line(line, chosen)
    elif sys.stdout.isatty():
        # A terminal must not act upon what stands in a file.
        for line in new.text.rstrip("\n").split("\n"):
            print_line(line)
    else:
        print_exactly(new.text.encode())


def _is_folder(path: str) -> bool:
    try:
        return disk.is_folder(path)
    except OSError:
        return False


def _tell(file: File, new: Conversion) -> None:
    """What gets lost, on standard error, so that the text can be redirected."""
    name = display_path(file.path, os.getcwd())
    for loss in new.losses:
        line, column = file.text.position(loss.span.start)
        print_error(f"{name}:{line + 1}:{column + 1}: {loss.message}")
