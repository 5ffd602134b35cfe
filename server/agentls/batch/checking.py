"""What is wrong with the files of a batch, and what becomes of them when they are mended.

What was found the last time is taken where it still holds (``indexing.findings_cache``), the rest is found
on all cores.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from agentls import disk
from agentls.indexing import findings_cache, json_codec
from agentls.indexing.findings_cache import CachedFile, CachedFindings
from agentls.linter import engine
from agentls.linter.fix_all import chosen_fixes, fix_all, safe_fix
from agentls.products import load
from agentls.system import parallel
from agentls.text.source import Text
from agentls.workspace import Context, View, queries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from agentls.batch.project_files import Batch, Source
    from agentls.findings import Finding, Fix
    from agentls.linter.fix_all import Choose, FixResult
    from agentls.semantics.file import File
    from agentls.workspace import Workspace

_T = TypeVar("_T")
# A fork of the process and the way back of its results cost what some tens of files do.
_LEAST_PER_CORE = 40


class Report(NamedTuple):
    """What was found in one file; the ``fixable`` among the findings have exactly one plausible repair.

    ``fixes`` builds these repairs. ``others`` were found besides, and nobody wants to be told.
    """

    path: str
    text: Text
    findings: tuple[Finding, ...]
    fixable: frozenset[Finding]
    fixes: Callable[[], list[tuple[Finding, Fix]]] = list
    others: tuple[Finding, ...] = ()

    def telling(self, is_wanted: Callable[[Finding], bool]) -> Report:
        """The same, of which only what is wanted is told."""
        wanted = tuple(finding for finding in self.findings if is_wanted(finding))
        others = tuple(finding for finding in self.findings if not is_wanted(finding))
        return self._replace(
            findings=wanted, fixable=self.fixable.intersection(wanted), others=self.others + others
        )


def check(batch: Batch) -> Iterator[Report]:
    """What is wrong with each file, in order."""
    cached = {
        source.key: source.cached.result
        for source in batch.sources
        if source.cached and _is_about(source, source.cached.result.findings)
    }
    linked = {name for one in cached.values() for kind, name, _ in one.answers if kind == queries.PATH}
    batch.workspace.update_paths(disk.paths_exist(linked))
    folders = {name for one in cached.values() for kind, name, _ in one.answers if kind == queries.FILES}
    batch.workspace.update_files(disk.project_files(folders))
    view = View(batch.workspace)
    # Nothing changes while files are checked, and many ask the same.
    digest = cache(lambda query: findings_cache.digest(view.answer(query)))
    holds = {
        key
        for key, one in cached.items()
        if all(digest((kind, name)) == answer for kind, name, answer in one.answers)
    }

    def work(source: Source) -> Any:
        context, findings, fixable = _check(batch.workspace, source)
        asked = sorted(context.view.queries) if batch.name else ()
        answers = tuple((*query, digest(query)) for query in asked)
        return json_codec.encode(CachedFindings(findings, fixable, answers))

    done = parallel.parallel_map(work, [s for s in batch.sources if s.key not in holds], _LEAST_PER_CORE)
    for source in batch.sources:
        if source.key in holds:
            result = cached[source.key]
        else:
            result = json_codec.decode(next(done), CachedFindings)
            if batch.name and source.summary:
                batch.cache.add(source.key, CachedFile(source.summary, result))
        fixable = frozenset(f for place, f in enumerate(result.findings) if place in result.fixable)
        fixes = partial(_safe_fixes, batch.workspace, source)
        yield Report(source.found.path, Text(source.found.source), result.findings, fixable, fixes)


def _is_about(source: Source, findings: tuple[Finding, ...]) -> bool:
    """Whether findings can be those of a file; what is kept may have been written by anybody."""
    end = len(source.found.source)
    return all(
        finding.rule in load().selectors and 0 <= finding.span.start <= finding.span.end <= end
        for finding in findings
    )


def _check(workspace: Workspace, source: Source) -> tuple[Context, tuple[Finding, ...], tuple[int, ...]]:
    """What is found in a file, and the places of what has just one plausible repair."""
    assert source.file is not None
    context, findings = _checked(workspace, source.file)
    fixable = {finding for finding, _ in chosen_fixes(context, findings, safe_fix)}
    return context, tuple(findings), tuple(n for n, finding in enumerate(findings) if finding in fixable)


def _safe_fixes(workspace: Workspace, source: Source) -> list[tuple[Finding, Fix]]:
    if source.file is None:
        return []
    context, findings = _checked(workspace, source.file)
    return list(chosen_fixes(context, findings, safe_fix))


def store(batch: Batch) -> None:
    """Remember what was found, for the next time."""
    news = batch.cache.changes() if batch.name else None
    if news:
        disk.save_cache(batch.name, news)


def fix(
    batch: Batch, choose: Choose, is_wanted: Callable[[Finding], bool]
) -> Iterator[tuple[File, FixResult]]:
    """Each file and what becomes of it; nothing is written."""
    for file in batch.files:
        # First everything is looked up that the file links to, since a repair may depend on it.
        context, _ = _checked(batch.workspace, file)
        yield file, fix_all(context, batch.surroundings, choose, is_wanted)


def _checked(workspace: Workspace, file: File) -> tuple[Context, list[Finding]]:
    context = Context(View(workspace), file)
    return context, with_paths(context.view, lambda: engine.check(context))


def with_paths(view: View, ask: Callable[[], _T]) -> _T:
    """What is said of a view once it is known which of the paths exist that are asked for."""
    while True:
        found = ask()
        wanted, folders = view.unknown_paths, view.unknown_folders
        if not wanted and not folders:
            return found
        view.workspace.update_paths(disk.paths_exist(wanted))
        view.workspace.update_files(disk.project_files(folders))
