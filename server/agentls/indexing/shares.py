"""Part of many files, of which another process makes the summaries meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.indexing import json_codec
from agentls.semantics.summary import FileSummary
from agentls.system import parallel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agentls.indexing.reading_context import ReadingContext

# A helper makes both processes copy some megabytes, which takes as long as some fifty files.
_LEAST = 400
# Seconds. A helper begins with its share before we do with ours, which is as large.
_PATIENCE = 5.0


class Share(NamedTuple):
    """Files of which a helper makes the summaries as ``context`` has it."""

    paths: Sequence[str]
    context: ReadingContext
    helper: parallel.ChildProcess

    def summaries(self) -> Iterator[tuple[str, FileSummary | None]]:
        """Each file with its summary; waits for the helper, and does without it if need be."""
        done = self.helper.results(_PATIENCE)
        known = map(self.context.summarize_path, self.paths) if done is None else map(_decoded, done)
        return zip(self.paths, known, strict=True)


def divide(paths: Sequence[str], context: ReadingContext) -> tuple[Sequence[str], Share | None]:
    """The files to be read here, and a helper's share; called only where ``ChildProcess`` allows it."""
    if len(paths) < _LEAST or parallel.cores() == 1:
        return paths, None

    def work(path: str) -> Any:
        return json_codec.encode(context.summarize_path(path))

    own, theirs = paths[: len(paths) // 2], paths[len(paths) // 2 :]
    helper = parallel.ChildProcess.begin(work, theirs)
    return (own, Share(theirs, context, helper)) if helper else (paths, None)


def _decoded(summary: Any) -> FileSummary | None:
    return None if summary is None else json_codec.decode(summary, FileSummary)
