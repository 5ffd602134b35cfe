"""What must hold for a session: after any script of edits it says what a new one says."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from agentls.session.state import Session
from at_once import NoEvents
from material_of_laws import no_home, sources, unbroken

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentls.text.source import Span

_PLACES = (
    ".claude/agents/a.md",
    ".claude/agents/b.md",
    ".claude/skills/deploy/SKILL.md",
    ".claude/skills/verfy/SKILL.md",
    ".mcp.json",
    "agentls.toml",
)
_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "open",
                "edit",
                "edit",
                "edit",
                "close",
                "save",
                "write",
                "write",
                "delete",
                "rescan",
                "wait",
                "look",
            ]
        ),
        st.sampled_from(_PLACES),
        sources,
        st.integers(0, 200),
        st.integers(0, 60),
    ),
    max_size=14,
)


class _Inline:
    """Stands in for the disk's thread: what was asked for is done when the script says so."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], object]] = []

    def submit(self, job, then, *_):
        self.jobs.append(lambda: then(job()))

    def submit_slices(self, job, each, end):
        def work():
            for piece in job():
                each(piece)
            end()

        self.jobs.append(work)

    def close(self):
        pass

    def drain(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()


class _Desk:
    """A session at work on a folder, beside the model: what each document says, open or on disk."""

    def __init__(self, root: Path) -> None:
        self.root, self.clock = root, 1
        self.open: dict[str, str] = {}
        self.worker = _Inline()
        self.session = Session(self.worker, NoEvents())
        self.session.open_folders([str(root)])
        self.session.rescan()
        self.worker.drain()

    def uri(self, place: str) -> str:
        return (self.root / place).as_uri()

    def do(self, step: str, place: str, source: str, start: int, length: int) -> None:
        uri = self.uri(place)
        if step == "open" and place not in self.open:
            self.open[place] = source
            self.session.open(uri, 1, source)
        elif step == "edit" and place in self.open:
            before = self.open[place]
            self.open[place] = before[:start] + source[start : start + length] + before[start + length :]
            self.session.change(uri, 2, self.open[place])
        elif step == "close" and place in self.open:
            del self.open[place]
            self.session.close(uri)
        elif step == "save" and place in self.open:
            self._write(place, self.open[place])
            self.session.saved(uri)
        elif step == "write":
            self._write(place, source)
        elif step == "delete":
            (self.root / place).unlink(missing_ok=True)
        elif step == "rescan":
            self.session.rescan()
        elif step == "look" and place in self.open:
            self.session.findings(uri)
        elif step == "wait":
            self.worker.drain()

    def _write(self, place: str, source: str) -> None:
        path = self.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.encode("utf-8", "replace"))
        # Two writes within one tick of the file system's clock would look like one.
        self.clock += 1
        os.utime(path, ns=(self.clock * 10**9, self.clock * 10**9))

    def findings(self) -> dict[str, list[tuple[Span, str, str]]]:
        self.worker.drain()
        self.session.rescan()
        self.worker.drain()
        # What was asked for the first time brings new questions to the disk.
        for place in self.open:
            self.session.findings(self.uri(place))
        self.worker.drain()
        return {
            place: [(one.span, one.rule, one.message) for one in self.session.findings(self.uri(place))]
            for place in sorted(self.open)
        }


@given(steps=_STEPS)
def after_any_script_a_session_says_what_a_new_one_says(steps: list[tuple[str, str, str, int, int]]):
    with tempfile.TemporaryDirectory() as folder, no_home(), unbroken():
        desk = _Desk(Path(folder).resolve())
        for step in steps:
            desk.do(*step)
        said = desk.findings()
        fresh = _Desk(desk.root)
        for place, source in desk.open.items():
            fresh.do("open", place, source, 0, 0)
        assert said == fresh.findings()
