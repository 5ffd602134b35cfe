"""The open documents: the texts that the editor has, and what is known of each until it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.semantics.file import read_file
from agentls.system import paths
from agentls.text.source import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.disk import DiskState, FileContent
    from agentls.findings import Finding
    from agentls.products.identification import Surroundings
    from agentls.semantics.file import File
    from agentls.settings.layers import Settings


@dataclass
class OpenDocument:
    """``findings`` are None as long as nobody has asked for them; every change drops them.

    ``path`` is None for a document that is no file. ``disk_state`` is what the disk said about the file,
    once it did; from then on ``settings`` are those of the file's configuration, too, besides the editor's.
    ``token_data`` are the semantic tokens of the last of all ``token_answers``.
    """

    uri: str
    path: str | None
    version: int
    text: Text
    settings: Settings
    disk_state: DiskState | None = None
    findings: list[Finding] | None = None
    token_data: tuple[int, ...] = ()
    token_answers: int = 0
    _file: File | None = field(default=None, init=False)
    _is_read: bool = field(default=False, init=False)

    @property
    def on_disk(self) -> FileContent | None:
        return self.disk_state.found if self.disk_state else None

    @property
    def configuration(self) -> FileContent | None:
        """The nearest configuration file."""
        return self.disk_state.configuration if self.disk_state else None

    def replace(self, version: int, source: str) -> None:
        """The client's text is the truth, whatever the order of versions says."""
        self.version, self.text = version, Text(source)
        self.forget()

    def forget(self) -> None:
        """Read and check it anew when somebody asks."""
        self._file, self._is_read, self.findings = None, False, None

    def file(self, surroundings: Surroundings) -> File | None:
        """The document as its dialect reads it; None for a file of no dialect. Read once until a change."""
        if self.path is not None and not self._is_read:
            found = self.on_disk
            origin = found.origin.for_text(found.source, self.text.source) if found else None
            self._file = read_file(self.path, self.text.source, surroundings, origin, self.settings)
            self._is_read = True
        return self._file


@dataclass
class OpenDocuments:
    """All open documents, by the URI that the editor gave them and by path, however that is spelt."""

    _by_uri: dict[str, OpenDocument] = field(default_factory=dict)
    _by_path: dict[str, OpenDocument] = field(default_factory=dict)

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(self._by_uri.values())

    def __contains__(self, uri: str) -> bool:
        return uri in self._by_uri

    def get(self, uri: str) -> OpenDocument | None:
        return self._by_uri.get(uri)

    def at(self, path: str) -> OpenDocument | None:
        return self._by_path.get(paths.key(path))

    def add(self, document: OpenDocument) -> None:
        self._by_uri[document.uri] = document
        if document.path is not None:
            self._by_path[paths.key(document.path)] = document

    def remove(self, uri: str) -> OpenDocument | None:
        """The document that was open, if one was."""
        document = self._by_uri.pop(uri, None)
        if document is not None and document.path is not None and self.at(document.path) is document:
            key = paths.key(document.path)
            del self._by_path[key]
            # One file may be open under two URIs.
            others = (other for other in self if other.path is not None and paths.key(other.path) == key)
            self._by_path.update((key, other) for other in others)
        return document

    def uri_of(self, path: str) -> str:
        """The URI of a path, spelt as the editor spells it where it has the file open."""
        document = self.at(path)
        return document.uri if document else paths.to_uri(path)

    def text(self, path: str) -> Text | None:
        """The text of a file that a change may touch: an open one, or the configuration of one."""
        if document := self.at(path):
            return document.text
        found = (document.configuration for document in self)
        return next((Text(one.source) for one in found if one and one.path == path), None)
