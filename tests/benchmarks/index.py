"""How the index grows with the workspace: time, memory, and how long an author waits for what.

    python tests/benchmarks/index.py [FILES]

Makes workspaces of FILES (4,000), a tenth of that, and ten files, and starts servers in them, over stdio.
Prints beside each figure what was asked for.  The processor's time tells more on a machine that has other
work.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from raw_client import RawClient

if TYPE_CHECKING:
    from collections.abc import Iterator

# In real files there are 28 lines in a thousand characters, and a name between backticks in as many.
LINES = "- Plain words about the work at hand.\n" * 20
WORDS = f"\n## Then do this\n\n{LINES}\nUse `as` — more or less:\n\n```sh\nmake it\n```\n"
# As in real workspaces: most files are some kilobytes, and every twentieth is long.
SIZES = (2_000, 4_000, 6_000, 9_000)
LONG = 24_000
STARTS = 3
# Nobody points at things faster (seconds).
PAUSE = 0.02
# The server loads some things beforehand, in small workspaces after their index is done (seconds).
WARM_UP = 1.0
AGENT = """\
---
name: {name}
description: Does {name}, when {name} is to be done
tools: Read, Grep, Bash, mcp__search__find
skills: {skills}
model: sonnet
color: blue
---

# {name}

"""
SKILL = """\
---
name: {name}
description: How {name} is done, step by step
---

# {name}

See [the guide](references/guide.md), and use `{other}`.

"""


def make(root: Path, files: int) -> None:
    """Two agents for every three skills, in as many projects as a large repository has."""
    sizes = itertools.cycle([*SIZES * 5, LONG][1:])
    for number in range(files):
        project = root / f"packages/p{number % 20}/.claude" if number % 2 else root / ".claude"
        if number % 5 < 2:
            path = project / f"agents/agent-{number}.md"
            skills = ", ".join(f"skill-{(number + step) % files}" for step in (2, 3, 4))
            text = AGENT.format(name=f"agent-{number}", skills=skills)
        else:
            path = project / f"skills/skill-{number}/SKILL.md"
            text = SKILL.format(name=f"skill-{number}", other=f"agent-{number - number % 5}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + WORDS * (next(sizes) // len(WORDS)), "utf-8")


@dataclass
class Cost:
    """Seconds of the clock since ``initialized``, and of the processor since the process began."""

    clock: float
    processor: float


@dataclass
class Run:
    """A server at work on one agent of a workspace."""

    client: RawClient
    uri: str
    version: int = 0
    hovers: list[float] = field(default_factory=list)

    def text(self, version: int) -> str:
        """An agent whose only finding is a missing skill, which moves with every version."""
        comment = "# It is the next version.\n" * (version % 2)
        head = AGENT.format(name="writer", skills="nowhere")
        return head.replace("skills:", f"{comment}skills:") + WORDS * 6

    def start(self, root: Path, *, hovers: bool = False) -> Cost:
        """From ``initialized`` to the first finding that needs the whole index."""
        self.client.initialize(
            rootUri=root.as_uri(), initializationOptions={"debounce": 0, "userScope": False}
        )
        begin = time.perf_counter()
        document = {"uri": self.uri, "languageId": "markdown", "version": 0, "text": self.text(0)}
        self.client.notify("textDocument/didOpen", {"textDocument": document})
        while hovers and not self._has_published(0):
            self.hovers.append(self._hover())
            time.sleep(PAUSE)
        self.client.receive(lambda message: _is_finding(message, 0), timeout=60)
        took = time.perf_counter() - begin
        time.sleep(WARM_UP)
        return Cost(took, self.cpu)

    def _hover(self) -> float:
        place = {"textDocument": {"uri": self.uri}, "position": {"line": 3, "character": 8}}
        begin = time.perf_counter()
        assert self.client.request("textDocument/hover", place)["result"]
        return 1000 * (time.perf_counter() - begin)

    def _has_published(self, version: int) -> bool:
        return any(_is_finding(message, version) for message in self.client.notifications)

    def change(self) -> float:
        """Milliseconds from a change to the diagnostics that it caused."""
        self.version += 1
        params = {
            "textDocument": {"uri": self.uri, "version": self.version},
            "contentChanges": [{"text": self.text(self.version % 2)}],
        }
        begin = time.perf_counter()
        self.client.notify("textDocument/didChange", params)
        self.client.receive(lambda message: _is_finding(message, self.version))
        return 1000 * (time.perf_counter() - begin)

    @property
    def cpu(self) -> float:
        """Seconds of the processor so far, of all threads."""
        tasks = Path(f"/proc/{self.client.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text("ascii").split()[0]) for task in tasks) / 1e9

    def memory(self, name: str) -> float:
        """MiB; ``VmRSS`` now, ``VmHWM`` at most."""
        status = Path(f"/proc/{self.client.process.pid}/status").read_text("ascii")
        return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(name))


def _is_finding(message: dict, version: int) -> bool:
    params = message.get("params", {})
    is_publish = message.get("method") == "textDocument/publishDiagnostics"
    return (
        is_publish
        and params.get("version") == version
        and any(diagnostic["code"] == "missing-skill" for diagnostic in params["diagnostics"])
    )


@contextmanager
def running(root: Path) -> Iterator[Run]:
    environment = {**os.environ, "HOME": str(root.parent), "CLAUDE_CONFIG_DIR": str(root.parent / "none")}
    with RawClient([sys.executable, "-m", "agentls"], env=environment) as client:
        yield Run(client, (root / ".claude/agents/writer.md").as_uri())


def best(root: Path) -> Cost:
    """The least that an index takes, of some starts."""
    costs = []
    for _ in range(STARTS):
        with running(root) as run:
            costs.append(run.start(root))
    return Cost(min(cost.clock for cost in costs), min(cost.processor for cost in costs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="?", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory())).resolve()
        roots = [folder / f"work-{size}" for size in (10, arguments.files // 10, arguments.files)]
        for root, size in zip(roots, (10, arguments.files // 10, arguments.files), strict=True):
            make(root, size)
        nothing, tenth, whole = (best(root) for root in roots)
        print(f"{arguments.files:,} files, and the processor's time in brackets")
        clock = (whole.clock - nothing.clock) / (tenth.clock - nothing.clock)
        processor = (whole.processor - nothing.processor) / (tenth.processor - nothing.processor)
        print(f"ten times the files: {clock:.1f} [{processor:.1f}] times the time (at most 11)")
        small, large = (stack.enter_context(running(root)) for root in (roots[0], roots[-1]))
        small.start(roots[0])
        cost = large.start(roots[-1], hovers=True)
        own = cost.processor - nothing.processor
        print(f"cold index: {cost.clock:.2f} s [{own:.2f} s besides the start] (at most 2)")
        slow = statistics.quantiles(large.hovers, n=20)[-1]
        worst = max(large.hovers)
        print(f"hovers meanwhile: {len(large.hovers)}, p95 {slow:.1f} ms, worst {worst:.1f} ms")
        print(f"memory: {large.memory('VmRSS'):.0f} MiB, at most {large.memory('VmHWM'):.0f} (at most 90)")
        before = small.cpu, large.cpu
        # By turns, so that other work on the machine meets both alike.
        samples = [run.change() for _ in range(arguments.rounds) for run in (small, large, large, small)]
        work = (large.cpu - before[1]) / (small.cpu - before[0])
        few = statistics.median(samples[0::4] + samples[3::4])
        many = statistics.median(samples[1::4] + samples[2::4])
        print(f"change to diagnostics: p50 {few:.2f} ms among ten files, {many:.2f} ms among all", end="")
        print(f", {many / few:.2f} [{work:.2f}] times (at most 1.2)")


if __name__ == "__main__":
    main()
