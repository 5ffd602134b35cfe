"""One thread for what may take long, and the way back to the loop; it knows nothing of files."""

from __future__ import annotations

import logging
import queue
import threading
from functools import partial
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_log = logging.getLogger(__name__)
_T = TypeVar("_T")


class Worker:
    """Runs jobs on its thread, and hands each result to ``post``, which brings it back to the loop."""

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        self._post = post
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="agentls-worker", daemon=True)
        self._thread.start()

    def submit(
        self,
        job: Callable[[], _T],
        then: Callable[[_T], None],
        otherwise: Callable[[Exception], None] = lambda error: None,  # noqa: ARG005
    ) -> None:
        """Run ``job`` on the thread, then ``then`` with its result on the loop; ``otherwise`` if it fails."""

        def work() -> None:
            try:
                result = job()
            except Exception as error:
                self._post(partial(otherwise, error))
                raise
            self._post(lambda: then(result))

        self._jobs.put(work)

    def submit_slices(
        self, job: Callable[[], Iterator[_T]], each: Callable[[_T], None], end: Callable[[], None]
    ) -> None:
        """As ``submit`` for a job that yields; what it yields is handed over piece by piece.

        The job waits until a piece is taken, so that other things that wait on the loop come in between.
        """

        def work() -> None:
            try:
                for piece in job():
                    taken = threading.Event()
                    self._post(partial(_take, each, piece, taken))
                    taken.wait()
            finally:
                self._post(end)

        self._jobs.put(work)

    def close(self) -> None:
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001  one failed job must not end the thread
                _log.exception("a job failed")


def _take(each: Callable[[_T], None], piece: _T, taken: threading.Event) -> None:
    try:
        each(piece)
    finally:
        taken.set()
