"""The tables of BENCHMARKS.md, and the short one of README.md, from what was measured."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import Row, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).parents[2]
_OURS = "agentls"
# What is about the machine itself; all else there is a version.
_MACHINE = ("date", "machine", "cores", "load at the start", "Python")


def write(measured: dict[str, list[Row]]) -> None:
    """Each part that was measured takes its place between its two comments; the others stay."""
    blocks = {part: _SHAPES[part](rows) for part, rows in measured.items() if part in _SHAPES}
    _replace(_ROOT / "BENCHMARKS.md", blocks)
    if measured.keys() >= {"responses", "peers", "growth"}:
        _replace(_ROOT / "README.md", {"speed": table(list(_short(measured)))})


def _replace(page: Path, blocks: dict[str, str]) -> None:
    text = page.read_text("utf-8")
    for name, block in blocks.items():
        pattern = re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"{page.name} has no place for {name}")
        text = pattern.sub(lambda _, block=block: f"\n{block}\n\n", text)
    page.write_text(text, "utf-8", newline="\n")


def _machine(rows: list[Row]) -> str:
    about = rows[0]
    versions = ", ".join(f"{name} {number}" for name, number in about.items() if name not in _MACHINE)
    return (
        f"{about['date']}, {about['machine']}, {about['cores']} cores, load {about['load at the start']} at"
        f" the start, Python {about['Python']}, {versions}."
    )


def _responses(rows: list[Row]) -> str:
    """One line for each question; the other servers with what half of their answers took."""
    lines: dict[str, Row] = {}
    for row in rows:
        line = lines.setdefault(row["what"], {"p50, in ms": row["what"]})
        if row["server"] == _OURS:
            line |= {_OURS: row["p50 ms"], "its p95": row["p95 ms"], "its p99": row["p99 ms"]}
            line |= {name: row[name] for name in row if name.startswith("/ ")}
        else:
            line[row["server"]] = row["p50 ms"]
    return table(list(lines.values()))


def _peers(rows: list[Row]) -> str:
    """One line for each set of files; processor seconds, seconds on the clock, peak MiB."""
    lines: dict[str, Row] = {}
    for row in rows:
        line = lines.setdefault(row["files"], {"files": row["files"]})
        is_whole = row["peak MiB"] > 0
        spent = f"{row['processor s']} s ({row['s, best']}), {row['peak MiB']} MiB"
        line[row["checker"]] = spent if is_whole else f"more than {row['s, best']} s"
    return table(list(lines.values()))


def _growth(rows: list[Row]) -> str:
    # What is part of the whole check is printed, but has no line here.
    return table([_ends(row) for row in rows if not next(iter(row.values())).endswith("alone")])


def _ends(row: Row) -> Row:
    what, *steps, exponent = row.values()
    sizes = [step for step in steps if step]
    return {
        "what grows": what,
        "smallest": f"{sizes[0]} ms",
        "largest": f"{sizes[-1]} ms",
        "exponent": exponent,
    }


def _editing(rows: list[Row]) -> str:
    line: Row = {"changes, opens and closes": "MiB resident"}
    return table([line | {f"{row['steps']:,}": row["MiB"] for row in rows}])


_SHAPES = {
    "machine": _machine,
    "responses": _responses,
    "burst": table,
    "check": table,
    "peers": _peers,
    "growth": _growth,
    "editing": _editing,
}


def _short(measured: dict[str, list[Row]]) -> Iterator[Row]:
    def line(what: str, answer: str) -> Row:
        return {"what": what, "how long": answer}

    ours = {row["what"]: row for row in measured["responses"] if row["server"] == _OURS}
    change = ours["change of 22 KB to diagnostics"]
    ratio = change["/ raw loop"]
    yield line(
        "a change of 22 KB to its diagnostics",
        f"{change['p50 ms']} ms, {ratio} times what our analysis takes without pygls",
    )
    spent = {
        row["checker"]: row["processor s"]
        for row in measured["peers"]
        if row["files"].startswith("one folder, 1,000 files")
    }
    peer = f" (agnix: {spent['agnix']})" if "agnix" in spent else ""
    yield line(
        "`agentls check`, 1,000 agents in one folder",
        f"{spent['agentls, nothing remembered']} s of processor time;"
        f" {spent['agentls, one file changed']} when one has changed{peer}",
    )
    growth = measured["growth"][0]
    yield line("10 times the files", f"{10 ** growth['exponent']:.1f} times the time")
