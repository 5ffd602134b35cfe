"""Where the products look for files: the globs of their schemas as patterns, and the folders in them."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import load
from agentls.products.configuration import configuration
from agentls.system import paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentls.products import Dialect
    from agentls.products.facts import FileGlob

# The places of a product's own files in a schema, and of others' files that it reads as well.
OWN, OTHERS = "files", "also-reads"
# Where people put its files although it does not look there.
UNREAD = "unread"
_GLOBS: dict[str, Callable[[Dialect], tuple[FileGlob, ...]]] = {
    OWN: lambda dialect: dialect.files,
    OTHERS: lambda dialect: dialect.also_reads,
    UNREAD: lambda dialect: dialect.unread,
}


class SearchLocation(NamedTuple):
    """Where a product looks for files; ``expression`` is for whole paths with forward slashes."""

    dialect: Dialect
    expression: str
    fixed: str  # what every path that fits has in it; most do not
    is_deprecated: bool
    condition: str
    meant: str = ""
    unless: tuple[str, ...] = ()

    def match(self, shown: str) -> re.Match[str] | None:
        return re.fullmatch(self.expression, shown) if self.fixed in shown else None


@cache
def places(kind: str, scope: str) -> list[SearchLocation]:
    """The places of one kind and scope, for all products."""
    return [
        SearchLocation(
            dialect,
            _expression(place.glob, place.exceptions, scope),
            fixed=max(place.glob.split("*"), key=len).removeprefix("/"),
            is_deprecated=place.deprecated,
            condition=place.when,
            meant=place.meant,
            unless=place.unless,
        )
        for dialect in load().dialects.values()
        for place in _GLOBS[kind](dialect)
        if place.scope == scope
    ]


def _expression(glob: str, exceptions: tuple[str, ...], scope: str) -> str:
    """A glob as a regular expression over a path with forward slashes.

    Its groups are ``root`` (what a leading ``**/`` stands for), ``below`` (what a later one does) and
    ``stem`` (what the last ``*`` does). ``exceptions`` are names of files that do not count.
    """
    *folders, name = glob.split("/")
    root = "(?P<root>.*/)?" if folders[:1] == ["**"] and scope == "project" else "(?P<root>)"
    fixed = folders[folders[:1] == ["**"] :]
    deep = fixed[-1:] == ["**"]
    inside = "".join(f"{_part(folder)}/" for folder in (fixed[:-1] if deep else fixed))
    below = "(?P<below>(?:.*/)?)" if deep else "(?P<below>)"
    refused = "".join(f"(?!{_part(exception)}$)" for exception in exceptions)
    stem, star, ending = name.partition("*")
    last = f"{re.escape(stem)}(?P<stem>[^/]*){re.escape(ending)}" if star else f"(?P<stem>{re.escape(name)})"
    return f"{root}{inside}{below}{refused}{last}"


def _part(part: str) -> str:
    return "[^/]*".join(re.escape(piece) for piece in part.split("*"))


def path_in(dialect: Dialect, scope: str, name: str) -> str | None:
    """Where a file of that name belongs, from the root of its scope; None for nowhere."""
    glob = next((place.glob for place in dialect.files if place.scope == scope), None)
    if glob is None:
        return None
    for start in (f"~/{configuration().folder}/", "~/", "**/"):
        if glob.startswith(start):
            glob = glob.removeprefix(start)
            break
    return glob.replace("**/", "").replace("*", name)


def is_candidate(path: str) -> bool:
    """Whether a file lies where some product looks for its own."""
    shown = paths.posix(path)
    # All these places are below a folder with a dot, and most files are not, nor have they such a name.
    is_likely = "/." in shown or os.path.basename(path) in file_names()
    return is_likely and any(place.match(shown) for place in places(OWN, "project"))


@cache
def file_names() -> frozenset[str]:
    """What files are called that a product looks for in any folder: ``AGENTS.md``."""
    globs = (place.glob.split("/") for place in _own() if place.scope == "project")
    return frozenset(parts[1] for parts in globs if len(parts) == 2 and "*" not in parts[1])  # noqa: PLR2004


def is_misplaced(path: str) -> bool:
    """Whether a file lies where people put files of a product that does not look there."""
    shown = paths.posix(path)
    return "/." in shown and any(place.match(shown) for place in places(UNREAD, "project"))


def is_of_home(path: str, home: str) -> bool:
    """Whether a file lies where a product looks for what is the user's own."""
    if not paths.is_within(path, home):
        return False
    shown = "~" + paths.posix(path)[len(paths.posix(home)) :]
    return any(place.match(shown) for place in places(OWN, "user"))


def project_of(path: str) -> str | None:
    """The folder that holds the product's folder in which a path lies (the innermost), if it lies in one."""
    marked = (p for p in (path, *paths.parents(path)) if os.path.basename(p) in dot_folders())
    return next((os.path.dirname(p) for p in marked), None)


def project_marks(dialect: Dialect, root: str) -> list[str]:
    """The folder and the settings that show that the project in ``root`` is used with a product."""
    folders = (_fixed(place.glob)[:1] for place in dialect.files if place.scope == "project")
    agents = load().dialect_of("agent", dialect.product)
    lists = (place.glob.removeprefix("**/") for place in (agents.server_files if agents else ()))
    names = [name for names in folders for name in names if name.startswith(".")]
    names += [name for name in lists if "/" not in name]
    return [path for name in dict.fromkeys(names) if (path := paths.join(root, name))]


def project_globs() -> list[str]:
    """Where the products look for their files in a project."""
    return list(dict.fromkeys(place.glob for place in _own() if place.scope == "project"))


@cache
def plugin_globs() -> tuple[str, ...]:
    """Where the products look for files of a fixed name in a plugin, wherever that lies."""
    places = (place.glob for place in _own() if place.scope == "plugin")
    return tuple(f"**/{glob}" for glob in places if "*" not in glob)


def is_plugin_candidate(path: str) -> bool:
    """Whether a file is one of those, if it is in a plugin."""
    return paths.posix(path).endswith(tuple(glob.removeprefix("**") for glob in plugin_globs()))


@cache
def folder_names() -> frozenset[str]:
    """What the folders are called in which products look for files: ``agents``, ``skills`` and so on."""
    # Where a single file lies, any others may lie as well.
    globs = (place.glob for place in _own() if "*" in place.glob.removeprefix("**/"))
    return frozenset(fixed[-1] for glob in globs if (fixed := _fixed(glob)))


@cache
def home_folders() -> tuple[str, ...]:
    """Where the products but Claude Code look for what is the user's own, below the home folder.

    A single file is in no folder that is to be searched.
    """
    searched = (place.glob for place in _own() if place.scope == "user" and "*" in place.glob)
    fixed = (_fixed(glob)[1:] for glob in searched)
    return tuple(
        dict.fromkeys("/".join(folders) for folders in fixed if folders[0] != configuration().folder)
    )


@cache
def home_files() -> tuple[str, ...]:
    """The single files of what is the user's own, below the home folder."""
    globs = (place.glob for place in _own() if place.scope == "user" and "*" not in place.glob)
    return tuple(dict.fromkeys(glob.removeprefix("~/") for glob in globs))


@cache
def dot_folders() -> frozenset[str]:
    """Folders that a scan must enter although their names start with a dot."""
    servers = (place for dialect in load().dialects.values() for place in dialect.server_files)
    unread = (place.glob for dialect in load().dialects.values() for place in dialect.unread)
    globs = [*(place.glob for place in _own()), *(place.glob for place in servers), *unread]
    folders = (part for glob in globs if not glob.startswith("~") for part in glob.split("/")[:-1])
    return frozenset(folder for folder in folders if folder.startswith("."))


def _own() -> Iterator[FileGlob]:
    """Where the products look for their own files."""
    return (place for dialect in load().dialects.values() for place in dialect.files)


def _fixed(glob: str) -> list[str]:
    """The folders that a glob names."""
    return [folder for folder in glob.split("/")[:-1] if "*" not in folder]
