"""How ``agentls check`` can say what it found: a module for each format, loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.batch import Report
    from agentls.cli.output.listing import OutputPage


class ReportFormat(NamedTuple):
    """``module`` writes it; one ``is_for_people`` ends with a summary and may have colors."""

    module: str
    is_for_people: bool = False

    def lines(self, reports: Iterable[Report], page: OutputPage) -> Iterator[str]:
        found: Iterator[str] = import_module(f"agentls.cli.output.{self.module}").write(reports, page)
        return found


FORMATS = {
    "text": ReportFormat("listing", is_for_people=True),
    "concise": ReportFormat("concise", is_for_people=True),
    "json": ReportFormat("json_findings"),
    "github": ReportFormat("github_annotations"),
    "sarif": ReportFormat("sarif"),
    "gitlab": ReportFormat("gitlab_code_quality"),
    "junit": ReportFormat("junit"),
    "markdown": ReportFormat("markdown_table"),
}
