"""What a repair of broken front matter is, and what its makers know of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from agentls.findings import Edit


class Repair(NamedTuple):
    """``is_certain``: no other reading of the text is plausible, or the product reads it so already."""

    title: str
    edits: tuple[Edit, ...]
    is_certain: bool = True


class Expected(NamedTuple):
    """``names`` are certainly fields; ``lists`` those of them that hold a list of names."""

    names: frozenset[str]
    lists: frozenset[str]
