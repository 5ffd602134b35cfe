"""Which tools an agent has and which it is denied, by purpose: one tool may serve several."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from agentls.conversion.losses import Loss
from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.products import load
from agentls.syntax.name_lists import ListItem
from agentls.text.source import Span

if TYPE_CHECKING:
    from agentls.products import Dialect
    from agentls.semantics.file import File
    from agentls.syntax.document import Field


class Power(NamedTuple):
    """One entry: what it is for, or which tool of which server (``tool`` empty: all of them)."""

    text: str
    span: Span
    purposes: tuple[str, ...] = ()
    server: str = ""
    tool: str = ""


@dataclass
class Granted:
    """``allowed`` None: all tools that there are; ``span`` is where the file says so."""

    span: Span
    allowed: list[Power] | None = None
    denied: list[Power] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def granted(file: File) -> Granted:
    """What the file says about tools."""
    found = Granted(Span(0, 0))
    meanings = load().conversions.of(file.dialect.name).fields
    for name in dict.fromkeys(one.name for one in file.document.fields):
        one = file.document.field(name)
        if one is None:
            continue
        if meanings.get(name) == "tools":
            found.span = one.key
            found.allowed = _listed(file, one, found, is_denial=False)
        elif meanings.get(name) == "denied-tools":
            found.denied += _listed(file, one, found, is_denial=True) or _everything(file, one)
        elif meanings.get(name) in ("permission", "tool-switches"):
            found.span = one.key
            _take_switches(file, one, found)
    return found


def _everything(file: File, one: Field) -> list[Power]:
    """What a denial of all tools denies."""
    if not file.items(one):
        return []
    purposes = {purpose for own in load().conversions.tools(file.dialect.name).values() for purpose in own}
    return [Power("*", one.key, (purpose,)) for purpose in sorted(purposes)]


def _listed(file: File, one: Field, found: Granted, *, is_denial: bool) -> list[Power] | None:
    items = file.items(one)
    # Some products take one word for a group of tools.
    word = file.values[one.name]
    if not items and isinstance(word, str) and word.strip():
        items = [ListItem(word.strip(), one.value.span)]
    if not items and load().conversions.of(file.dialect.name).empty_tools == "all":
        return None
    powers: list[Power] = []
    for item in items:
        entry = tool_entries.classify(file.dialect.tools, item)
        if entry.status is EntryStatus.EVERYTHING:
            return None
        if item.specifier not in (None, "", "*"):
            what = "is no longer denied" if is_denial else "loses its limits"
            found.losses.append(Loss(item.span, f"`{item.text}` {what}: only whole tools are converted."))
            if is_denial:
                continue
        power = _power(file.dialect, entry.tool.name if entry.tool else item.name, item.span)
        if power is None:
            why = "is not a tool that agentls can convert" if entry.is_usable else "is dropped here, too"
            found.losses.append(Loss(item.span, f"`{item.name}` {why}; it is left out."))
        else:
            powers.append(power)
    return powers


def _power(dialect: Dialect, name: str, span: Span) -> Power | None:
    tables = load().conversions
    known = tables.tools(dialect.name)
    if not dialect.tools.case_sensitive:
        known = {tool.lower(): purposes for tool, purposes in known.items()}
        name = name if name.lower() not in known else name.lower()
    if name in known:
        return Power(name, span, tuple(known[name]))
    found = tables.server_tool(dialect.name, name)
    return Power(name, span, (), *found) if found else None


def _take_switches(file: File, one: Field, found: Granted) -> None:
    """Opencode says for each tool whether it is there, and the last word counts."""
    value = file.values[one.name]
    switches = value if isinstance(value, dict) else {"*": value}
    default = "allow"
    for name, said in switches.items():
        if isinstance(said, dict):
            found.losses.append(Loss(one.key, f"The patterns of `{name}` are left out."))
        words = set(map(str, said.values())) if isinstance(said, dict) else {str(said)}
        action = "deny" if words <= {"deny", "False"} else "allow"
        if "ask" in words:
            found.losses.append(Loss(one.key, f"opencode asks before using `{name}`."))
        if name == "*":
            default = action
            # What stands above is overruled.
            found.allowed, found.denied = ([] if action == "deny" else None), []
            continue
        power = _power(file.dialect, name, one.key)
        if power is None:
            found.losses.append(
                Loss(one.key, f"`{name}` is not a tool that agentls can convert; it is left out.")
            )
        elif action == "deny" and default == "allow":
            found.denied.append(power)
        elif action == "allow" and default == "deny":
            found.allowed = [*(found.allowed or []), power]
