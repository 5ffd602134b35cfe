"""Texts that are made to hurt: the time grows as they do, the memory stays bounded, and the process lives."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import bombs
from agentls.features import (
    code_actions,
    document_colors,
    document_links,
    document_symbols,
    folding_ranges,
    hover,
    references,
    selection_ranges,
)
from agentls.features.completion import complete
from agentls.linter import engine
from agentls.outcome.summarize import summarize
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.syntax import json_parser, parsing
from agentls.syntax.formats import JSON, LINES, TOML, Format
from agentls.text.source import Span, Text
from agentls.workspace import Context, View, Workspace
from patience import PATIENCE_WITH_PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

_PATH = "/project/.claude/agents/reviewer.md"
_LARGE, _STEP = 2000, 4
_MANY = 20_000
_TRIES = 5
# Below this nobody notices, and figures say little (seconds).
_QUICK = 0.3
# Where four times the size takes sixteen times as long, each line is looked at from each other line.
_MOST_GROWTH = 9
_LARGEST = {
    "items of a list": 100_000,
    "unknown items on a line": 10_000,
    "skills on a line": 30_000,
    "one long line": 1_000_000,
    "one long word": 5_000_000,
    "aliases of aliases": 20_000,
    "brackets that are never closed": 100_000,
    "brackets inside each other": 100_000,
    "mappings inside each other": 500,
    "the same field in braces": 60_000,
    "links on one line": 50_000,
    "fields": 50_000,
    "damaged runs": 20_000,
    "comments that never end": 200_000,
    "emoji": 1_000_000,
}


def work(text: str) -> None:
    """Everything that an editor asks for when a file is opened, changed and walked through."""
    file = read_file(_PATH, text, Surroundings())
    if file is None:
        return
    workspace = Workspace(is_complete=True)
    workspace.put(summarize(file))
    context = Context(View(workspace), file)
    engine.check(context)
    workspace.update_paths(dict.fromkeys(context.view.queried_paths, False))
    found = engine.check(context)
    document_symbols.outline(file)
    folding_ranges.folds(file)
    document_links.links(context)
    workspace.update_paths(dict.fromkeys(context.view.queried_paths, True))
    document_links.links(context)
    document_colors.swatches(file)
    for offset in (10, len(text) // 2, len(text)):
        complete.complete(context, offset)
        hover.hover(context, offset)
        references.highlights(context, offset)
        selection_ranges.selections(file, offset)
    code_actions.fix_all(context, found)
    list(code_actions.actions(context, found, Span(len(text) // 2, len(text) // 2)))


def _seconds(text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def _fails(small: Callable[[int], float], large: Callable[[int], float]) -> str:
    """What is wrong with the growth from ``small`` to ``large``, which do the work of one try and time it.

    A busy machine is slow for a while, and meanwhile for both; where the growth is to blame, all tries fail.
    """
    told = []
    for attempt in range(_TRIES):
        # The small one first: what is remembered of it must not make it look quicker than it is.
        few, many = small(attempt), large(attempt)
        if many < max(_QUICK, few * _MOST_GROWTH):
            return ""
        told.append(f"{few:.3f} s, then {many:.3f} s")
    return f"{_STEP} times the size: {'; '.join(told)}"


@pytest.mark.parametrize("name", bombs.BOMBS)
def test_time_grows_with_size(name: str):
    make = bombs.BOMBS[name]
    assert not _fails(
        lambda attempt: _seconds(make(_LARGE // _STEP + attempt)),
        lambda attempt: _seconds(make(_LARGE + attempt)),
    )


def _seconds_to_read(form: Format, text: str) -> float:
    # How often the collector looks at all that the other tests have made is no matter of the text.
    gc.disable()
    start = time.process_time()
    parsing.read(form, Text(text), frozenset({"name"}))
    if form is JSON:
        json_parser.parse(text, {"k1": {}})
    seconds = time.process_time() - start
    gc.enable()
    return seconds


@pytest.mark.parametrize("form", [LINES, TOML, JSON], ids=["lines", "toml", "json"])
@pytest.mark.parametrize("name", bombs.READER_BOMBS)
def test_time_to_read_grows_with_size(form: Format, name: str):
    make = bombs.READER_BOMBS[name]
    assert not _fails(
        lambda attempt: _seconds_to_read(form, make(form, _MANY // _STEP + attempt)),
        lambda attempt: _seconds_to_read(form, make(form, _MANY + attempt)),
    )


def test_time_that_grows_with_the_square_is_noticed_and_a_busy_machine_is_not():
    """Seconds that were never spent."""
    assert _fails(lambda _: 0.1, lambda _: 0.1 * _STEP**2)
    assert not _fails(lambda _: 0.1, lambda attempt: 0.1 * _STEP * (5 if attempt < _TRIES - 1 else 1))


def _project(count: int) -> float:
    """Seconds to check agents each of which names an agent and a skill that are not there."""
    workspace = Workspace(is_complete=True)
    opened = []
    for number in range(count):
        odd = f"{count}-{number * 7919 % count:05}"
        text = (
            f"---\nname: code-helper-{odd}\ndescription: Helps\n"
            f"skills: missing-skill-{odd}\ntools: Read, Agent(unknown-helper-{odd})\n---\n"
        )
        file = read_file(f"/project/.claude/agents/{number}.md", text, Surroundings())
        assert file
        workspace.put(summarize(file))
        opened.append(file)
    start = time.process_time()
    said = {finding.rule for file in opened for finding in engine.check(Context(View(workspace), file))}
    assert said >= {"missing-skill", "unknown-agent"}
    return time.process_time() - start


def test_time_grows_with_the_files_that_name_what_is_not_there():
    _project(10)
    assert not _fails(
        lambda attempt: _project(300 + attempt), lambda attempt: _project((300 + attempt) * _STEP)
    )


_CHILD = """
import resource, sys
sys.path[:0] = [sys.argv[1]]
import bombs
from agentls.linter import engine
from agentls.semantics.file import read_file
from agentls.products.identification import Surroundings
from agentls.outcome.summarize import summarize
from agentls.workspace import Context, View, Workspace
text = bombs.BOMBS[sys.argv[2]](int(sys.argv[3]))
file = read_file("/project/.claude/agents/reviewer.md", text, Surroundings())
workspace = Workspace(is_complete=True)
if file:
    workspace.put(summarize(file))
    engine.check(Context(View(workspace), file))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _within_bounds() -> None:
    import resource  # noqa: PLC0415  there is none on Windows

    resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (200, 200))


@pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux has them")
@pytest.mark.parametrize(("name", "size"), _LARGEST.items())
def test_the_largest_bombs_end_no_process_and_fill_no_memory(name: str, size: int):
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(Path(bombs.__file__).parent), name, str(size)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_WITH_PROGRAMS,
        preexec_fn=_within_bounds,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "failed" not in done.stderr, done.stderr[-2000:]
    assert int(done.stdout) < 700, "MiB"
