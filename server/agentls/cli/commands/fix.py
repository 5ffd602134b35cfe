"""``agentls fix``: apply fixes, or show them as a diff."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from agentls import batch, disk
from agentls.cli import inputs
from agentls.cli.output import paint
from agentls.cli.output.cells import escape_controls
from agentls.cli.output.difference import difference
from agentls.cli.output.listing import number
from agentls.cli.output.places import display_path
from agentls.cli.output.printing import print_error, print_exactly, print_line
from agentls.cli.output.progress_line import ProgressLine
from agentls.cli.selection import Selection
from agentls.linter import fix_all
from agentls.products import identification
from agentls.system import log
from agentls.text import decoding

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from agentls.cli.output.paint import Paint
    from agentls.linter.fix_all import FixResult
    from agentls.semantics.file import File

DONE, WOULD_CHANGE, UNUSABLE = 0, 1, 2
_MARK_RULE = "byte-order-mark"


def run(arguments: argparse.Namespace) -> int:
    """The exit code: 0 when all went well, 1 for ``--diff`` with differences, 2 for what cannot be used."""
    log.start_plainly(escape_controls)
    named, buffers = inputs.read(arguments)
    selection = Selection.of(arguments.only)
    if unknown := selection.complaint:
        print_error(unknown)
        return UNUSABLE
    progress = ProgressLine()
    found = batch.read(named, buffers=buffers, progress=progress)
    progress.clear()
    inputs.report(found, os.getcwd())
    choose = fix_all.likeliest_fix if arguments.unsafe else fix_all.safe_fix
    mended = batch.fix(found, choose, lambda finding: selection.wants(finding.rule))
    chosen = paint.choose(arguments.color, sys.stdout)
    if buffers:
        failed = _print(mended, buffers[0].path, arguments)
    elif arguments.diff:
        failed = _show(mended, chosen)
    else:
        disk.sweep({os.path.dirname(disk.resolve_links(file.path)) for file in found.files})
        failed = _write(mended, chosen, selection, [os.getcwd(), *(os.path.abspath(name) for name in named)])
    return max(failed, UNUSABLE if found.unreadable or found.complaints else DONE)


def _print(mended: Iterator[tuple[File, FixResult]], path: str, arguments: argparse.Namespace) -> int:
    """For an editor's format-on-save: the text of standard input after the repairs."""
    for file, repaired in mended:
        if file.path == path:
            if arguments.diff:
                return _show(iter([(file, repaired)]), paint.choose(arguments.color, sys.stdout))
            print_exactly(inputs.encode(repaired.file.text.source, file.origin))
            return DONE
    print_error(f"no product reads {display_path(path, os.getcwd())}")
    return UNUSABLE


def _show(mended: Iterator[tuple[File, FixResult]], chosen: Paint) -> int:
    changed = 0
    for file, repaired in mended:
        before, after = file.text.source, repaired.file.text.source
        if before != after:
            changed += 1
            # A file elsewhere is shown by its whole path, which is applied from the root.
            name = display_path(file.path, os.getcwd()).lstrip("/")
            for line in difference(f"a/{name}", f"b/{name}", before, after, chosen):
                print_line(line, chosen)
    print_error(f"{number(changed, 'file', 'files')} would change")
    return WOULD_CHANGE if changed else DONE


def _write(
    mended: Iterator[tuple[File, FixResult]], chosen: Paint, selection: Selection, within: list[str]
) -> int:
    """Write what has changed, unless the file is no longer what was read, or lies elsewhere."""
    files = fixed = failed = 0
    for file, repaired in mended:
        done = [
            *_conversions(file, selection),
            *((fix.title, finding.rule) for finding, fix in repaired.done),
        ]
        if not done:
            continue
        name = escape_controls(display_path(file.path, os.getcwd()))
        if reason := inputs.elsewhere(file.path, within) or _reason_not_to_write(file, repaired, selection):
            print_error(f"{name} is left as is: {reason}")
            failed = UNUSABLE
            continue
        files, fixed = files + 1, fixed + len(done)
        for (title, rule), times in Counter(done).items():
            often = f", {times} times" if times > 1 else ""
            told = f"{escape_controls(title)}{often} {chosen('faint', f'({rule})')}"
            print_line(f"{chosen('strong', name)}: {told}", chosen)
    said = f"{number(fixed, 'fix', 'fixes')} in {number(files, 'file', 'files')}"
    print_line(said if files else "nothing to fix")
    return failed


def _conversions(file: File, selection: Selection) -> Iterator[tuple[str, str]]:
    """What only the bytes show, so that no edit of the text fixes it: title and rule."""
    if not file.origin:
        return
    if file.origin.is_utf16 and selection.wants("not-utf8"):
        yield "Convert from UTF-16 to UTF-8", "not-utf8"
    # Newer versions take no harm from it, so somebody has to ask.
    if file.origin.is_utf8 and file.origin.has_byte_order_mark and _MARK_RULE in selection.selected:
        yield "Remove the byte order mark", _MARK_RULE


def _reason_not_to_write(file: File, repaired: FixResult, selection: Selection) -> str:
    """Write the file; why not, in words, or nothing when it is written."""
    origin = file.origin
    if origin and not origin.is_utf8 and not (selection.wants("not-utf8") and len(origin.readings) == 1):
        return "it is not UTF-8"
    try:
        before = disk.read_or_raise(file.path, identification.MAX_SIZE)
        if decoding.decode(before) != (file.text.source, origin):
            return "the file has changed since it was read"
        mark = None if _MARK_RULE in selection.selected else origin
        disk.write(file.path, inputs.encode(repaired.file.text.source, mark), before)
    except OSError as error:
        return str(error.strerror or error)
    return ""
