"""All files of a project, by their paths: what globs are held against. Only names are read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from agentls.disk.walking import SKIPPED
from agentls.semantics.matching_files import ProjectFiles

if TYPE_CHECKING:
    from collections.abc import Iterable

# In a larger project nobody is told that a glob matches nothing.
_MOST_FILES = 200_000


def project_files(folders: Iterable[str]) -> dict[str, ProjectFiles]:
    """What is in each of the folders, however deep; links to folders are not followed."""
    return {folder: _files(folder) for folder in folders}


def _files(root: str) -> ProjectFiles:
    found: list[str] = []
    is_whole = True
    pending = [(root, "")]
    while pending:
        folder, shown = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_symlink() and entry.is_dir():
                        is_whole = False
                    elif entry.is_dir(follow_symlinks=False):
                        if entry.name not in SKIPPED:
                            pending.append((entry.path, f"{shown}{entry.name}/"))
                    else:
                        found.append(shown + entry.name)
        except OSError:
            is_whole = False
        if len(found) > _MOST_FILES:
            return ProjectFiles(root, tuple(sorted(found[:_MOST_FILES])), is_whole=False)
    return ProjectFiles(root, tuple(sorted(found)), is_whole)
