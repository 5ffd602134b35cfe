"""The tiny server, shared or of one's own.

`PLAIN_PYGLS=1 pytest tests/server/protocol` runs the same server on pygls alone, to see what it lacks.
"""

from __future__ import annotations

import os

import pytest

import tiny
from raw_client import answer_like_an_editor


def scope(**_):
    # pygls alone does not survive many of these tests.
    return "function" if "PLAIN_PYGLS" in os.environ else "module"


@pytest.fixture(scope=scope)
def shared():
    with tiny.start() as client:
        client.initialize()
        yield client


@pytest.fixture
def client(shared):
    """An initialized server that the tests share; nothing may end it, and no error may pop up."""
    yield shared
    shared.answer = answer_like_an_editor
    assert shared.process.poll() is None
    popups = [message for message in shared.notifications if message["method"] == "window/showMessage"]
    shared.notifications.clear()
    assert popups == []
    assert "ERROR:asyncio" not in shared.stderr  # the loop caught what we should have


@pytest.fixture
def fresh():
    """A server of its own, not initialized."""
    with tiny.start() as client:
        yield client


@pytest.fixture
def own(fresh):
    """A server of its own, initialized."""
    fresh.initialize()
    return fresh
