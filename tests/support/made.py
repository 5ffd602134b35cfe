"""A workspace made of texts, read and checked as if it lay on disk; no file is opened."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from agentls.indexing.reading_context import ReadingContext
from agentls.linter import engine
from agentls.outcome.summarize import summarize
from agentls.products import plugins
from agentls.products.configuration import configuration
from agentls.products.identification import Surroundings
from agentls.refactoring import move, rename
from agentls.semantics.file import OtherFile, read_file
from agentls.semantics.matching_files import ProjectFiles
from agentls.semantics.resolution import ResolutionContext
from agentls.settings.layers import Settings
from agentls.text.decoding import decode
from agentls.text.source import Text
from agentls.workspace import Context, ScopedView, View, Workspace

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agentls.findings import Change, Finding
    from agentls.products.plugins import Plugin
    from agentls.semantics.file import File

_T = TypeVar("_T")
# Folders that exist on no machine, so that a test that reaches for the disk finds nothing.
PROJECT = os.path.abspath("/project")
USER = os.path.abspath("/home/user")


@dataclass
class Made:
    """A workspace made of texts, every file of which has been checked."""

    view: View
    surroundings: Surroundings
    files: dict[str, File]
    pages: dict[str, OtherFile]
    findings: dict[str, list[Finding]]
    texts: frozenset[str]

    @property
    def everywhere(self) -> ScopedView:
        """The view of all that there is."""
        return self.view.within(ResolutionContext())

    def context(self, file: File) -> Context:
        return Context(self.view, file)

    def with_paths(self, ask: Callable[[], _T]) -> _T:
        """What is said once it is known which of the paths exist that are asked for."""
        while True:
            found = ask()
            unknown, folders = self.view.unknown_paths, self.view.unknown_folders
            if not unknown and not folders:
                return found
            self.view.workspace.update_files({folder: _files(folder, self.texts) for folder in folders})
            self.view.workspace.update_paths({path: _exists(path, self.texts) for path in unknown})

    def mentioning(self, wanted: Iterable[str], mentions: re.Pattern[bytes] | None) -> list[File | OtherFile]:
        """The files that the session would hand over: the wanted ones, and documents that say something."""
        named = set(wanted)
        return [
            file
            for path, file in {**self.files, **self.pages}.items()
            if path in named or (mentions and path.endswith(".md") and mentions(file.text.source.encode()))
        ]

    def names_in(self, folders: Iterable[str]) -> list[str]:
        """What the disk would say is in the folders."""
        below = [path[len(f) + 1 :] for f in folders for path in self.texts if path.startswith(f + os.sep)]
        return sorted({one.split(os.sep)[0] + ("/" if os.sep in one else "") for one in below})

    def rename(self, found: rename.Renaming, new: str) -> Change:
        """What a rename changes, moves included."""
        mentions = move.mentions_any(rename.words(self.view, found))
        files = self.mentioning(rename.files_to_read(self.view, found), mentions)
        moved = dict(rename.moves(self.view, found, new))
        change = self.with_paths(lambda: rename.change(self.view, [(found, new)], moved, files))
        return replace(change, renames=moved)


def make(contents: Mapping[str, str | bytes], settings: Settings | None = None) -> Made:
    """Read and check a workspace; the keys are paths as the cases write them.

    Text is what an editor shows, bytes are what is on disk.
    """
    decoded = {
        locate(path): decode(content) if isinstance(content, bytes) else (content, None)
        for path, content in contents.items()
    }
    located = {path: text for path, (text, _) in decoded.items()}
    surroundings = Surroundings(
        os.path.join(USER, ".claude"), dict(_plugins(located)), USER, frozenset(_repositories(located))
    )
    workspace = Workspace(is_complete=True, folders=(PROJECT,), home=USER)
    reading = ReadingContext(lambda _: settings or Settings(), [PROJECT], surroundings, {})
    read: dict[str, File] = {}
    pages: dict[str, OtherFile] = {}
    for path, (text, origin) in decoded.items():
        file = read_file(path, text, surroundings, origin, settings)
        if file:
            read[path] = file
        else:
            pages[path] = OtherFile(path, Text(text))
        workspace.put(reading.placed(path, text, summarize(file) if file else None))
    made = Made(View(workspace), surroundings, read, pages, {}, frozenset(located))
    contexts = {path: made.context(file) for path, file in read.items()}
    # The case's own files are all there is.
    made.findings = made.with_paths(lambda: {p: engine.check(context) for p, context in contexts.items()})
    return made


def locate(path: str) -> str:
    """Where a path of a case lies: below the project, or below the user's folder if it starts with ``~/``."""
    if path.startswith("~/"):
        return os.path.join(USER, *path.split("/")[1:])
    return os.path.join(PROJECT, *path.split("/"))


def shown(path: str) -> str:
    """The inverse of ``locate``."""
    for folder, start in ((PROJECT, ""), (USER, "~/")):
        if path.startswith(folder + os.sep):
            return start + path[len(folder) + 1 :].replace(os.sep, "/")
    return path


def _files(folder: str, texts: frozenset[str]) -> ProjectFiles:
    start = f"{folder.rstrip('/')}/"
    return ProjectFiles(folder, tuple(sorted(p.removeprefix(start) for p in texts if p.startswith(start))))


def _exists(path: str, texts: Iterable[str]) -> bool:
    return any(other == path or other.startswith(path + os.sep) for other in texts)


def _repositories(texts: Iterable[str]) -> Iterator[str]:
    """The folders with a ``.git``, which a case gives a file like any other."""
    mark = f"{os.sep}.git{os.sep}"
    return (path.partition(mark)[0] for path in texts if mark in path)


def _plugins(texts: Mapping[str, str]) -> Iterator[tuple[str, Plugin]]:
    for path, text in texts.items():
        folder, name = os.path.split(path)
        if os.path.basename(folder) != configuration().plugin_folder:
            continue
        root = os.path.dirname(folder)
        if name == "plugin.json":
            found = plugins.manifest(os.path.basename(root), data := _data(text or "{}"))
            yield root, replace(found, refusal=plugins.refusal(data)) if text else found
        elif name == "marketplace.json" and os.path.join(folder, "plugin.json") not in texts:
            yield root, plugins.manifest(os.path.basename(root), {})


def _data(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
