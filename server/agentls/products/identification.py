"""What a file is: by the word of its author or user, by its path, and last by its shape."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import load, shape_recognition
from agentls.products.configuration import configuration
from agentls.products.locations import OTHERS, OWN, UNREAD, folder_names, places
from agentls.system import paths
from agentls.text.similar_words import closest
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentls.products import Dialect
    from agentls.products.plugins import Plugin
    from agentls.products.shape_recognition import FrontMatterOutline

_MARK = "agentls: dialect["
_COMMENT = re.compile(r"^[ \t]*(?:#|<!--)[ \t]*agentls: dialect\[(?P<name>[\w-]+)\]", re.MULTILINE)
_PATH = re.compile(r"[\w.-]*(?:/[\w.-]+)+/?")
_NONE = "none"
# Enough of a file to see its front matter; descriptions with examples run to several thousand characters.
HEAD = 16_384
# Above this size the products do not load the file, and neither do we (bytes).
MAX_SIZE = 1_048_576


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What has to be known of a file's neighbourhood.

    ``user_folder``: the user's own folder for Claude Code (``~/.claude``), empty when there is none.
    ``plugins``: the folders that are plugins.
    ``home``: where the other products keep what is the user's own; empty when that is not looked at.
    ``repositories``: the roots of git repositories.
    ``enabled``: of plugins that are installed, by their folders, the projects here in which they count.
    """

    user_folder: str = ""
    plugins: Mapping[str, Plugin] = field(default_factory=dict)
    home: str = ""
    repositories: frozenset[str] = frozenset()
    enabled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def repository_of(self, folder: str) -> str:
        """The root of the repository that holds a folder; empty for none."""
        holders = (folder, *paths.parents(folder)) if self.repositories else ()
        return next((holder for holder in holders if holder in self.repositories), "")


class Obstacle(NamedTuple):
    """What keeps a product from a file, in a word and in a sentence.

    ``refused`` or ``left-out``: the plugin's manifest is invalid, or lists others; ``no-folder``: the file is
    where a folder should be.
    """

    case: str
    words: str


class Identity(NamedTuple):
    """``scope``: project, user, plugin, or ``unplaced`` for a file in no product's folder.

    ``root``: the folder the scope belongs to; ``plugin``: the name of the plugin, if any.
    ``stem``: the file's name without its ending, as the product sees it; ``subfolder``: the folders between
    it and the folder in which the product looks, with a slash at the end.
    ``is_deprecated``: the product looks there for the sake of older files only.
    ``condition``: the condition on which it does; empty where it always does.
    ``repository``: the root of the git repository that a project's or unplaced file is in; empty for none.
    ``enabled_in``: the projects here in which the plugin counts; None for one that is not installed.
    ``is_loaded_from``: the product looks there at all; else the file is in the wrong folder of the product,
    or has a wrong name, and ``meant`` is the one that it needs, if that is known.
    ``obstacle``: what keeps the product from it, if it is not its place or its name; ``unless``: files for
    whose sake it is not read, if one with a text lies in its folder or above.
    """

    dialect: Dialect
    scope: str
    root: str
    plugin: str = ""
    stem: str = ""
    subfolder: str = ""
    is_deprecated: bool = False
    condition: str = ""
    repository: str = ""
    enabled_in: tuple[str, ...] | None = None
    is_loaded_from: bool = True
    meant: str = ""
    obstacle: Obstacle | None = None
    unless: tuple[str, ...] = ()


class Comment(NamedTuple):
    """What a file is by its author's word; ``span`` is where the name stands."""

    name: str
    span: Span

    @property
    def is_known(self) -> bool:
        return self.name == _NONE or self.name in load().dialects

    @property
    def meant(self) -> str | None:
        """The name that was probably meant by one that is none."""
        names = load().dialects
        longer = [name for name in names if name.startswith(self.name)]
        # Of one product's kinds of files agents come first.
        return longer[0] if longer else closest(self.name, (*names, _NONE))


def identify(path: str, surroundings: Surroundings, head: str, wish: str = "") -> Identity | None:
    """The identity of the file at ``path``, or None for a file of no dialect.

    A comment in the file says what it is (``agentls: dialect[gemini-agent]``), or ``wish``, which is the name
    of a dialect or ``none``; where neither does, its path, and last its shape.
    """
    said = comment(head)
    wish = said.name if said else wish
    identity = next(_by_path(path, surroundings, OWN), None)
    if said and not said.is_known and identity is None:
        # Nobody would be told of the mistake in a file that is not read at all.
        wish = said.meant or ""
    if wish == _NONE or (wish in load().dialects and not (identity and identity.dialect.name == wish)):
        return _wished(path, wish)
    return identity or _in_vain(path, surroundings, head) or _by_shape(path, surroundings, head)


def _in_vain(path: str, surroundings: Surroundings, head: str) -> Identity | None:
    """A file with a description in a folder of its product, but not where the product looks."""
    if shape_recognition.is_part_of_skill(path):
        return None
    found = next(_by_path(path, surroundings, UNREAD), None)
    if found is None:
        return None
    if found.obstacle is None and "." not in os.path.basename(path):
        obstacle = _in_place_of_folder(path, found, head)
        return found._replace(is_loaded_from=False, obstacle=obstacle) if obstacle else None
    front = shape_recognition.outline(head)
    # What has no description is documentation; other formats have no front matter.
    if found.dialect.format.has_body or path.endswith(".md"):
        said = {"description"} if not found.dialect.reach.default else found.dialect.fields.keys()
        return found._replace(is_loaded_from=False) if front and not said.isdisjoint(front.keys) else None
    return found._replace(is_loaded_from=False)


def _in_place_of_folder(path: str, found: Identity, head: str) -> Obstacle | None:
    """Git leaves a file with the path of a folder where it should be linked and links cannot be made."""
    lines = head.split("\n", 2)
    is_path = not any(lines[1:]) and _PATH.fullmatch(lines[0].strip()) is not None
    shown = paths.posix(path)[len(paths.posix(found.root).rstrip("/")) + 1 :]
    if not is_path and os.path.basename(path) not in folder_names():
        return None
    left = " It holds a path, as Git leaves it for a link where it cannot make links." if is_path else ""
    return Obstacle("no-folder", f"`{shown}` is a file, not a folder.{left}")


def comment(head: str) -> Comment | None:
    """The comment that says what a file is, if its front part has one."""
    found = _COMMENT.search(head) if _MARK in head else None
    return Comment(found["name"], Span(*found.span("name"))) if found else None


def _wished(path: str, name: str) -> Identity | None:
    """A file that lies in no folder of the product which is to read it."""
    if name == _NONE:
        return None
    stem = os.path.splitext(os.path.basename(path))[0]
    return Identity(load().dialects[name], "unplaced", os.path.dirname(path), stem=stem)


def other_identities(own: Identity, path: str, surroundings: Surroundings) -> tuple[Identity, ...]:
    """What the file is to the other products that look for files at its place."""
    return tuple(other for other in _by_path(path, surroundings, OTHERS) if other.scope == own.scope)


def identity_for(own: Identity, product: str) -> Identity | None:
    """What the same file would be to a product, wherever that looks; None if it knows no such thing."""
    # Front matter is no TOML, whatever stands in it.
    dialect = load().dialect_of(own.dialect.kind, product, has_body=own.dialect.format.has_body)
    return own._replace(dialect=dialect, is_deprecated=False) if dialect else None


def _by_path(path: str, surroundings: Surroundings, kind: str) -> Iterator[Identity]:
    shown = paths.posix(path)
    for tilde, folder in (
        (f"~/{configuration().folder}", surroundings.user_folder),
        ("~", surroundings.home),
    ):
        if folder and paths.is_within(path, folder):
            yield from _placed(kind, "user", tilde + shown[len(folder) :], folder)
    for folder in paths.parents(path) if surroundings.plugins else ():
        if plugin := surroundings.plugins.get(folder):
            below = shown[len(paths.posix(folder)) + 1 :]
            for identity in _in_plugin(kind, below, folder, plugin):
                yield identity._replace(enabled_in=surroundings.enabled.get(folder))
    for identity in _placed(kind, "project", shown, ""):
        yield identity._replace(repository=surroundings.repository_of(identity.root))


def _in_plugin(kind: str, below: str, folder: str, plugin: Plugin) -> Iterator[Identity]:
    usual = plugin.usual(below)
    if usual is None and kind == UNREAD:
        part = below.partition("/")[0]
        words = f"`{part}` in the plugin's `plugin.json` does not list this file."
        for identity in _placed(OWN, "plugin", below, folder, plugin.name):
            yield identity._replace(obstacle=Obstacle("left-out", words))
    for identity in _placed(kind, "plugin", usual, folder, plugin.name) if usual else ():
        if plugin.refusal and kind == OWN and not _describes_plugins(below):
            product = identity.dialect.product
            words = f"{product} does not load the plugin, see its `plugin.json`: {plugin.refusal}"
            obstacle = Obstacle("refused", words)
            yield identity._replace(is_loaded_from=False, obstacle=obstacle)
        else:
            yield identity


def _describes_plugins(below: str) -> bool:
    """Whether a file is the very one that says what is wrong, or a list of plugins beside it."""
    return below.startswith(f"{configuration().plugin_folder}/")


def _placed(kind: str, scope: str, shown: str, root: str, plugin: str = "") -> Iterator[Identity]:
    for place in places(kind, scope):
        if match := place.match(shown):
            found = root or os.path.normpath(match["root"] or "/")
            subfolder = match["below"] or ""
            yield Identity(
                place.dialect,
                scope=scope,
                root=found,
                plugin=plugin,
                stem=match["stem"],
                subfolder=subfolder,
                is_deprecated=place.is_deprecated,
                condition=place.condition,
                meant=place.meant.replace("*", match["stem"]),
                unless=place.unless,
            )


def _by_shape(path: str, surroundings: Surroundings, head: str) -> Identity | None:
    """A file in no product's folder that has the fields of one dialect and no mark of another."""
    front = shape_recognition.outline(head) if path.endswith(".md") else None
    if front is None:
        return None
    folders = paths.posix(os.path.dirname(path)).split("/")
    name = os.path.basename(path)
    alike = [
        (dialect, dialect.shape)
        for dialect in load().dialects.values()
        if dialect.shape and dialect.shape.matches(folders, name, front)
    ]
    if len(alike) != 1:
        return None
    ((dialect, shape),) = alike
    if not shape.is_called_so(name) and _has_tools_of_others(dialect, front):
        return None
    folder = os.path.dirname(path)
    repository = surroundings.repository_of(folder)
    return Identity(dialect, "unplaced", folder, stem=shape.stem(name), repository=repository)


def _has_tools_of_others(dialect: Dialect, front: FrontMatterOutline) -> bool:
    """Whether the tools are written for other products, and none for this one."""
    if any(map(dialect.tools.knows, front.tools)):
        return False
    others = [other.tools for other in load().dialects.values() if other is not dialect]
    return front.has_switches or any(tools.knows(name) for tools in others for name in front.tools)
