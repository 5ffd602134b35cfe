"""How time grows with size: files, bytes, findings, skills, and texts of several kinds in the doctor.

Each figure is the best of a few runs in milliseconds of processor time, of one process without a cache; the
exponent is the slope in the upper half of the sizes: 1 is linear, 2 quadratic.
"""

from __future__ import annotations

import gc
import time
import timeit
from shutil import rmtree
from typing import TYPE_CHECKING

from agentls import batch
from agentls.linter import engine
from agentls.products.identification import Surroundings
from agentls.semantics.file import read_file
from agentls.text import mojibake
from agentls.workspace import Context, View, Workspace
from made_up import project
from measuring import Row, exponent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_PATH = "/project/.claude/agents/agent.md"
_HEAD = "---\nname: agent\ndescription: Does things\ntools: Read, Grep\n---\n\n"
_TEXTS = {
    "plain": "Plain words about the work at hand, as agents have them by the page.\n",
    "clean with emoji": "Plain words — and “quotes” ✅ about the work, 🚀 by the page.\n",
    "damaged": "Plain words â€” and â€œquotesâ€\x9d âœ… about the work, ðŸš€ by the page.\n",
    "links and paths": "See [the guide](./guide.md) and ./other.md, then `code` and more.\n",
}
_BYTES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
_FILES = (10, 100, 1_000, 10_000)
_FINDINGS = (0, 10, 100, 1_000, 10_000)
_SKILLS = (1, 10, 100, 1_000, 5_000)
_STRANGERS = (10, 100, 500, 2_000)


def measure(folder: Path) -> list[Row]:
    rows = [_row("files in one folder", _FILES, [_files(folder, count) for count in _FILES])]
    for kind, line in _TEXTS.items():
        times = [_best(_check, (line * (size // len(line) + 1))[:size]) for size in _BYTES]
        rows.append(_row(f"bytes, {kind}", _BYTES, times))
        times = [_best(mojibake.find, (line * (size // len(line) + 1))[:size]) for size in _BYTES]
        rows.append(_row(f"bytes, {kind}, encoding doctor alone", _BYTES, times))
    rows.append(
        _row("findings in one file", _FINDINGS, [_best(_check, _TEXTS["damaged"] * n) for n in _FINDINGS])
    )
    rows.append(_row("names in one list of skills", _SKILLS, [_names(count) for count in _SKILLS]))
    rows.append(_row("skills on disk", _SKILLS, [_skills(folder, count) for count in _SKILLS]))
    strangers = [_strangers(folder, count) for count in _STRANGERS]
    rows.append(_row("agents that name what is not there", _STRANGERS, strangers))
    rows.append(_row("unknown tools in one list", _FINDINGS[1:], [_tools(n) for n in _FINDINGS[1:]]))
    return rows


def _row(what: str, sizes: Sequence[int], times: Sequence[float]) -> Row:
    columns = {
        f"step {number}": f"{size:,}: {ms:,.1f}"
        for number, (size, ms) in enumerate(zip(sizes, times, strict=True), 1)
    }
    return {"what grows (size: ms)": what, **columns, "exponent": exponent(sizes, times)}


def _check(text: str) -> None:
    file = read_file(_PATH, _HEAD + text, Surroundings())
    assert file
    engine.check(Context(View(Workspace(is_complete=True)), file))


def _best(work: Callable[[str], object], text: str) -> float:
    """Every run has a text of its own, so that nothing is remembered."""
    repeat = 5 if len(text) < 500_000 else 2
    runs = iter(range(repeat))
    gc.collect()
    return 1000 * min(
        timeit.repeat(lambda: work(f"{next(runs)}{text}"), number=1, repeat=repeat, timer=time.process_time)
    )


def _files(folder: Path, count: int) -> float:
    """All of it in this process: reading, parsing, checking."""
    place = folder / f"growth {count}"
    project(place, count)
    return _project(place)


def _project(place: Path) -> float:
    start = time.process_time()
    read = batch.read([str(place)])
    for source in read.sources:
        batch.checking._check(read.workspace, source)  # noqa: SLF001  without the other cores
    took = 1000 * (time.process_time() - start)
    rmtree(place)
    return took


def _skills(folder: Path, count: int) -> float:
    """As many skills, and one agent that names them all."""
    place = folder / f"skills {count}"
    names = [f"skill-{number:05}" for number in range(count)]
    for name in names:
        skill = place / ".claude" / "skills" / name / "SKILL.md"
        skill.parent.mkdir(parents=True)
        skill.write_text(f"---\nname: {name}\ndescription: Knows about {name}\n---\n\nDo it.\n", "utf-8")
    agent = place / ".claude" / "agents" / "agent.md"
    agent.parent.mkdir()
    agent.write_text(f"---\nname: agent\ndescription: b\nskills: [{', '.join(names)}]\n---\n", "utf-8")
    return _project(place)


def _strangers(folder: Path, count: int) -> float:
    """Each agent names an agent and a skill that nobody has, each another."""
    place = folder / f"strangers {count}"
    agents = place / ".claude" / "agents"
    agents.mkdir(parents=True)
    for number in range(count):
        odd = f"{number * 7919 % count:05}"
        (agents / f"{number}.md").write_text(
            f"---\nname: code-helper-{odd}\ndescription: Helps with {odd}\nskills: missing-skill-{odd}\n"
            f"tools: Read, Agent(unknown-helper-{odd})\n---\n\nHelp.\n",
            "utf-8",
        )
    return _project(place)


def _tools(count: int) -> float:
    names = ", ".join(f"NoSuchTool{number}" for number in range(count))
    return _best(lambda text: _check_whole(f"---\nname: a\ndescription: {text}\ntools: {names}\n---\n"), "x")


def _names(count: int) -> float:
    names = ", ".join(f"skill-{number:05}" for number in range(count))
    return _best(
        lambda text: _check_whole(f"---\nname: a\ndescription: b\nskills: [{names}]\n---\n{text}"), "x"
    )


def _check_whole(text: str) -> None:
    file = read_file(_PATH, text, Surroundings())
    assert file
    engine.check(Context(View(Workspace(is_complete=True)), file))
