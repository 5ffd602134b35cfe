"""Real files that are no part of the project: where they lie, if they are at hand.

``AGENTLS_SHARED`` names the folder; without it, it is ``shared`` beside the checkout.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("AGENTLS_SHARED") or Path(__file__).parents[3] / "shared")
CORPUS = SHARED / "corpus"
SEEDS = SHARED / "seeds"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real files is not at hand (AGENTLS_SHARED)"
)
needs_seeds = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the five seed files are not at hand (AGENTLS_SHARED)"
)


def claude_agents() -> Iterator[tuple[str, bytes]]:
    """Claude Code's agents among the real files, all of them as if they lay in a project."""
    for path in sorted(CORPUS.rglob("agents/**/*.md")):
        if re.search(r"/\.(?!claude)", path.as_posix()) is None:
            yield f".claude/agents/{path.name}", path.read_bytes()
