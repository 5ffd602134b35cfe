"""The search for everything that can define or use a name, in slices."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from agentls.disk.files import FileContent, read, stamp
from agentls.disk.installed_plugins import installed, managed_folder
from agentls.disk.walking import REPOSITORY_MARK, Walk, is_entered, linked_folder_around
from agentls.products import identification, locations
from agentls.products.configuration import configuration
from agentls.products.plugins import MANIFEST, MARKETPLACE
from agentls.semantics import claude_settings, codex_agents, mcp_files
from agentls.settings import config_files
from agentls.system import paths
from agentls.text import decoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agentls.products.plugins import Plugin

_log = logging.getLogger(__name__)

# So many are read, and held, before they are handed over: some megabytes, which pay for a helper process.
_SLICE = 800
# Somebody waits for a search through all documents; so many take some seconds.
_MOST_DOCUMENTS = 20_000


# The stamp of a file that is known, and to be read again: no file has it.
STALE_STAMP = (-1, -1)
# Files that are told by their place.
_BY_PLACE = (codex_agents.is_config_file, claude_settings.is_settings_file, mcp_files.is_server_file)


def affects_other_files(path: str) -> bool:
    """Whether a file, or a folder of such files, says what others are: a plugin, a list of them, settings."""
    return os.path.basename(path) in _about_others()


@cache
def _about_others() -> frozenset[str]:
    own = configuration()
    lists = ("installed_plugins.json", "known_marketplaces.json")
    return frozenset({own.plugin_folder, MANIFEST, MARKETPLACE, *lists, *own.settings, *config_files.NAMES})


def is_of_interest(path: str) -> bool:
    """Whether the index wants a file: by its folder, or as a list of agents or servers."""
    name = os.path.basename(path)
    if any(is_known(path) for is_known in _BY_PLACE):
        return True
    if name == "SKILL.md" or locations.is_candidate(path) or locations.is_misplaced(path):
        return True
    if locations.is_plugin_candidate(path):
        return True
    if not name.endswith(".md"):
        return False
    folders = path.split(os.sep)
    return "agents" in folders or "commands" in folders or "subagents" in folders


@dataclass
class Scan:
    """Where to look. ``folders`` are searched whole; of ``nearby`` only the ``.claude`` folders.

    With ``changed``, these paths and what is in them are scanned, and nothing else.
    ``is_wanted`` chooses among the files of ``folders``; elsewhere only what can define a name is read.
    ``user_folder`` is ``~/.claude`` or its stand-in; empty when nothing of the user's own is to be read.
    ``known`` are the stamps of files read before: what has not changed is left out. ``plugins`` are the
    plugins met before, which a scan of what has changed does not come across; so with ``linked_folders``.
    """

    folders: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()
    user_folder: str = ""
    changed: tuple[str, ...] = ()
    known: dict[str, tuple[int, int]] = field(default_factory=dict)
    plugins: Mapping[str, Plugin] = field(default_factory=dict)
    linked_folders: Mapping[str, str] = field(default_factory=dict)
    is_wanted: Callable[[str], bool] = is_of_interest


@dataclass
class Slice:
    """A piece of a scan's result. ``seen`` are all paths met so far in the piece, changed or not.

    ``changed`` are those to be read, with their stamps, which are older than what will be read.
    ``plugins`` are those met, by their folders; ``hidden`` those that are switched on and cannot be read.
    ``repositories`` are all roots of repositories met so far. ``enabled`` says of plugins that are installed,
    by their folders, in which projects they count; it is empty when only what has changed is scanned.
    ``linked_folders`` are all folders met so far that had been met at another path, with that path.
    Without a piece that ``is_last`` the scan was broken off.
    """

    changed: dict[str, tuple[int, int]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    plugins: dict[str, Plugin] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    repositories: frozenset[str] = frozenset()
    enabled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    linked_folders: Mapping[str, str] = field(default_factory=dict)
    is_last: bool = False


def user_folder() -> str:
    """``~/.claude``, or the folder that ``CLAUDE_CONFIG_DIR`` names."""
    return os.path.abspath(
        os.environ.get("CLAUDE_CONFIG_DIR") or os.path.join(os.path.expanduser("~"), configuration().folder)
    )


def home_folder() -> str:
    """Where the other products keep what is the user's own."""
    return os.path.abspath(os.path.expanduser("~"))


def is_too_wide(folder: str) -> bool:
    """Whether a folder is no project but everything: a home, or the root of a drive."""
    return paths.key(folder) == paths.key(home_folder()) or os.path.dirname(folder) == folder


def user_servers_file() -> str:
    """Where Claude Code keeps the servers of the user and of each project."""
    configured = os.environ.get("CLAUDE_CONFIG_DIR")
    return os.path.join(
        os.path.abspath(configured) if configured else os.path.expanduser("~"),
        configuration().user_servers,
    )


def scan(plan: Scan) -> Iterator[Slice]:
    """Everything that can define or use a name, in slices; plugins come before what is in them."""
    walk = Walk(partial(_first_path, plan)) if plan.changed else Walk()
    piece = Slice()
    outside = plan.plugins
    if not plan.changed:
        around = [_up_to_repository(folder) for folder in (*plan.folders, *plan.nearby)]
        walk.repositories |= {chain[-1] for chain in around if _is_repository(chain[-1])}
        listed = installed(around, plan.user_folder)
        outside, piece.hidden, piece.enabled = listed.found, listed.hidden, listed.enabled
    for folder, plugin in outside.items():
        walk.add_plugin(folder, plugin)
    for root, is_wanted in _roots(plan, outside):
        for path in walk.files(root):
            if not (is_wanted(path) or walk.is_part(path)):
                continue
            piece.seen.append(path)
            if (now := stamp(path)) is not None and plan.known.get(path) != now:
                piece.changed[path] = now
            if len(piece.changed) >= _SLICE:
                yield _filled(piece, walk)
                piece = Slice()
    piece.is_last = True
    yield _filled(piece, walk)


def _first_path(plan: Scan, folder: str) -> str:
    """Where a scan of everything comes across a folder that a scan of what has changed came to by a link."""
    if known := linked_folder_around(folder, plan.linked_folders):
        return plan.linked_folders[known] + folder[len(known) :]
    real = os.path.realpath(folder)
    is_first = (
        real == folder or linked_folder_around(real, plan.linked_folders) or not _is_reached(real, plan, ())
    )
    return folder if is_first else real


def _filled(piece: Slice, walk: Walk) -> Slice:
    """With what was met on the way to its files."""
    piece.plugins, piece.repositories = walk.new_plugins(), frozenset(walk.repositories)
    piece.linked_folders = dict(walk.linked_folders)
    return piece


def documents(folders: Iterable[str], says: Callable[[bytes], bool]) -> Iterator[FileContent]:
    """The Markdown documents below the folders of which ``says`` is true, whatever they are for."""
    walk = Walk()
    read_so_far = 0
    for folder in folders:
        for path in walk.files(folder):
            if not path.endswith(".md") or linked_folder_around(path, walk.linked_folders):
                continue
            read_so_far += 1
            if read_so_far > _MOST_DOCUMENTS:
                _log.warning("more than %d documents; the others were not searched", _MOST_DOCUMENTS)
                return
            data = read(path, identification.MAX_SIZE)
            if data is not None and says(data):
                yield FileContent(path, *decoding.decode(data))


def _roots(plan: Scan, outside: Mapping[str, Plugin]) -> Iterator[tuple[str, Callable[[str], bool]]]:
    home, servers = home_folder(), _servers_at_home()
    if plan.changed:
        of_user = (plan.user_folder, *_folders_at_home(), *servers) if plan.user_folder else ()

        def is_wanted(path: str) -> bool:
            return plan.is_wanted(path) or locations.is_of_home(path, home) or path in servers

        yield from ((path, is_wanted) for path in plan.changed if _is_reached(path, plan, of_user))
        return
    for folder in plan.folders:
        yield folder, plan.is_wanted
    above = [parent for folder in plan.folders for parent in _up_to_repository(folder)[1:]]
    above += [parent for folder in plan.nearby for parent in _up_to_repository(folder)]
    for parent in above:
        yield os.path.join(parent, configuration().folder), is_of_interest
        yield os.path.join(parent, codex_agents.PLACE), is_of_interest
        yield from (
            (os.path.join(parent, *end.split("/")), is_of_interest) for end in mcp_files.project_paths()
        )
    if plan.user_folder:
        for name in ("agents", "skills", "commands", "rules", "CLAUDE.md"):
            yield os.path.join(plan.user_folder, name), is_of_interest
        for folder in _folders_at_home():
            yield folder, lambda path: locations.is_of_home(path, home)
        yield os.path.join(home, codex_agents.PLACE), is_of_interest
        managed = os.path.join(managed_folder(), configuration().managed_servers)
        yield from ((path, lambda _: True) for path in (*servers, user_servers_file(), managed))
    for folder, plugin in outside.items():
        yield from ((path, is_of_interest) for path in _parts(folder, plugin))


def _servers_at_home() -> list[str]:
    return [os.path.join(home_folder(), *end.split("/")) for end in mcp_files.user_paths()]


def _folders_at_home() -> list[str]:
    return [os.path.join(home_folder(), *folder.split("/")) for folder in locations.home_folders()]


def _parts(folder: str, plugin: Plugin) -> Iterator[str]:
    """Where a plugin's files lie: what a list leads to may be any folder, and is not searched whole."""
    own = (*plugin.unusual, *plugin.parts.get("skills", ()), *plugin.servers)
    for part in dict.fromkeys(("agents", "commands", "skills", "SKILL.md", *own)):
        if part and (path := paths.join(folder, part)):
            yield path


def _up_to_repository(folder: str) -> list[str]:
    """A folder and those above it up to the repository's root; itself alone when there is no repository."""
    chain = [folder]
    while not _is_repository(chain[-1]):
        parent = os.path.dirname(chain[-1])
        if parent == chain[-1]:
            return [folder]
        chain.append(parent)
    return chain


def repository_around(folder: str) -> str:
    """The root of the repository that holds a folder; the folder itself where there is none."""
    return _up_to_repository(folder)[-1]


def _is_repository(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, REPOSITORY_MARK))


def _is_reached(path: str, plan: Scan, of_user: Iterable[str]) -> bool:
    """Whether a scan of everything would come across a path; ``of_user`` is what is scanned at home."""
    for root in (*plan.folders, *of_user):
        if paths.is_within(path, root):
            between = [name for name in os.path.dirname(path)[len(root) :].split(os.sep) if name]
            return all(map(is_entered, between, [os.path.basename(root), *between]))
    return path in plan.known
