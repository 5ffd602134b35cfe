"""The only reader and writer of the user's files, on one thread of its own.

A dead network drive must not stop the editor's loop, so nothing here runs on it: a ``Worker`` takes jobs
and posts their results. The command line calls the functions directly.
Every function copes with whatever it meets: what cannot be read is a log line and is left out.
"""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import queue
import stat
import tempfile
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from agentls import configuration, decoding, dialects, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.decoding import Origin

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

# Folders in which no author keeps agents, and which can be very large.
_SKIPPED = frozenset(
    {".git", ".hg", ".svn", "node_modules", "__pycache__", "site-packages", ".venv", "venv", ".tox"}
)
# Other products' folders, entered for the skills in them, which are then named in messages.
_FOREIGN = frozenset(
    {
        ".agent",
        ".agents",
        ".codex",
        ".cursor",
        ".factory",
        ".gemini",
        ".github",
        ".kiro",
        ".opencode",
        ".qwen",
    }
)
_PLUGIN_MARK = ".claude-plugin"
_SERVER_FILES = frozenset({".mcp.json"})
# JSON beside agents; a megabyte of configuration is already absurd, but ~/.claude.json keeps histories.
_MAX_JSON = 32 * dialects.MAX_SIZE
_SLICE = 40


def is_of_interest(path: str) -> bool:
    """Whether the index wants a file: a skill, an agent or command by its folder, a list of servers."""
    name = os.path.basename(path)
    if name in _SERVER_FILES or name == "SKILL.md":
        return True
    if not name.endswith(".md"):
        return False
    folders = path.split(os.sep)
    return "agents" in folders or "commands" in folders or "subagents" in folders


@dataclass(frozen=True, slots=True)
class Found:
    """A file that was read: ``stamp`` changes when the file does."""

    path: str
    source: str
    origin: Origin
    stamp: tuple[int, int] = (0, 0)


@dataclass
class Scan:
    """Where to look. ``folders`` are searched whole; of ``nearby`` only the ``.claude`` folders.

    ``is_wanted`` chooses among the files of ``folders``; elsewhere only what can define a name is read.
    ``user_folder`` is ``~/.claude`` or its stand-in; empty when it is not to be read.
    ``known`` are the stamps of files read before: what has not changed is not read again.
    """

    folders: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()
    user_folder: str = ""
    known: dict[str, tuple[int, int]] = field(default_factory=dict)
    is_wanted: Callable[[str], bool] = is_of_interest


@dataclass
class Slice:
    """A piece of a scan's result. ``seen`` are all paths met so far in the piece, read again or not."""

    found: list[Found] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    plugins: dict[str, str] = field(default_factory=dict)


def user_folder() -> str:
    """``~/.claude``, or the folder that ``CLAUDE_CONFIG_DIR`` names."""
    return os.path.abspath(
        os.environ.get("CLAUDE_CONFIG_DIR") or os.path.join(os.path.expanduser("~"), ".claude")
    )


def is_too_wide(folder: str) -> bool:
    """Whether a folder is no project but everything: a home, or the root of a drive."""
    home = os.path.abspath(os.path.expanduser("~"))
    return paths.key(folder) == paths.key(home) or os.path.dirname(folder) == folder


def user_servers_file() -> str:
    """Where Claude Code keeps the servers of the user and of each project."""
    configured = os.environ.get("CLAUDE_CONFIG_DIR")
    return os.path.join(
        os.path.abspath(configured) if configured else os.path.expanduser("~"), ".claude.json"
    )


def scan(plan: Scan) -> Iterator[Slice]:
    """Everything that can define or use a name, in slices; plugins come before what is in them."""
    walk = _Walk()
    piece = Slice()
    for root, is_wanted in _roots(plan):
        for path in walk.files(root, piece.plugins):
            if not is_wanted(path):
                continue
            piece.seen.append(path)
            if (found := _read_if_changed(path, plan.known)) is not None:
                piece.found.append(found)
            if len(piece.found) >= _SLICE:
                yield piece
                piece = Slice()
    yield piece


def _roots(plan: Scan) -> Iterator[tuple[str, Callable[[str], bool]]]:
    for folder in plan.folders:
        yield folder, plan.is_wanted
    for folder in plan.folders:
        for parent in _up_to_repository(folder):
            yield os.path.join(parent, ".claude"), is_of_interest
            yield os.path.join(parent, ".mcp.json"), is_of_interest
    for folder in plan.nearby:
        for parent in (folder, *_up_to_repository(folder)):
            yield os.path.join(parent, ".claude"), is_of_interest
            yield os.path.join(parent, ".mcp.json"), is_of_interest
    if plan.user_folder:
        for name in ("agents", "skills", "commands", "plugins"):
            yield os.path.join(plan.user_folder, name), is_of_interest
        yield user_servers_file(), lambda _: True


def _up_to_repository(folder: str) -> Iterator[str]:
    """The folders above ``folder`` up to the repository's root; none when there is no repository."""
    chain = [folder]
    while not os.path.lexists(os.path.join(chain[-1], ".git")):
        parent = os.path.dirname(chain[-1])
        if parent == chain[-1]:
            return
        chain.append(parent)
    yield from chain[1:]


@dataclass
class _Walk:
    """Walks folders without recursion, each real folder once, so that links cannot make it endless."""

    visited: set[tuple[int, int]] = field(default_factory=set)

    def files(self, root: str, plugins: dict[str, str]) -> Iterator[str]:
        if os.path.isfile(root):
            yield root
            return
        pending = [root]
        while pending:
            folder = pending.pop()
            entries = self._entries(folder)
            names = {entry.name for entry in entries}
            if _PLUGIN_MARK in names:
                plugins[folder] = _plugin_name(folder)
            if "pyvenv.cfg" in names:
                continue
            folders: list[str] = []
            for entry in sorted(entries, key=lambda entry: entry.name):
                with contextlib.suppress(OSError):
                    if entry.is_dir():
                        folders += [entry.path] if _is_entered(entry.name) else []
                    else:
                        yield entry.path
            pending += reversed(folders)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in self.visited:
                return []
            if status.st_ino:
                self.visited.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                return list(entries)
        except OSError as error:
            if error.errno != errno.ENOENT:
                _log.warning("cannot read the folder %s: %s", folder, error.strerror)
            return []


def _is_entered(name: str) -> bool:
    if name in _SKIPPED:
        return False
    return not name.startswith(".") or name in _FOREIGN or name in dialects.dot_folders()


def _plugin_name(folder: str) -> str:
    data = read(os.path.join(folder, _PLUGIN_MARK, "plugin.json"), _MAX_JSON)
    try:
        name = json.loads(data.decode("utf-8", "replace"))["name"] if data else None
    except (ValueError, TypeError, KeyError, RecursionError):
        name = None
    return name if isinstance(name, str) and name else os.path.basename(folder)


def _read_if_changed(path: str, known: dict[str, tuple[int, int]]) -> Found | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    stamp = (status.st_mtime_ns, status.st_size)
    return None if known.get(path) == stamp else found(path, stamp)


def found(path: str, stamp: tuple[int, int] = (0, 0)) -> Found | None:
    """The file at ``path``, decoded; None (and a log line) when it cannot be read or is too large."""
    data = read(path, dialects.MAX_SIZE if path.endswith(".md") else _MAX_JSON)
    if data is None:
        return None
    source, origin = decoding.decode(data)
    return Found(path, source, origin, stamp)


class UnreadableError(OSError):
    """Why a file cannot be read, in words for the user."""


def read(path: str, limit: int) -> bytes | None:
    """A regular file's bytes, or None; neither devices nor pipes are ever opened."""
    try:
        return read_or_raise(path, limit)
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("cannot read %s: %s", path, error.strerror or error)
        return None


def read_or_raise(path: str, limit: int) -> bytes:
    """A regular file's bytes; raises OSError with words for the user."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError(errno.EINVAL, "not a regular file", path)
    if status.st_size > limit:
        raise UnreadableError(errno.EFBIG, f"larger than {limit // 1024} KiB, which no product loads", path)
    with open(path, "rb") as stream:
        return stream.read(limit + 1)


def is_folder(path: str) -> bool:
    """Whether ``path`` is a folder that can be listed; raises OSError when there is nothing, or no entry."""
    if not stat.S_ISDIR(os.stat(path).st_mode):
        return False
    with os.scandir(path):
        return True


def existing(candidates: Iterable[str]) -> dict[str, bool]:
    """For each path whether something is there."""
    return {path: os.path.exists(path) for path in candidates}


@dataclass(frozen=True, slots=True)
class Look:
    """What the disk knows of one file: its bytes decoded, the plugins that hold it, its configuration."""

    found: Found | None
    plugins: dict[str, str]
    configuration: Found | None = None


def look(path: str) -> Look:
    """Read one file and its neighbourhood."""
    return Look(found(path), plugins_above(path), configuration_above(path))


def configuration_above(path: str) -> Found | None:
    """The nearest configuration file in a folder that holds ``path``, or in ``path`` if it is a folder."""
    for folder in (path, *paths.parents(path)):
        for candidate in configuration.candidates(folder):
            found_here = found(candidate) if os.path.isfile(candidate) else None
            if found_here and configuration.speaks(candidate, found_here.source):
                return found_here
    return None


def plugins_above(path: str) -> dict[str, str]:
    plugins: dict[str, str] = {}
    folder = os.path.dirname(path)
    while True:
        if os.path.isdir(os.path.join(folder, _PLUGIN_MARK)):
            plugins[folder] = _plugin_name(folder)
        parent = os.path.dirname(folder)
        if parent == folder:
            return plugins
        folder = parent


def write(path: str, data: bytes) -> None:
    """Replace a file's bytes at once, keeping its mode; a link stays a link. Raises OSError."""
    target = os.path.realpath(path)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".agentls-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(OSError):
            os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


class Worker:
    """Runs jobs on one thread and hands each result to ``post``, which brings it back to the loop."""

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        self._post = post
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="agentls-disk", daemon=True)
        self._thread.start()

    def submit(self, job: Callable[[], _T], then: Callable[[_T], None]) -> None:
        """Run ``job`` on the disk thread, then ``then`` with its result on the loop."""

        def work() -> None:
            result = job()
            self._post(lambda: then(result))

        self._jobs.put(work)

    def submit_slices(
        self, job: Callable[[], Iterator[_T]], each: Callable[[_T], None], end: Callable[[], None]
    ) -> None:
        """As ``submit`` for a job that yields; what it yields is handed over piece by piece."""

        def work() -> None:
            try:
                for piece in job():
                    self._post(lambda piece=piece: each(piece))  # type: ignore[misc]
            finally:
                self._post(end)

        self._jobs.put(work)

    def close(self) -> None:
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001  one failed job must not end the thread
                _log.exception("a job on the disk failed")
