"""Progress is shown for a look at the disk that takes long, and for no other."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from agentls.lsp import progress
from agentls.lsp.client_capabilities import ClientCapabilities


class Recorder:
    """A client's side of work-done progress; it may refuse to show anything."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.asked = 0
        self.said: list[tuple[str, str]] = []

    async def create_async(self, token: str) -> None:
        assert token
        self.asked += 1
        if self.refuses:
            raise RuntimeError

    def begin(self, _token, value):
        self.said.append((value.kind, value.message))

    report = end = begin


def started(recorder: Recorder, *, can_show: bool = True) -> progress.Progress:
    """A look at the disk has begun."""
    connection = SimpleNamespace(work_done_progress=recorder)
    shown = progress.Progress(ClientCapabilities(shows_progress=can_show), connection)
    shown(0)
    return shown


async def turns() -> None:
    """Whatever need not wait has been done."""
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    monkeypatch.setattr(progress, "_PAUSE", 0)


async def test_a_long_look_is_shown_with_the_number_of_files():
    recorder = Recorder()
    shown = started(recorder)
    await turns()
    shown(1234)
    await turns()
    shown(None)
    await turns()
    said = recorder.said
    assert said[0] == ("begin", "0 files")
    assert ("report", "1,234 files") in said
    assert said[-1] == ("end", "1,234 files")
    assert [kind for kind, _ in said].count("end") == 1


async def test_a_short_look_is_not_shown(monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", 3600)
    recorder = Recorder()
    shown = started(recorder)
    await turns()
    shown(1234)
    shown(None)
    await turns()
    assert recorder.asked == 0
    assert len(asyncio.all_tasks()) == 1, "nothing waits any more"


async def test_who_cannot_show_or_will_not_gets_nothing():
    for recorder, can_show, asked in ((Recorder(), False, 0), (Recorder(refuses=True), True, 1)):
        shown = started(recorder, can_show=can_show)
        await turns()
        shown(1234)
        await turns()
        shown(None)
        await turns()
        assert (recorder.asked, recorder.said) == (asked, [])
