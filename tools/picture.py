"""What the demo prints: the whole of it as a golden file, and the part of it that README shows.

``python tools/write_docs.py`` writes both anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
GOLDEN = Path(__file__).parents[1] / "tests" / "cli" / "demo.txt"

# How the paragraphs begin that tell the most in the fewest lines, in the order of the demo.
_SHOWN = (
    "── Diagnostics",
    ".claude/agents/refactorer.md:4:14: ",
    ".claude/agents/release-notes.md:10:3: ",
    ".claude/agents/deployer.md:4:8: ",
    ".claude/agents/tester.md:8:5: ",
    "── Quick fixes",
    ".claude/agents/refactorer.md\n",
    ".claude/agents/release-notes.md\n",
)
_BLOCK = re.compile(r"(?<=<!-- picture -->\n```text\n).*?(?=```\n<!-- /picture -->)", re.DOTALL)


def demo() -> str:
    """What the demo prints now, without colour."""
    command = [sys.executable, "-P", "-m", "agentls", "demo", "--color", "never"]
    environment = {**os.environ, "COLUMNS": "120", "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    return done.stdout.decode().replace("\r\n", "\n")


def excerpt(printed: str) -> str:
    """The part of the demo that README shows."""
    paragraphs = [f"{paragraph}\n" for paragraph in printed.rstrip("\n").split("\n\n")]
    found = [paragraph for paragraph in paragraphs if paragraph.startswith(_SHOWN)]
    if len(found) != len(_SHOWN):
        raise ValueError(f"the demo has {len(found)} of the {len(_SHOWN)} paragraphs that README shows")
    return "\n".join(found)


def shown_in(readme: str) -> str:
    """The picture that is in README."""
    block = _BLOCK.search(readme)
    if block is None:
        raise ValueError("README has no place for a picture")
    return block[0]


def write() -> None:
    """Take a new picture."""
    printed = demo()
    GOLDEN.write_text(printed, encoding="utf-8", newline="\n")
    readme = README.read_text(encoding="utf-8")
    readme = _BLOCK.sub(lambda _: excerpt(printed), readme)
    README.write_text(readme, encoding="utf-8", newline="\n")
