"""How time grows with size: the encoding doctor and a whole check, from small texts to a megabyte.

    python tests/benchmarks/growth.py

Each figure is the best of five runs in milliseconds of processor time; the factor is that to the line above,
where the size is half.  Nothing here is compared with a goal: that is for whoever reads it.
"""

from __future__ import annotations

import gc
import time
import timeit
from typing import TYPE_CHECKING

from agentls import checking, mojibake
from agentls import file as files
from agentls.dialects import Surroundings
from agentls.workspace import View, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "/project/.claude/agents/agent.md"
HEAD = "---\nname: agent\ndescription: Does things\ntools: Read, Grep\n---\n\n"
SIZES = [1 << power for power in range(14, 21)]
TEXTS = {
    "plain": "Plain words about the work at hand, as agents have them by the page.\n",
    "clean with emoji": "Plain words — and “quotes” ✅ about the work, 🚀 by the page.\n",
    "damaged": "Plain words â€” and â€œquotesâ€\x9d âœ… about the work, ðŸš€ by the page.\n",
    "links and paths": "See [the guide](./guide.md) and ./other.md, then `code` and more.\n",
}


def check(text: str) -> None:
    file = files.read(PATH, HEAD + text, Surroundings())
    assert file
    checking.check(View(Workspace(is_complete=True)), file)


def best(work: Callable[[str], object], text: str) -> float:
    """Milliseconds; every run has a text of its own, so that nothing is remembered."""
    runs = iter(range(5))
    gc.collect()
    return 1000 * min(
        timeit.repeat(lambda: work(f"{next(runs)}{text}"), number=1, repeat=5, timer=time.process_time)
    )


def main() -> None:
    for title, work in (("mojibake.find", mojibake.find), ("check", check)):
        for kind, line in TEXTS.items():
            print(f"\n{title}, {kind}\n{'characters':>12}{'ms':>10}{'factor':>8}")
            before = 0.0
            for size in SIZES:
                took = best(work, (line * (size // len(line) + 1))[:size])
                print(f"{size:>12,}{took:>10.2f}{took / before if before else 0:>8.2f}")
                before = took


if __name__ == "__main__":
    main()
