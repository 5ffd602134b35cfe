"""A session whose disk answers at once, on the same thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.session.state import Session
from agentls.settings.layers import Settings

if TYPE_CHECKING:
    from pathlib import Path


class NoEvents:
    """Nobody shows what a session reports."""

    def refresh_diagnostics(self, uris):
        pass

    def schedule_diagnostics(self, uri):
        pass

    def refresh_lenses_and_hints(self):
        pass

    def show_setting_error(self, message):
        pass

    def show_scan_progress(self, count):
        pass


class AtOnce:
    """Stands for the disk's thread; ``between`` is done whenever something is handed to the loop."""

    def __init__(self, between=lambda: None) -> None:
        self.between = between

    def submit(self, job, then, *_):
        then(job())

    def submit_slices(self, job, each, end):
        for piece in job():
            each(piece)
            self.between()
        end()


def session(root: Path, between=lambda _: None, *, user_scope: bool = False) -> Session:
    """At work on a folder that was read; ``between`` is called with it."""
    made = Session(AtOnce(lambda: between(made)), NoEvents(), settings=Settings(user_scope=user_scope))
    made.open_folders([str(root)])
    made.configure({"userScope": user_scope})
    made.rescan()
    return made
