"""``agentls fix``: mend what can be mended, or show how; the only command that writes."""

from __future__ import annotations

import difflib
import os
import sys
from typing import TYPE_CHECKING

from agentls import batch, checking, dialects, disk, log, repair
from agentls.cli import inputs, paint
from agentls.cli.cells import visible
from agentls.cli.listing import number
from agentls.cli.places import shown
from agentls.cli.progress import Progress
from agentls.nearest import nearest

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from agentls.cli.paint import Paint
    from agentls.file import File
    from agentls.findings import Finding
    from agentls.repair import Repaired

DONE, WOULD_CHANGE, UNUSABLE = 0, 1, 2


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 0 when all went well, 1 for ``--diff`` with differences, 2 for what cannot be used."""
    log.start_plainly()
    named, buffers = inputs.read(arguments)
    wanted = _wanted(arguments.only)
    if isinstance(wanted, str):
        inputs.complain(wanted)
        return UNUSABLE
    progress = Progress()
    found = batch.read(named, buffers=buffers, progress=progress)
    progress.clear()
    inputs.report(found, os.getcwd())
    choose = repair.likeliest if arguments.unsafe else repair.certain
    mended = batch.mend(found, choose, wanted)
    chosen = paint.choose(arguments.color, sys.stdout)
    if buffers:
        failed = _print(mended, buffers[0].path, arguments)
    elif arguments.diff:
        failed = _show(mended, chosen)
    else:
        failed = _write(mended, chosen)
    return max(failed, UNUSABLE if found.unreadable or found.complaints else DONE)


def _wanted(only: list[str]) -> Callable[[Finding], bool] | str:
    """Which findings to mend; a complaint when a name is neither a rule nor a group."""
    known = {*checking.rules(), *checking.groups()}
    names = {name.strip() for option in only for name in option.split(",") if name.strip()}
    for name in sorted(names - known):
        meant = nearest(name, known)
        guess = f"; did you mean {meant}?" if meant else ""
        return f"there is no rule or group {name!a}{guess}"
    return lambda finding: not names or not names.isdisjoint(checking.rules()[finding.rule].names)


def _print(mended: Iterator[tuple[File, Repaired]], path: str, arguments: argparse.Namespace) -> int:
    """For an editor's format-on-save: the text of standard input after the repairs."""
    for file, repaired in mended:
        if file.path == path:
            if arguments.diff:
                return _show(iter([(file, repaired)]), paint.choose(arguments.color, sys.stdout))
            sys.stdout.flush()
            sys.stdout.buffer.write(inputs.encode(repaired.file.text.source, file.origin))
            return DONE
    inputs.complain(f"no product reads {shown(path, os.getcwd())}")
    return UNUSABLE


def _show(mended: Iterator[tuple[File, Repaired]], chosen: Paint) -> int:
    changed = 0
    for file, repaired in mended:
        before, after = file.text.source, repaired.file.text.source
        if before != after:
            changed += 1
            for line in _difference(shown(file.path, os.getcwd()), before, after, chosen):
                print(line)
    inputs.complain(f"{number(changed, 'file', 'files')} would change")
    return WOULD_CHANGE if changed else DONE


def _difference(name: str, before: str, after: str, chosen: Paint) -> Iterator[str]:
    styles = {"+": "added", "-": "removed", "@": "faint"}
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), f"a/{name}", f"b/{name}", lineterm="")
    for line in lines:
        style = styles.get(line[0])
        yield chosen(style, visible(line)) if style else visible(line)


def _write(mended: Iterator[tuple[File, Repaired]], chosen: Paint) -> int:
    """Write what has changed, unless the file is no longer what was read."""
    files = fixed = failed = 0
    for file, repaired in mended:
        if file.text.source == repaired.file.text.source:
            continue
        name = visible(shown(file.path, os.getcwd()))
        if reason := _reason_not_to_write(file, repaired):
            inputs.complain(f"{name} is left as it is: {reason}")
            failed = UNUSABLE
            continue
        files, fixed = files + 1, fixed + len(repaired.done)
        for finding, fix in repaired.done:
            print(f"{chosen('strong', name)}: {visible(fix.title)} {chosen('faint', f'({finding.rule})')}")
    said = f"{number(fixed, 'repair', 'repairs')} in {number(files, 'file', 'files')}"
    print(said if files else "nothing to mend")
    return failed


def _reason_not_to_write(file: File, repaired: Repaired) -> str:
    """Write the file; why not, in words, or nothing when it is written."""
    try:
        data = disk.read_or_raise(file.path, dialects.MAX_SIZE)
        if inputs.encode(file.text.source, file.origin) != data:
            return "it was changed in between, or is not UTF-8"
        disk.write(file.path, inputs.encode(repaired.file.text.source, file.origin))
    except OSError as error:
        return str(error.strerror or error)
    return ""
