"""What an agent may use, in the names of another product.

Products draw the lines between tools differently: what an agent gains or loses by that is told.
Where a denial cannot be said, the tools that are left are listed: nothing forbidden comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.conversion.losses import Loss
from agentls.conversion.powers import Power
from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.products import load
from agentls.syntax.name_lists import ListItem
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.conversion.powers import Granted
    from agentls.products import Dialect


def written(found: Granted, target: Dialect, losses: list[Loss]) -> dict[str, object]:
    """The fields of the target that say the same about tools."""
    tables = load().conversions
    if found.allowed is None and not found.denied:
        return {}
    if not tables.tools(target.name):
        message = (
            f"agentls cannot limit the tools of an agent in {target.product}; the agent gets all of them."
        )
        losses.append(Loss(found.span, message))
        return {}
    if tables.field(target.name, "permission"):
        return {"permission": _permission(found, target, losses)}
    denial = tables.field(target.name, "denied-tools")
    if found.denied and not denial:
        left = _without(found, target, losses)
        return _list(found, _names(left, target, losses, _purposes(found.denied)), target, losses)
    said: dict[str, object] = {}
    if found.allowed is not None:
        said |= _list(found, _names(found.allowed, target, losses), target, losses)
    if found.denied and denial:
        said[denial] = _shown(_names(found.denied, target, losses, is_denial=True), target)
    return said


def _list(found: Granted, names: list[str], target: Dialect, losses: list[Loss]) -> dict[str, object]:
    where = load().conversions.field(target.name, "tools") or ""
    if names or load().conversions.of(target.name).empty_tools == "none":
        return {where: _shown(names, target) if names else []}
    message = f"No tool is left. {target.product} cannot express this; without a list, it grants all."
    losses.append(Loss(found.span, message))
    return {}


def _shown(names: list[str], target: Dialect) -> object:
    return ", ".join(names) if load().conversions.of(target.name).lists == "commas" else names


def _permission(found: Granted, target: Dialect, losses: list[Loss]) -> dict[str, object]:
    if found.allowed is None:
        return dict.fromkeys(_names(found.denied, target, losses, is_denial=True), "deny")
    left = _without(found, target, losses) if found.denied else found.allowed
    names = _names(left, target, losses, _purposes(found.denied))
    return {"*": "deny", **dict.fromkeys(names, "allow")}


def _without(found: Granted, target: Dialect, losses: list[Loss]) -> list[Power]:
    """The tools that are left, for a product that cannot take tools away."""
    gone = _purposes(found.denied)
    gone_servers = {(power.server, power.tool) for power in found.denied if power.server}
    if found.allowed is not None:
        left = [
            power._replace(purposes=tuple(p for p in power.purposes if p not in gone))
            for power in found.allowed
        ]
        return [p for p in left if p.purposes or (p.server and (p.server, p.tool) not in gone_servers)]
    message = f"{target.product} cannot exclude tools, so the list contains the remaining ones."
    losses.append(Loss(found.denied[0].span, message))
    there = [p for own in load().conversions.tools(target.name).values() for p in own if p not in gone]
    return [Power(purpose, found.denied[0].span, (purpose,)) for purpose in dict.fromkeys(there)]


def _purposes(powers: list[Power]) -> set[str]:
    return {purpose for power in powers for purpose in power.purposes}


def _names(
    powers: list[Power],
    target: Dialect,
    losses: list[Loss],
    forbidden: Iterable[str] = (),
    *,
    is_denial: bool = False,
) -> list[str]:
    """The target's names for them, each once; a tool that serves a ``forbidden`` purpose is not used."""
    tables = load().conversions
    wanted = _purposes(powers)
    names: dict[str, None] = {}
    for power in powers:
        own = {p: tool for p in power.purposes if (tool := _tool(target, p, set(forbidden)))}
        if missing := [purpose for purpose in power.purposes if purpose not in own]:
            alone = " alone" if any(tables.tool(target.name, purpose) for purpose in missing) else ""
            message = f"{target.product} has no tool for {tables.meant(missing)}{alone}."
            losses.append(Loss(power.span, message if own else f"{message} `{power.text}` is left out."))
        server = _server(power, target, is_denial=is_denial)
        if power.server and not server:
            losses.append(Loss(power.span, f"{target.product} has no name for `{power.text}`."))
        for name in filter(None, (*own.values(), server)):
            more = [p for p in tables.tools(target.name).get(name, ()) if p not in wanted]
            if more and name not in names:
                verb = "also denies" if is_denial else "also allows"
                losses.append(Loss(power.span, f"`{name}` of {target.product} {verb} {tables.meant(more)}."))
            names[name] = None
    return list(names)


def _tool(target: Dialect, purpose: str, forbidden: set[str]) -> str | None:
    tables = load().conversions
    tool = tables.tool(target.name, purpose)
    return None if tool is None or forbidden.intersection(tables.tools(target.name)[tool]) else tool


def _server(power: Power, target: Dialect, *, is_denial: bool) -> str | None:
    tables = load().conversions
    name = tables.server_name(target.name, power.server, power.tool) if power.server else ""
    field = target.fields.get(tables.field(target.name, "denied-tools" if is_denial else "tools") or "")
    forms = field.entries if field else tool_entries.ANY_FORM
    is_name = name and (
        tool_entries.classify(target.tools, ListItem(name, Span(0, 0)), forms).status is EntryStatus.SERVER
    )
    return name if is_name else None
