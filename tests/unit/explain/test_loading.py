"""What a product makes of a file: laws over all literate cases, and what no case can draw."""

from __future__ import annotations

import pytest

import cases
import made
from agentls.explain import loading, report
from agentls.explain.loading import LoadState
from agentls.findings import Ends, Severity
from agentls.linter import engine
from agentls.outcome import tool_access
from agentls.products.identification import MAX_SIZE

# Rules that say of a name in a list of tools that it gives no tool.
_DENYING = {"unknown-tool", "removed-tool", "denied-tool", "unavailable-tool"}
AGENT = "---\nname: reviewer\ndescription: Reviews code\n---\n"


@pytest.mark.parametrize(("more", "state"), [(0, LoadState.LOADED), (1, LoadState.SKIPPED)])
def test_a_file_that_is_too_large_is_skipped(more: int, state: LoadState):
    text = AGENT + "x" * (MAX_SIZE - len(AGENT) + more)
    workspace = made.make({".claude/agents/reviewer.md": text})
    (file,) = workspace.files.values()
    assert loading.outcome(workspace.context(file)).state is state


def _contexts():
    for case in cases.load("rules", "dialects", "suppression"):
        workspace = made.make({source.path: source.content for source in case.sources})
        for path, file in workspace.files.items():
            yield f"{case.name}: {made.shown(path)}", workspace.context(file)


@pytest.mark.slow
def test_an_error_says_that_the_file_does_not_load_and_nothing_else_does():
    """Over all literate cases; the wishes of the file's user count for neither side."""
    wrong = []
    for name, context in _contexts():
        state = loading.outcome(context).state
        errors = [one for one in engine.causes(context) if one.severity is Severity.ERROR]
        ended = [one for one in engine.causes(context) if one.ends is not Ends.NOTHING]
        if any(one not in ended for one in errors):
            wrong.append(f"{name}: an error that ends nothing: {errors}")
        if ended and state in (LoadState.LOADED, LoadState.AMBIGUOUS):
            wrong.append(f"{name}: {state.value}, and yet {ended[0].message}")
    assert wrong == []


@pytest.mark.slow
def test_what_does_not_load_can_do_nothing():
    wrong = [
        name
        for name, context in _contexts()
        if loading.outcome(context).state is LoadState.SKIPPED and report.tool_access_section(context)
    ]
    assert wrong == []


@pytest.mark.slow
def test_nothing_is_usable_that_a_finding_denies():
    wrong = []
    for name, context in _contexts():
        usable = {tool for tool, _ in tool_access.of(context).tools}
        for one in engine.causes(context):
            text = context.file.text.slice(one.span)
            if one.rule in _DENYING and one.severity <= Severity.WARNING and text in usable:
                wrong.append(f"{name}: {text}: {one.message}")
    assert wrong == []
