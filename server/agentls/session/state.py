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
from agentls.workspace import Context, View, queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.findings import Finding, Fix
    from agentls.semantics.file import File
    from agentls.session.listener import Events
    from agentls.system.worker import Worker
    from agentls.workspace import Query, Workspace

# Asks the workspace for all that is shown beside texts; no URI.
_SHOWN = "shown"

_log = logging.getLogger(__name__)


@dataclass
class Session:
    """``folders`` are the open workspace folders; without any, each file's own project is scanned.

    ``settings`` are those of the editor and of the first folder; an open file may have nearer ones. It is
    the index's ``Listener``.
    """

    worker: Worker
    events: Events
    settings: Settings = field(default_factory=Settings)
    editor: Layer = field(default_factory=lambda: Layer(None))
    documents: OpenDocuments = field(default_factory=OpenDocuments)
    index: Index = field(init=False)
    _shown: set[Query] = field(default_factory=set)
    _configured: SettingsOfFiles = field(default_factory=lambda: SettingsOfFiles(None))

    def __post_init__(self) -> None:
        self.index = Index(worker=self.worker, listener=self)

    @property
    def workspace(self) -> Workspace:
        return self.index.workspace

    @property
    def folders(self) -> list[str]:
        return self.index.folders

    # Documents

    def open(self, uri: str, version: int, source: str) -> None:
        path = paths.from_uri(uri)
        document = OpenDocument(uri, path=path, version=version, text=Text(source), settings=self.settings)
        self.documents.add(document)
        if path is None:
            return
        self._request_disk_state(document, path)
        self._update_summary(document)
        if not self.index.is_covered(path):
            self.rescan()

    def _request_disk_state(self, document: OpenDocument, path: str) -> None:
        self.worker.submit(lambda: disk.inspect(path), lambda state: self._apply_disk_state(document, state))

    def _apply_disk_state(self, document: OpenDocument, state: disk.DiskState) -> None:
        """The disk has answered about an open file."""
        if self.documents.get(document.uri) is not document:
            return
        is_first = document.disk_state is None
        before = document.on_disk
        is_other = state.found != before and (_is_in_trouble(state.found) or _is_in_trouble(before))
        document.disk_state = state
        is_news = self.index.add_plugins_around(state.plugins)
        settings = self._settings(state.configuration)
        is_news = is_news or settings != document.settings
        document.settings = settings
        # Only a file in trouble has anything to say about its bytes, or one that is another plugin's now.
        if is_news or is_other:
            document.forget()
            self._update_summary(document)
            self.events.refresh_diagnostics([document.uri])
            self.events.refresh_lenses_and_hints()
        elif is_first:
            self.events.schedule_diagnostics(document.uri)

    def change(self, uri: str, version: int, source: str) -> None:
        document = self.documents.get(uri)
        if document is None:
            _log.warning("a change of a document that is not open")
            return
        document.replace(version, source)
        self._update_summary(document)

    def saved(self, uri: str) -> None:
        """The editor has written the file; in which bytes, the disk knows."""
        document = self.documents.get(uri)
        if document is not None and document.path is not None:
            self._request_disk_state(document, document.path)

    def close(self, uri: str) -> None:
        document = self.documents.remove(uri)
        if document is None or document.path is None:
            return
        self.workspace.set_dependencies(uri, frozenset())
        self.index.update_closed(document.path)

    def _update_summary(self, document: OpenDocument) -> None:
        """Let the other files know what an open one defines."""
        file = self.file(document.uri)
        if file is not None:
            self.dependents_changed(self.workspace.put(self.index.summarize_file(file)) - {document.uri})
        elif document.path is not None:
            summary = self.index.summarize_configuration_file(document.path, document.text.source)
            self.dependents_changed(self.workspace.put(summary))

    def file(self, uri: str) -> File | None:
        """The open document as its dialect reads it; None for a file of no dialect."""
        document = self.documents.get(uri)
        return document.file(self.index.surroundings) if document else None

    # Findings

    def findings(self, uri: str) -> list[Finding]:
        """What is wrong with an open document; computed when it is not known."""
        document = self.documents.get(uri)
        file = self.file(uri)
        if document is None or file is None:
            return []
        if document.findings is None:
            context = self.context(file)
            document.findings = engine.check(context)
            self.workspace.set_dependencies(uri, frozenset(context.view.queries))
            self.index.check_paths(context.view.unknown_paths)
            self.index.list_files(context.view.unknown_folders)
        return document.findings

    def fixes(self, uri: str, finding: Finding) -> list[Fix]:
        file = self.file(uri)
        return engine.fixes(self.context(file), finding) if file else []

    def configuration(self, uri: str) -> ConfigFile | None:
        """The configuration file that counts for an open file, or where a first one belongs."""
        document = self.documents.get(uri)
        file = self.file(uri)
        if document is None or document.path is None or document.disk_state is None or file is None:
            return None
        if found := document.configuration:
            return ConfigFile(found.path, found.source)
        # What the user's own folder holds belongs to no project.
        if file.scope == "user":
            return None
        folder = next((f for f in self.folders if paths.is_within(document.path, f)), file.identity.root)
        return ConfigFile(os.path.join(folder, config_files.OWN_NAME), None)

    def open_files(self) -> list[File | OtherFile]:
        """Every open document; one of no dialect as a page."""
        return [
            self.file(document.uri) or OtherFile(document.path, document.text)
            for document in self.documents
            if document.path is not None
        ]

    def is_open(self, path: str) -> bool:
        return self.documents.at(path) is not None

    def view(self) -> View:
        return View(self.workspace)

    def context(self, file: File) -> Context:
        """A file and what its names mean, for one check or one request."""
        return Context(self.view(), file)

    def dependents_changed(self, dependents: Iterable[str]) -> None:
        """Dependents are the URIs of open documents, since only those are checked, and what is shown."""
        dependents = frozenset(dependents)
        concerned = [document for document in self.documents if document.uri in dependents]
        for document in concerned:
            document.findings = None
        if concerned:
            self.events.refresh_diagnostics([document.uri for document in concerned])
        if _SHOWN in dependents:
            self.events.refresh_lenses_and_hints()

    def show(self, context: Context) -> None:
        """What is shown beside a text came from this context; ``events`` are told when it may be another."""
        # Of the text itself the client knows.
        self._shown |= context.view.queries - {queries.of_summary(context.file.path)}
        self.workspace.set_dependencies(_SHOWN, frozenset(self._shown))

    # Settings

    def configure(self, raw: Any) -> None:
        """Take in what the editor has set; its settings beat those of configuration files."""
        self.editor = Layer(raw, tuple(self.folders), "editor")
        self.settings = self._settings(None)
        self.events.refresh_lenses_and_hints()
        for document in self.documents:
            # The first request to the disk is still under way for the others.
            if document.disk_state is not None:
                self._apply_disk_state(document, document.disk_state)

    def _settings(self, found: disk.FileContent | None) -> Settings:
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
        if any(map(disk.affects_other_files, changed)):
            self.rescan()
        else:
            self.index.scan(changed)

    def rescan(self) -> None:
        """Scan the disk again; what has not changed is not read again."""
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
        self.index.scan_all(self._projects(), user_folder, settings.of)

    def _projects(self) -> list[str]:
        """The projects of open files that lie in no workspace folder."""
        found: dict[str, None] = {}
        for document in self.documents:
            if document.path and not self.index.is_covered(document.path):
                found[locations.project_of(document.path) or os.path.dirname(document.path)] = None
        return list(found)

    def projects_changed(self) -> None:
        for document in self.documents:
            document.forget()
            self._update_summary(document)
        self.events.refresh_diagnostics([document.uri for document in self.documents])

    def scan_progressed(self, count: int | None) -> None:
        self.events.show_scan_progress(count)

    def scan_finished(self) -> None:
        for complaint in self._configured.complaints:
            self.events.show_setting_error(complaint)
        for document in self.documents:
            # Its configuration may be another one now.
            if document.path is not None:
                self._request_disk_state(document, document.path)


def _is_in_trouble(found: disk.FileContent | None) -> bool:
    return found is not None and not found.origin.is_healthy
