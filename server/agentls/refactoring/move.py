"""Files that move: how links and paths are written afterwards, and which files have to be looked at.

``moved`` goes from the old path of a file or folder to the new one; both are absolute.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from agentls.findings import Edit
from agentls.semantics.file_references import FILE_KINDS, resolve_path
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from agentls.semantics.file import File, OtherFile
    from agentls.semantics.file_references import Reference
    from agentls.workspace import View


def moved_path(path: str, moved: Mapping[str, str]) -> str:
    """Where a file lies afterwards; of two moved folders, one in the other, the inner one counts."""
    holders = [old for old in moved if paths.is_within(path, old)]
    if not holders:
        return path
    old = max(holders, key=len)
    return moved[old] + path[len(old) :]


def files_to_read(view: View, moved: Collection[str]) -> set[str]:
    """The known files that lie in what is moved, or lead there."""
    is_in = _inside(moved)
    return {
        summary.path
        for summary in view.summaries()
        if is_in(summary.path)
        or any(mention.kind == "path" and is_in(mention.name) for mention in summary.mentions)
    }


def words(moved: Iterable[str]) -> set[str]:
    """What every file says that leads to what is moved."""
    names = {os.path.basename(old) for old in moved}
    return names | {quote(name) for name in names}


def mentions_any(wanted: Iterable[str]) -> Callable[[bytes], bool] | None:
    """Finds documents that mention one of the words: as a path, between backticks, or as a call."""
    found = sorted(word.encode("utf-8", "surrogateescape") for word in wanted)
    if not found:
        return None
    mention = re.compile(
        rb"(?:[`/@(<]|@agent-|(?=mcp_))(?:" + b"|".join(map(re.escape, found)) + rb")(?![A-Za-z0-9-])"
    )
    # Most documents do not have the words at all, which is seen at once.
    return lambda data: any(word in data for word in found) and mention.search(data) is not None


def link_edits(view: View, file: File | OtherFile, moved: Mapping[str, str]) -> Iterator[Edit]:
    """Links and paths to be written anew."""
    is_in = _inside(moved)
    moves = is_in(file.path)
    # From outside nothing leads there without saying its name, and most links lead elsewhere.
    said = ("",) if moves else (*(os.path.basename(old) for old in moved), "%")
    for reference in file.references:
        if reference.kind in FILE_KINDS and any(word in reference.name for word in said):
            target = file.target(reference)
            # Where a moved file leads to what stays, only what exists there is meant as it is written.
            if (is_in(target) or (moves and view.exists(target))) and (
                written := _rewritten(file.base_path(reference), reference, target, moved)
            ):
                yield Edit(reference.span, written)


def _inside(folders: Iterable[str]) -> Callable[[str], bool]:
    """Tells the paths of the folders and of all that is in them."""
    keys = tuple(paths.key(folder).rstrip(os.sep) for folder in folders)
    starts = tuple(key + os.sep for key in keys)
    return lambda path: (key := paths.key(path)) in keys or key.startswith(starts)


def _rewritten(path: str, reference: Reference, target: str, moved: Mapping[str, str]) -> str | None:
    """How a link is written once the files have moved; None where it can stay as it is.

    ``path`` is where it is seen from.
    """
    new_path, new_target = moved_path(path, moved), moved_path(target, moved)
    if resolve_path(new_path, reference.name) == new_target:
        return None
    raw, mark, rest = re.fullmatch(r"([^#?]*)([#?]?)(.*)", reference.name, re.DOTALL).groups()  # type: ignore[union-attr]
    try:
        is_whole = reference.kind == "resource" and os.path.isabs(raw)
        written = paths.posix(
            new_target if is_whole else os.path.relpath(new_target, os.path.dirname(new_path))
        )
    except ValueError:
        # No relative path leads from one drive to another.
        return None
    # In prose a path is told by its dots, or by its first folder.
    is_told = written.startswith(".") or (
        reference.kind == "path" and written.split("/")[0] == raw.split("/")[0]
    )
    if (raw.startswith("./") or reference.kind == "path") and not is_told:
        written = f"./{written}"
    if raw.endswith("/"):
        written += "/"
    return (quote(written) if unquote(raw) != raw else written) + mark + rest
