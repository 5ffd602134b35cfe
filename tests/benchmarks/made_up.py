"""Agent files of the sizes that real ones have, made up from a number; the same on every machine."""

from __future__ import annotations

from itertools import cycle, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Bytes, as in public repositories: half have less than 5.9 kB, one in twenty has more than 24.
SIZES = (1_200, 2_400, 3_600, 4_800, 5_900, 5_900, 7_400, 9_000, 12_000, 24_000)
_SENTENCES = (
    "Read the tests before you change anything, and say in one sentence what they promise.",
    "- Prefer small steps: one idea, one commit, one reason in its message.",
    "- Run `make check` after every step; a failure is news, not a nuisance.",
    "## What to look for",
    "Names that lie, branches that nobody takes, errors that are swallowed on the way up.",
    "1. Collect the facts. 2. Weigh them. 3. Say what you would do, and what you would not.",
    "When the request is unclear, ask one question, the one whose answer changes most.",
    "**Never** invent an interface: look it up in `src/` and quote the line you rely on.",
    "See [the style guide](https://example.org/style) for the rest.",
    "```sh\nmake check && git diff --stat\n```",
    "The user reads your last message first, so put there what they came for.",
)
_TOOLS = ("Read, Grep, Glob", "Read, Edit, Bash", "Read, Write, Edit, Bash, Grep, Glob", "WebFetch, Read")


def agent(number: int, size: int) -> str:
    """About ``size`` bytes. One in seven has signs beyond ASCII, one in ten an unknown tool."""
    tools = _TOOLS[number % len(_TOOLS)] + (", Gerp" if number % 10 == 9 else "")
    color = ("blue", "green", "teal")[0 if number % 20 else 2]
    head = (
        f"---\nname: agent-{number:05}\ndescription: Takes care of part {number} of the work, from the first"
        f" question to the last test. Use it when part {number} changes.\ntools: {tools}\nmodel: inherit\n"
        f"color: {color}\n---\n\nYou are agent {number}.\n\n"
    )
    mark = "✅ " if number % 7 == 0 else ""
    lines = islice(cycle(_SENTENCES), number % len(_SENTENCES), None)
    pieces = [head]
    left = size - len(head)
    for count, line in enumerate(lines):
        piece = f"{mark}{line} ({number}.{count})\n" if line[0] not in "`#" else f"{line}\n"
        pieces.append(piece)
        left -= len(piece)
        if left <= 0:
            return "".join(pieces)
    raise AssertionError


def project(folder: Path, count: int, *, spread: bool = False) -> int:
    """``count`` agents in one folder, or in one project each; how many bytes they are."""
    written = 0
    for number in range(count):
        text = agent(number, SIZES[number % len(SIZES)]).encode()
        place = (folder / f"project-{number:05}" if spread else folder) / ".claude" / "agents"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"agent-{number:05}.md").write_bytes(text)
        written += len(text)
    return written
