"""What a session reports to whoever shows it; the server's side of an editor implements it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Events(Protocol):
    """Called on the session's thread."""

    def refresh_diagnostics(self, uris: Iterable[str]) -> None:
        """These open documents may have other findings, for a reason outside their text."""

    def schedule_diagnostics(self, uri: str) -> None:
        """An opened document's settings are known, so its findings need not wait any longer."""

    def refresh_lenses_and_hints(self) -> None:
        """What was shown with ``Session.show`` may be outdated."""

    def show_setting_error(self, message: str) -> None:
        """What is wrong with a setting, in words for the user; the same error may come again."""

    def show_scan_progress(self, count: int | None) -> None:
        """The index knows this many files by now; None when a scan of the disk has ended."""
