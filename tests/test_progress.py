"""Progress is shown for a look at the disk that takes long, and for no other."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from agentls.lsp import progress
from agentls.lsp.client import Client


class Recorder:
    """A client's side of work-done progress; it may refuse to show anything."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self.said: list[tuple[str, str]] = []

    async def create_async(self, token: str) -> None:
        assert token
        if self.refuses:
            raise RuntimeError

    def begin(self, _token, value):
        self.said.append((value.kind, value.message))

    report = end = begin


async def looked(seconds: float, recorder: Recorder, *, can_show: bool = True) -> list[tuple[str, str]]:
    server = SimpleNamespace(client=Client(shows_progress=can_show), work_done_progress=recorder)
    shown = progress.Progress(server)
    shown(0)
    await asyncio.sleep(seconds)
    shown(1234)
    await asyncio.sleep(seconds)
    shown(None)
    await asyncio.sleep(seconds)
    return recorder.said


@pytest.fixture(autouse=True)
def hurry(monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", 0.1)
    monkeypatch.setattr(progress, "_PAUSE", 0.02)


async def test_a_long_look_is_shown_with_the_number_of_files():
    said = await looked(0.2, Recorder())
    assert said[0] == ("begin", "0 files")
    assert ("report", "1,234 files") in said
    assert said[-1] == ("end", "1,234 files")
    assert [kind for kind, _ in said].count("end") == 1


async def test_a_short_look_is_not_shown():
    assert await looked(0.02, Recorder()) == []


async def test_who_cannot_show_or_will_not_gets_nothing():
    assert await looked(0.2, Recorder(), can_show=False) == []
    assert await looked(0.2, Recorder(refuses=True)) == []
