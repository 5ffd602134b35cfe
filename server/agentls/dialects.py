"""Which product's file this is; decided by path first, by shape last, and silence when in doubt."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from agentls import paths
from agentls.catalogue import load

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agentls.catalogue import Dialect

_TOP_LEVEL_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^---|\Z)", re.DOTALL | re.MULTILINE)
# Enough of a file to see its front matter; descriptions with examples run to several thousand characters.
HEAD = 16_384
# Above this size the products do not load the file, and neither do we (bytes).
MAX_SIZE = 1_048_576


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What has to be known of a file's neighbourhood.

    ``user_folder``: the user's own configuration folder (``~/.claude``), empty when there is none.
    ``plugins``: the folders that hold a ``.claude-plugin``, each with the plugin's name.
    """

    user_folder: str = ""
    plugins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Identity:
    """``scope``: project, user, plugin, or ``shape`` for a file that only looks like one.

    ``root``: the folder the scope belongs to; ``plugin``: the name of the plugin, if any.
    """

    dialect: Dialect
    scope: str
    root: str
    plugin: str = ""


def identify(path: str, surroundings: Surroundings, head: str) -> Identity | None:
    """The identity of the file at ``path``, or None for a file of no dialect."""
    if not path.endswith(".md"):
        return None
    return _by_path(path, surroundings) or _by_shape(path, head)


def _by_path(path: str, surroundings: Surroundings) -> Identity | None:
    shown = paths.posix(path)
    if surroundings.user_folder and paths.is_within(path, surroundings.user_folder):
        below = "~/.claude" + shown[len(surroundings.user_folder) :]
        for dialect, place in _places("user"):
            if place.pattern.fullmatch(below):
                return Identity(dialect, "user", surroundings.user_folder)
    for folder in paths.parents(path):
        plugin = surroundings.plugins.get(folder)
        for dialect, place in _places("plugin") if plugin else ():
            if place.pattern.fullmatch(shown[len(paths.posix(folder)) + 1 :]):
                return Identity(dialect, "plugin", folder, plugin or "")
    for dialect, place in _places("project"):
        if place.pattern.fullmatch(shown):
            return Identity(dialect, "project", _project_root(path))
    return None


def _project_root(path: str) -> str:
    """The folder that holds the ``.claude`` folder the path runs through (the innermost)."""
    return next(os.path.dirname(p) for p in paths.parents(path) if os.path.basename(p) == ".claude")


def _by_shape(path: str, head: str) -> Identity | None:
    """A file in no product's folder that has the fields of one dialect and no mark of another."""
    found = _FRONT_MATTER.match(head)
    if not found:
        return None
    keys = set(_TOP_LEVEL_KEY.findall(found[1]))
    folders = paths.posix(os.path.dirname(path)).split("/")
    for dialect in load().dialects.values():
        shape = dialect.facts.get("shape")
        if shape and _has_shape(shape, os.path.basename(path), folders, keys):
            return Identity(dialect, "shape", os.path.dirname(path))
    return None


def _has_shape(shape: Mapping[str, Any], name: str, folders: list[str], keys: set[str]) -> bool:
    if not keys.issuperset(shape["require"]) or keys.intersection(shape["foreign-fields"]):
        return False
    if name in shape["foreign-names"] or name.endswith(tuple(shape["foreign-endings"])):
        return False
    if any(folder.startswith(".") and folder not in shape["own-folders"] for folder in folders):
        return False
    return bool(keys.intersection(shape["one-of"])) or not set(shape["in-folders"]).isdisjoint(folders)


@dataclass(frozen=True, slots=True)
class _Place:
    pattern: re.Pattern[str]


@cache
def _places(scope: str) -> list[tuple[Dialect, _Place]]:
    return [
        (dialect, _Place(re.compile(_expression(place["glob"], is_relative="beside" in place))))
        for dialect in load().dialects.values()
        for place in dialect.facts["files"]
        if place["scope"] == scope
    ]


def _expression(glob: str, *, is_relative: bool) -> str:
    """A glob as a regular expression over a path with forward slashes."""
    if is_relative:
        glob = glob.removeprefix("**/")
    pieces = re.split(r"(\*\*/|\*)", glob)
    return "".join({"**/": "(?:.*/)?", "*": "[^/]*"}.get(piece, re.escape(piece)) for piece in pieces)


@cache
def dot_folders() -> frozenset[str]:
    """Folders that a scan must enter although their names start with a dot."""
    globs = (place["glob"] for dialect in load().dialects.values() for place in dialect.facts["files"])
    return frozenset(part for glob in globs for part in glob.split("/") if part.startswith("."))
