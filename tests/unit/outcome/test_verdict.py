"""What cases cannot draw: a file that is too large."""

from __future__ import annotations

import pytest

import made
from agentls.explain import verdict
from agentls.explain.verdict import State
from agentls.products.identification import MAX_SIZE

AGENT = "---\nname: reviewer\ndescription: Reviews code\n---\n"


@pytest.mark.parametrize(("more", "state"), [(0, State.LOADED), (1, State.SKIPPED)])
def test_a_file_that_is_too_large_is_skipped(more: int, state: State):
    text = AGENT + "x" * (MAX_SIZE - len(AGENT) + more)
    workspace = made.make({".claude/agents/reviewer.md": text})
    (file,) = workspace.files.values()
    assert verdict.of(workspace.context(file)).state is state
