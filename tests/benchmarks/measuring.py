"""Processes and their cost, percentiles, tables, and what this machine is."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

Row = dict[str, Any]
# Compiled modules are what users have; a check-out that may not write them would be measured compiling.
AGENTLS = [sys.executable, "-P", "-m", "agentls"]


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds on the clock, seconds of processor time of it and its children, peak MiB."""

    wall: float
    cpu: float
    memory: float
    code: int


def environment(home: Path) -> dict[str, str]:
    """A user without agents, skills or a cache of their own."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "HOME": str(home),
        "XDG_CACHE_HOME": str(home / "cache"),
        "CLAUDE_CONFIG_DIR": str(home / "claude"),
    }


def run(argv: Sequence[str], cwd: Path, home: Path, timeout: float = 120) -> Run:
    """Run a process to its end, its output thrown away; raises ``subprocess.TimeoutExpired``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(
        argv,
        cwd=cwd,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        # Peak memory is of the largest child ever waited for, so it is read from the process meanwhile.
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, resident(process.pid, "VmHWM"))
            if time.perf_counter() - start > timeout:
                raise subprocess.TimeoutExpired(argv, timeout)
            time.sleep(0.002)
    finally:
        process.kill()
        process.wait()
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, peak, process.returncode)


def resident(process: int, which: str = "VmRSS") -> float:
    """MiB of memory that a process has now, or had at most (``VmHWM``); 0 where nobody says."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii", errors="replace") as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith(which)), 0.0)
    except OSError:
        return 0.0


def percentiles(samples: Iterable[float]) -> Row:
    """Milliseconds."""
    cuts = statistics.quantiles(samples, n=100)
    return {"p50 ms": round(cuts[49], 2), "p95 ms": round(cuts[94], 2), "p99 ms": round(cuts[98], 2)}


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The slope of time over size, both as logarithms, in the upper half: 1 is linear, 2 quadratic."""
    half = len(sizes) // 2
    return round(log(times[-1] / times[half]) / log(sizes[-1] / sizes[half]), 2)


def show(title: str, rows: list[Row]) -> None:
    if rows:
        print(f"\n### {title}\n\n{table(rows)}", flush=True)


def table(rows: list[Row]) -> str:
    """In Markdown."""
    heads = list(dict.fromkeys(name for row in rows for name in row))
    cells = [heads, *([_cell(row.get(head, "")) for head in heads] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    lines = ["| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in cells]
    lines.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(lines)


def _cell(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def machine() -> Row:
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            model = next((li.split(":", 1)[1].strip() for li in lines if li.startswith("model name")), model)
    except OSError:
        pass
    return {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "machine": f"{platform.system()} {platform.machine()}, {model}",
        "cores": os.cpu_count(),
        "load at the start": round(os.getloadavg()[0], 2),
        "Python": platform.python_version(),
    }
