"""The only owner of what changes: open buffers, the workspace, what was found, what to check again.

Everything here runs on one thread; the disk's results arrive as calls. No protocol type enters.
"""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from agentls import disk
from agentls.indexing.effective_settings import SettingsOfFiles, effective_settings
from agentls.indexing.index import Index
from agentls.linter import engine
from agentls.products import locations
from agentls.semantics.file import OtherFile
from agentls.session.open_documents import OpenDocument, OpenDocuments
from agentls.settings import config_files
from agentls.settings.config_files import ConfigFile
from agentls.settings.layers import Layer, Settings
from agentls.system import paths
from agentls.text.source import Text
from agentls.workspace import Context, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.findings import Finding, Fix
    from agentls.semantics.file import File
    from agentls.session.events import Events
    from agentls.system.worker import Worker
    from agentls.workspace import Query, Workspace

# Asks the workspace for all that is shown beside texts; no URI.
_SHOWN = "shown"

_log = logging.getLogger(__name__)


@dataclass
class Session:
    """``folders`` are the open workspace folders; without any, each file's own project is looked at.

    ``settings`` are those of the editor and of the first folder; an open file may have nearer ones. It is
    the index's ``Listener``.
    """

    worker: Worker
    events: Events
    settings: Settings = field(default_factory=Settings)
    editor: Layer = field(default_factory=lambda: Layer(None))
    buffers: OpenDocuments = field(default_factory=OpenDocuments)
    index: Index = field(init=False)
    _shown: set[Query] = field(default_factory=set)
    _was_complete: bool = False
    _configured: SettingsOfFiles = field(default_factory=lambda: SettingsOfFiles(None))

    def __post_init__(self) -> None:
        self.index = Index(self.worker, self)

    @property
    def workspace(self) -> Workspace:
        return self.index.workspace

    @property
    def folders(self) -> list[str]:
        return self.index.folders

    # Documents

    def open(self, uri: str, version: int, source: str) -> None:
        path = paths.from_uri(uri)
        buffer = OpenDocument(uri, path, version, Text(source), self.settings)
        self.buffers.add(buffer)
        if path is None:
            return
        self._look(buffer, path)
        self._learn_buffer(buffer)
        if not self.index.is_covered(path):
            self.rescan()

    def _look(self, buffer: OpenDocument, path: str) -> None:
        self.worker.submit(lambda: disk.look(path), lambda look: self._looked(buffer, look))

    def _looked(self, buffer: OpenDocument, look: disk.Look) -> None:
        """The disk has answered about an open file."""
        if self.buffers.get(buffer.uri) is not buffer:
            return
        is_first = buffer.look is None
        before = buffer.on_disk
        is_other = look.found != before and (_is_in_trouble(look.found) or _is_in_trouble(before))
        buffer.look = look
        is_news = self.index.add_plugins_around(look.plugins)
        settings = self._settings(look.configuration)
        is_news = is_news or settings != buffer.settings
        buffer.settings = settings
        # Only a file in trouble has anything to say about its bytes, or one that is another plugin's now.
        if is_news or is_other:
            buffer.forget()
            self._learn_buffer(buffer)
            self.events.refresh_diagnostics([buffer.uri])
            self.events.refresh_lenses_and_hints()
        elif is_first:
            self.events.schedule_diagnostics(buffer.uri)

    def change(self, uri: str, version: int, source: str) -> None:
        buffer = self.buffers.get(uri)
        if buffer is None:
            _log.warning("a change of a document that is not open")
            return
        buffer.replace(version, source)
        self._learn_buffer(buffer)

    def saved(self, uri: str) -> None:
        """The editor has written the file; in which bytes, the disk knows."""
        buffer = self.buffers.get(uri)
        if buffer is not None and buffer.path is not None:
            self._look(buffer, buffer.path)

    def close(self, uri: str) -> None:
        buffer = self.buffers.remove(uri)
        if buffer is None or buffer.path is None:
            return
        self.workspace.set_dependencies(uri, frozenset())
        self.index.return_to_disk(buffer.path)

    def _learn_buffer(self, buffer: OpenDocument) -> None:
        """Let the other files know what an open one defines."""
        file = self.file(buffer.uri)
        if file is not None:
            self.dependents_changed(self.workspace.put(self.index.summarize_file(file)) - {buffer.uri})
        elif buffer.path is not None:
            summary = self.index.summarize_other(buffer.path, buffer.text.source)
            self.dependents_changed(self.workspace.put(summary))

    def file(self, uri: str) -> File | None:
        """The open document as its dialect reads it; None for a file of no dialect."""
        buffer = self.buffers.get(uri)
        return buffer.file(self.index.surroundings) if buffer else None

    # Findings

    def findings(self, uri: str) -> list[Finding]:
        """What is wrong with an open document; computed when it is not known."""
        buffer = self.buffers.get(uri)
        file = self.file(uri)
        if buffer is None or file is None:
            return []
        if buffer.findings is None:
            context = self.context(file)
            buffer.findings = engine.check(context)
            self.workspace.set_dependencies(uri, frozenset(context.view.queries))
            self.index.look_for_paths(context.view.unknown_paths)
        return buffer.findings

    def fixes(self, uri: str, finding: Finding) -> list[Fix]:
        file = self.file(uri)
        return engine.fixes(self.context(file), finding) if file else []

    def configuration(self, uri: str) -> ConfigFile | None:
        """The configuration file that counts for an open file, or where a first one belongs."""
        buffer = self.buffers.get(uri)
        file = self.file(uri)
        if buffer is None or buffer.path is None or buffer.look is None or file is None:
            return None
        if found := buffer.configuration:
            return ConfigFile(found.path, found.source)
        # What the user's own folder holds belongs to no project.
        if file.scope == "user":
            return None
        folder = next((f for f in self.folders if paths.is_within(buffer.path, f)), file.identity.root)
        return ConfigFile(os.path.join(folder, config_files.OWN_NAME), None)

    def open_files(self) -> list[File | OtherFile]:
        """Every open document; one of no dialect as a page."""
        return [
            self.file(buffer.uri) or OtherFile(buffer.path, buffer.text)
            for buffer in self.buffers
            if buffer.path is not None
        ]

    def is_open(self, path: str) -> bool:
        return self.buffers.at(path) is not None

    def view(self) -> View:
        return View(self.workspace)

    def context(self, file: File) -> Context:
        """A file and what its names mean, for one check or one request."""
        return Context(self.view(), file)

    def dependents_changed(self, dependents: Iterable[str]) -> None:
        """Dependents are the URIs of open documents, since only those are checked, and what is shown."""
        dependents = frozenset(dependents)
        concerned = [buffer for buffer in self.buffers if buffer.uri in dependents]
        for buffer in concerned:
            buffer.findings = None
        if concerned:
            self.events.refresh_diagnostics([buffer.uri for buffer in concerned])
        if _SHOWN in dependents:
            self.events.refresh_lenses_and_hints()

    def show(self, view: View) -> None:
        """What is shown beside a text came from this view; ``events`` are told when it may be another."""
        self._shown |= view.queries
        self.workspace.set_dependencies(_SHOWN, frozenset(self._shown))

    # Settings

    def configure(self, raw: Any) -> None:
        """Take in what the editor has set; its settings beat those of configuration files."""
        self.editor = Layer(raw, tuple(self.folders), "editor")
        self.settings = self._settings(None)
        self.events.refresh_lenses_and_hints()
        for buffer in self.buffers:
            # The first look at the disk is still under way for the others.
            if buffer.look is not None:
                self._looked(buffer, buffer.look)

    def _settings(self, found: disk.Found | None) -> Settings:
        """The settings where ``found`` is the nearest configuration."""
        settings, complaints = effective_settings(found, self.editor)
        for complaint in complaints:
            self.events.show_setting_error(complaint)
        return settings

    # The workspace

    def open_folders(self, folders: Iterable[str]) -> None:
        """Take these for the workspace; of one that holds everything, only the projects of open files."""
        self.index.folders = [folder for folder in dict.fromkeys(folders) if not disk.is_too_wide(folder)]
        # Globs are relative to the folder that holds a file.
        self.editor = self.editor._replace(roots=tuple(self.folders))

    def set_folders(self, added: Iterable[str], removed: Iterable[str]) -> None:
        gone = set(removed)
        self.open_folders([*(folder for folder in self.folders if folder not in gone), *added])
        self.rescan()

    def changed_on_disk(self, changed: Iterable[str]) -> None:
        """Files or folders at these paths were made, changed or deleted."""
        changed = list(changed)
        if any(map(disk.is_about_others, changed)):
            self.rescan()
        else:
            self.index.look_at(changed)

    def rescan(self) -> None:
        """Look at the disk again; what has not changed is not read again."""
        settings = SettingsOfFiles(self.editor)
        roots = self.folders or self._projects() or [os.sep]
        self.worker.submit(
            lambda: [settings.of_folder(root) for root in roots], partial(self._scan, settings)
        )

    def _scan(self, settings: SettingsOfFiles, of_roots: list[Settings]) -> None:
        self.settings = of_roots[0]
        self._configured = settings
        # Each file knows whether what is the user's own counts for it.
        user_folder = disk.user_folder() if any(one.user_scope for one in of_roots) else ""
        self.index.look_at_everything(self._projects(), user_folder, settings.of)

    def _projects(self) -> list[str]:
        """The projects of open files that lie in no workspace folder."""
        found: dict[str, None] = {}
        for buffer in self.buffers:
            if buffer.path and not self.index.is_covered(buffer.path):
                found[locations.project_of(buffer.path) or os.path.dirname(buffer.path)] = None
        return list(found)

    def projects_changed(self) -> None:
        for buffer in self.buffers:
            buffer.forget()
            self._learn_buffer(buffer)
        self.events.refresh_diagnostics([buffer.uri for buffer in self.buffers])

    def scan_progressed(self, count: int | None) -> None:
        self.events.show_scan_progress(count)

    def scan_finished(self) -> None:
        for complaint in self._configured.complaints:
            self.events.show_setting_error(complaint)
        for buffer in self.buffers:
            # Its configuration may be another one now.
            if buffer.path is not None:
                self._look(buffer, buffer.path)
        if self._was_complete != self.workspace.is_complete:
            # What nobody could tell before is missing now, or the other way round.
            self._was_complete = self.workspace.is_complete
            self.dependents_changed([buffer.uri for buffer in self.buffers])


def _is_in_trouble(found: disk.Found | None) -> bool:
    return found is not None and not found.origin.is_healthy
