"""An open document: the text that the editor has, and what is known of it until it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls import file as files
from agentls.text import Text

if TYPE_CHECKING:
    from agentls.dialects import Surroundings
    from agentls.disk import Found, Look
    from agentls.file import File
    from agentls.findings import Finding
    from agentls.settings import Settings


@dataclass
class Buffer:
    """``findings`` are None as long as nobody has asked for them; every change drops them.

    ``path`` is None for a document that is no file. ``look`` is what the disk said about the file, once it
    did; from then on ``settings`` are not only the editor's but those of the file's configuration, too.
    """

    uri: str
    path: str | None
    version: int
    text: Text
    settings: Settings
    look: Look | None = None
    findings: list[Finding] | None = None
    _file: File | None = field(default=None, init=False)
    _is_read: bool = field(default=False, init=False)

    @property
    def on_disk(self) -> Found | None:
        return self.look.found if self.look else None

    @property
    def configuration(self) -> Found | None:
        """The nearest configuration file."""
        return self.look.configuration if self.look else None

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
            origin = found.origin.seen_as(found.source, self.text.source) if found else None
            self._file = files.read(self.path, self.text.source, surroundings, origin, self.settings)
            self._is_read = True
        return self._file
