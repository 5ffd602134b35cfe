"""Requests of ours to the client whose answer changes nothing."""

from __future__ import annotations

import asyncio
from typing import Any


def send(request: Any) -> None:
    """Send a request and go on; a refusal is in the log already."""
    task = asyncio.ensure_future(request)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
