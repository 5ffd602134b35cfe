"""What counts while files are read, and what a file says then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls import disk
from agentls.outcome.summarize import summarize, summarize_link
from agentls.outcome.summarize_configuration import summarize_configuration_file
from agentls.semantics import mcp_files
from agentls.semantics.file import read_file
from agentls.semantics.summary import FileSummary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from agentls.disk import FileContent
    from agentls.products.identification import Surroundings
    from agentls.semantics.file import File
    from agentls.settings.layers import Settings


class ReadingContext(NamedTuple):
    """``projects`` are the open folders, ``linked_folders`` those of a scan."""

    settings_of: Callable[[str], Settings]
    projects: Sequence[str]
    surroundings: Surroundings
    linked_folders: Mapping[str, str]

    def summarize_content(self, content: FileContent) -> FileSummary:
        """What a file contributes, of a dialect or not."""
        path = content.path
        file = read_file(path, content.source, self.surroundings, settings=self.settings_of(path))
        return self.placed(path, content.source, summarize(file) if file else None)

    def placed(self, path: str, source: str, summary: FileSummary | None) -> FileSummary:
        """The same, where it is known what its dialect makes of it; None for a file of no dialect."""
        if summary and not mcp_files.server_file(path, self.surroundings.home):
            return self._at_link(summary)
        if disk.linked_folder_around(path, self.linked_folders):
            return FileSummary(path)
        listed = summarize_configuration_file(path, source, self.projects, self.surroundings)
        # Of a list of servers its dialect tells what else it names.
        return listed._replace(mentions=summary.mentions) if summary else listed

    def summarize_file(self, file: File) -> FileSummary:
        """The same for a file that was read by its dialect."""
        return self.placed(file.path, file.text.source, summarize(file))

    def _at_link(self, summary: FileSummary) -> FileSummary:
        """What a file says may be known at another path, too."""
        link = disk.linked_folder_around(summary.path, self.linked_folders)
        return summarize_link(summary, link, self.linked_folders[link]) if link else summary

    def summarize_path(self, path: str) -> FileSummary | None:
        """The same for a file on disk; None if that cannot be read."""
        content = disk.file_content(path)
        return self.summarize_content(content) if content else None
