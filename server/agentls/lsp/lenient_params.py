"""The part of a message's params that fits, where one wrong member would have the whole message refused.

For ``initialize`` alone: a client that says one thing about itself that nobody understands is still served.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def fitting(value: Any, kind: Any, structure: Callable[[Any, Any], Any]) -> Any:
    """The value without the members and items that ``structure`` does not take; None if nothing is left.

    ``structure`` makes an object of the type from a value as JSON has it, and raises where they do not fit.
    """
    if _fits(value, kind, structure):
        return value
    for one in _alternatives(kind):
        rest = _without_unfitting(value, one, structure)
        if rest is not None and _fits(rest, one, structure):
            return rest
    return None


def _fits(value: Any, kind: Any, structure: Callable[[Any, Any], Any]) -> bool:
    try:
        structure(value, kind)
    except Exception:  # noqa: BLE001  whatever it says, the value is of no use
        return False
    return True


def _alternatives(kind: Any) -> Iterator[Any]:
    """The classes and lists among the types that a value may have."""
    if _members(kind) or get_origin(kind) is Sequence:
        yield kind
    elif get_origin(kind) is not None:
        for one in get_args(kind):
            yield from _alternatives(one)


def _without_unfitting(value: Any, kind: Any, structure: Callable[[Any, Any], Any]) -> Any:
    if get_origin(kind) is Sequence and isinstance(value, list):
        items = (fitting(item, get_args(kind)[0], structure) for item in value)
        return [item for item in items if item is not None]
    if isinstance(value, dict) and (kinds := _members(kind)):
        members = {
            name: fitting(member, kinds[name], structure) for name, member in value.items() if name in kinds
        }
        return {name: member for name, member in members.items() if member is not None}
    return None


def _members(kind: Any) -> dict[str, Any]:
    """The types of the members of a class of lsprotocol, by their names in JSON; none of another type."""
    return {_json_name(member.name): member.type for member in getattr(kind, "__attrs_attrs__", ())}


def _json_name(name: str) -> str:
    first, *others = name.rstrip("_").split("_")
    return first + "".join(map(str.title, others))
