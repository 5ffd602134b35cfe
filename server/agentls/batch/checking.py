"""What is wrong with the files of a batch, and what becomes of them when they are mended.

What was found the last time is taken where it still holds (``indexing.findings_cache``), the rest is found
on all cores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from agentls import disk
from agentls.indexing import findings_cache
from agentls.indexing.findings_cache import Answers, CachedFindings, Witness
from agentls.linter import engine
from agentls.linter.fix_all import chosen_fixes, fix_all, safe_fix
from agentls.system import parallel
from agentls.text.source import Text
from agentls.workspace import Context, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentls.batch.reading import Batch, Source
    from agentls.findings import Finding
    from agentls.indexing.findings_cache import Question
    from agentls.linter.fix_all import Choose, FixResult
    from agentls.semantics.file import File
    from agentls.workspace import Workspace

_T = TypeVar("_T")
# A fork of the process and the way back of its results cost what some tens of files do.
_LEAST_PER_CORE = 40


class Report(NamedTuple):
    """What was found in one file; the ``fixable`` among the findings have exactly one plausible repair."""

    path: str
    text: Text
    findings: tuple[Finding, ...]
    fixable: frozenset[Finding]


def check(batch: Batch) -> Iterator[Report]:
    """What is wrong with each file, in order."""
    remembered = {source.key: source.remembered for source in batch.sources if source.remembered}
    linked = {q[1] for known in remembered.values() for q in known.questions if q[0] == "exists"}
    batch.workspace.update_paths(disk.existing(linked))
    answers = Answers(batch.workspace)
    holds = {key for key, known in remembered.items() if answers.are(known.questions)}

    def work(source: Source) -> Any:
        result = _check(batch.workspace, source)
        questions = {question: answers.digest(question) for question in result.questions if batch.name}
        return [
            findings_cache.encoded(result),
            [[*question, digest] for question, digest in questions.items()],
        ]

    done = parallel.spread(work, [s for s in batch.sources if s.key not in holds], _LEAST_PER_CORE)
    for source in batch.sources:
        if source.remembered and source.key in holds:
            result = source.remembered.result
        else:
            result, questions = next(done)
            if batch.name and source.summary:
                batch.cache.learn(source.key, source.summary, questions, result)
        findings, fixable = findings_cache.decoded(result)
        yield Report(source.found.path, Text(source.found.source), findings, fixable)


def _check(workspace: Workspace, source: Source) -> CachedFindings:
    assert source.file is not None
    context, findings, questions = _checked(workspace, source.file)
    fixable = tuple(finding for finding, _ in chosen_fixes(context, findings, safe_fix))
    return CachedFindings(tuple(findings), fixable, tuple(questions))


def store(batch: Batch) -> None:
    """Remember what was found, for the next time."""
    news = batch.cache.news() if batch.name else None
    if news:
        disk.keep(batch.name, news)


def fix(
    batch: Batch, choose: Choose, is_wanted: Callable[[Finding], bool]
) -> Iterator[tuple[File, FixResult]]:
    """Each file and what becomes of it; nothing is written."""
    for file in batch.files:
        # First everything is looked up that the file links to, since a repair may depend on it.
        context, _, _ = _checked(batch.workspace, file)
        yield file, fix_all(context, batch.surroundings, choose, is_wanted)


def _checked(workspace: Workspace, file: File) -> tuple[Context, list[Finding], dict[Question, None]]:
    witness = Witness(workspace)
    context = Context(View(witness.as_workspace()), file)
    return context, with_paths(context.view, lambda: engine.check(context)), witness.questions


def with_paths(view: View, ask: Callable[[], _T]) -> _T:
    """What is said of a view once it is known which of the paths exist that are asked for."""
    while True:
        found = ask()
        wanted = view.unknown_paths
        if not wanted:
            return found
        view.workspace.update_paths(disk.existing(wanted))
