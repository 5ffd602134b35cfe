"""How long a test waits for what must come: a slow machine has the time, and a quick one does not take it."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

# For one answer, one finding, one process (seconds).
PATIENCE = 120.0
# For a program that does a whole piece of work: an editor, a type checker. Less than half of pytest's limit.
PATIENCE_WITH_PROGRAMS = 480.0
_PAUSE = 0.02
_T = TypeVar("_T")


def until(ask: Callable[[], _T], what: str | Callable[[], str]) -> _T:
    """The first answer that is not false."""
    end = time.monotonic() + PATIENCE
    while not (answer := ask()):
        assert time.monotonic() < end, f"waited in vain: {what if isinstance(what, str) else what()}"
        time.sleep(_PAUSE)
    return answer


async def until_async(ask: Callable[[], Awaitable[_T]], what: str | Callable[[], str]) -> _T:
    """The same where a loop must go on meanwhile."""
    end = time.monotonic() + PATIENCE
    while not (answer := await ask()):
        assert time.monotonic() < end, f"waited in vain: {what if isinstance(what, str) else what()}"
        await asyncio.sleep(_PAUSE)
    return answer
