"""What we say of one file, as the products are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import made
from agentls.explain import loading
from agentls.explain.loading import LoadState
from agentls.outcome import tool_access
from agentls.outcome.summarize import summarize
from judges.answers import Loaded

if TYPE_CHECKING:
    from agentls.semantics.file import File
    from agentls.workspace import Context

_COUNTS = {LoadState.LOADED, LoadState.AMBIGUOUS, LoadState.SHADOWED, LoadState.REFUSED}


class Account(NamedTuple):
    """``loaded`` is None for a file that does not count; ``why`` says what is found, in words."""

    loaded: Loaded | None
    why: tuple[str, ...] = ()


def of(path: str, data: bytes) -> Account:
    """The account of a file that is alone in its project."""
    workspace = made.make({path: data})
    file = workspace.files.get(made.locate(path))
    if file is None:
        return Account(None, ("not read",))
    context = workspace.context(file)
    outcome = loading.outcome(context)
    findings = workspace.findings.get(made.locate(path), [])
    why = (outcome.state.value, outcome.note, *(f"{one.severity.name} {one.rule}" for one in findings))
    if outcome.state not in _COUNTS:
        return Account(None, why)
    own = next((one for one in summarize(file).definitions if one.kind == file.dialect.kind), None)
    if own is None:
        return Account(None, why)
    tools = frozenset() if outcome.state is LoadState.REFUSED else _tools(context)
    return Account(Loaded(own.name, _description(file), tools), why)


def _description(file: File) -> str | None:
    """What the model is shown; None where front matter is lost, and another text takes its place."""
    value = file.values.get("description")
    is_read = file.document.is_recovered and isinstance(value, str) and value.strip()
    return value.replace("\\n", "\n") if is_read else None


def _tools(context: Context) -> frozenset[str] | None:
    """The tools by name, where the account names them all."""
    if context.file.dialect.kind != "agent":
        return None
    found = tool_access.of(context)
    if found.basis or found.unknown or found.servers or found.unsure:
        return None
    return frozenset(tool for tool, inside in found.tools for tool in (inside or (tool,)))
