"""How long the descriptions are that a product shows to the model together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.semantics.summary import Definition


class DescriptionTotal(NamedTuple):
    """Of one group of definitions: how many characters, and the path of the file with the most of them.

    ``group`` is the product with the project or the plugin; with nothing behind it, what is the user's own.
    """

    group: str
    characters: int
    longest: str


def totals(definitions: Iterable[Definition]) -> tuple[DescriptionTotal, ...]:
    """Those of all groups."""
    found: dict[str, list[Definition]] = {}
    for definition in definitions:
        if definition.doc and not definition.lacks and (group := group_of(definition)):
            found.setdefault(group, []).append(definition)
    return tuple(_total(group, found[group]) for group in sorted(found))


def group_of(definition: Definition) -> str:
    """The group in which a definition is shown; empty for one that is shown nowhere."""
    plugin = definition.name.partition(":")[0]
    place = {"project": definition.project, "user": "", "plugin": f"{plugin}:"}.get(definition.scope)
    return "" if place is None else f"{definition.product} {place}"


def users_group(definition: Definition) -> str:
    """The group of what the user has besides."""
    return f"{definition.product} "


def _total(group: str, members: list[Definition]) -> DescriptionTotal:
    longest = min(members, key=lambda d: (-len(d.doc), d.path))
    return DescriptionTotal(group, sum(len(d.doc) for d in members), longest.path)
