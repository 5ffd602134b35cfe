"""Whether a file in no product's folder looks like one of a dialect's; by its text alone, no in doubt."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?:^---|\Z)", re.DOTALL | re.MULTILINE)
_TOP_LEVEL_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)
# A field with a value, on its line or below it.
_GIVEN = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(?:[^\s#]|#\S|\r?\n[ \t]+\S|\r?\n- )", re.MULTILINE)
_TOOLS = re.compile(r"^tools[ \t]*:(.*?)(?=^[A-Za-z_][\w-]*[ \t]*:|\Z)", re.DOTALL | re.MULTILINE)
# Tools that are switched on and off, as in `bash: true`.
_SWITCH = re.compile(r"^[ \t]+\S+[ \t]*:[ \t]*(?:true|false)[ \t]*\r?$", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_][\w./*-]*")
# What a skill brings along, however it looks.
_PARTS_OF_SKILL = frozenset(
    {"assets", "docs", "examples", "references", "resources", "samples", "scripts", "templates", "tests"}
)
# Where a template engine, or whoever copies the file, is to put something.
_BLANK = re.compile(r"\{\{|^name[ \t]*:[ \t]*[\"']?[\[<]", re.MULTILINE)


class FrontMatterOutline(NamedTuple):
    """``keys``: the fields of front matter, ``given`` those with a value; ``tools``: the words in its tools.

    ``has_switches``: the tools are a map of names to true and false.
    """

    keys: frozenset[str]
    given: frozenset[str]
    tools: tuple[str, ...] = ()
    has_switches: bool = False


def outline(head: str) -> FrontMatterOutline | None:
    """The front matter of a text, without parsing it; None where there is none, or it has to be filled in."""
    found = _FRONT_MATTER.match(head)
    if not found or _BLANK.search(found[1]):
        return None
    tools = _TOOLS.search(found[1])
    value = tools[1] if tools else ""
    return FrontMatterOutline(
        frozenset(_TOP_LEVEL_KEY.findall(found[1])),
        frozenset(_GIVEN.findall(found[1])),
        tuple(_NAME.findall(value)),
        _SWITCH.search(value) is not None,
    )


def matches(shape: Mapping[str, Any], folders: list[str], name: str, front: FrontMatterOutline) -> bool:
    """Whether a file called ``name`` has the fields, and stands in the folders, that ``shape`` demands."""
    if not front.given.issuperset(shape["require"]) or front.keys.intersection(shape["foreign-fields"]):
        return False
    if name in shape["foreign-names"] or name.endswith(tuple(shape["foreign-endings"])):
        return False
    hidden = {folder for folder in folders if folder.startswith(".")}
    if hidden.difference(shape["own-folders"]):
        return False
    if is_called_so(shape, name):
        return True
    # Only the innermost folder that says something counts: a skill may bring agents along.
    foreign = shape["foreign-folders"]
    telling = [folder for folder in folders if folder in shape["in-folders"] or folder in foreign]
    if telling and telling[-1] in foreign:
        return False
    return bool(telling or front.keys.intersection(shape["one-of"]))


def is_called_so(shape: Mapping[str, Any], name: str) -> bool:
    """Whether files of this shape are known by their name alone."""
    return name in shape.get("names", ()) or name.endswith(tuple(shape.get("endings", ())))


def is_part_of_skill(path: str) -> bool:
    """Whether a file lies in a folder such as skills have for their examples and templates."""
    return os.path.basename(os.path.dirname(path)) in _PARTS_OF_SKILL
