"""The engine for a page: one file, given as text, and what agentls says of it, as plain data for JSON.

Nothing here touches a disk or a network. Offsets are code units of UTF-16, as JavaScript counts them.
"""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any, TypeVar

from agentls.conversion import file_conversion
from agentls.explain import report
from agentls.linter import engine
from agentls.linter.fix_all import safe_fix
from agentls.outcome.summarize import summarize
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.workspace import Context, View, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentls.findings import Change, Finding, Fix
    from agentls.semantics.file import File

_T = TypeVar("_T")
_PROJECT, _HOME = "/project", "/home/user"
_SURROUNDINGS = Surroundings(user_folder=f"{_HOME}/.claude", home=_HOME)


def check(path: str, source: str) -> str:
    """Findings with their fixes, and what becomes of the file.

    ``path`` is where the file would lie in a project. The answer is JSON: ``{"product": null}`` where no
    product reads a file of that place, else ``product``, ``report`` (Markdown), ``findings``, and ``targets``
    for a conversion.
    """
    context = _context(path, source)
    if context is None:
        return json.dumps({"product": None})
    found = _known(context, lambda: engine.check(context))
    sections = (report.readers_section(context), report.tool_access_section(context))
    file = context.file
    return json.dumps(
        {
            "product": file.dialect.product,
            "report": "\n\n".join(filter(None, sections)),
            "findings": [_finding(context, one) for one in found],
            "targets": sorted({target.product for target in file_conversion.targets(file)}),
        }
    )


def convert(path: str, source: str, product: str) -> str:
    """The file for another product: JSON with ``path``, ``text``, ``losses``, or with ``refused``."""
    context = _context(path, source)
    target = file_conversion.target_named(context.file, product) if context else None
    if context is None or target is None:
        return json.dumps({"refused": f"This file cannot be converted to {product}."})
    try:
        new = _known(context, lambda: file_conversion.convert_file(context, target))
    except file_conversion.ConversionRefusedError as reason:
        return json.dumps({"refused": str(reason)})
    losses = [loss.message for loss in new.losses]
    return json.dumps({"path": posixpath.relpath(new.path, _PROJECT), "text": new.text, "losses": losses})


def _context(path: str, source: str) -> Context | None:
    # A place outside the project is no place.
    place = posixpath.join(_PROJECT, posixpath.normpath(f"/{path}").lstrip("/"))
    file = read_file(place, source, _SURROUNDINGS)
    if file is None:
        return None
    # One file is no whole project: what it names may well be elsewhere.
    workspace = Workspace(is_complete=False, folders=(_PROJECT,), home=_HOME)
    workspace.put(summarize(file))
    return Context(View(workspace), file)


def _known(context: Context, ask: Callable[[], _T]) -> _T:
    """What is said once it is known of each path that it does not exist."""
    while True:
        found = ask()
        if not (unknown := context.view.unknown_paths):
            return found
        context.view.workspace.update_paths(dict.fromkeys(unknown, False))


def _finding(context: Context, found: Finding) -> dict[str, Any]:
    file = context.file
    fixes = _known(context, lambda: engine.fixes(context, found))
    safe = safe_fix(fixes)
    return {
        "from": _units(file, found.span.start),
        "to": _units(file, found.span.end),
        "line": file.text.position(found.span.start)[0] + 1,
        "severity": found.severity.word,
        "rule": found.rule,
        "message": found.message,
        "fixes": [_fix(file, fix, is_safe=fix is safe) for fix in fixes if _is_local(file, fix.change)],
    }


def _is_local(file: File, change: Change) -> bool:
    """Whether a fix changes this file alone: a page has no other one."""
    return set(change.edits) == {file.path} and not change.creates and not change.renames


def _fix(file: File, fix: Fix, *, is_safe: bool) -> dict[str, Any]:
    edits = [
        {"from": _units(file, edit.span.start), "to": _units(file, edit.span.end), "insert": edit.text}
        for edit in fix.change.edits[file.path]
    ]
    return {"title": fix.title, "isSafe": is_safe, "edits": edits}


def _units(file: File, offset: int) -> int:
    """The offset in code units of UTF-16."""
    before = file.text.source[:offset]
    return offset + sum(character > "\uffff" for character in before)
