"""Whether a file in no product's folder looks like one of a dialect's; by its text alone, no in doubt."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.products.records import Record, attribute, record

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


class RecognitionRule(Record):
    """What a file of a dialect looks like; ``names`` and ``endings`` are of files that nothing else has.

    ``required`` fields have a value. Others that tell are ``one_of`` the fields, or one of the folders it is
    ``in_folders``; ``foreign`` ones say that it is something else. ``own_folders`` may start with a dot.
    """

    names: frozenset[str] = frozenset()
    endings: tuple[str, ...] = ()
    require: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    in_folders: frozenset[str] = frozenset()
    own_folders: frozenset[str] = frozenset()
    foreign_folders: frozenset[str] = frozenset()
    foreign_fields: frozenset[str] = frozenset()
    foreign_names: frozenset[str] = frozenset()
    foreign_endings: tuple[str, ...] = ()

    def matches(self, folders: list[str], name: str, front: FrontMatterOutline) -> bool:
        """Whether a file called ``name`` has the fields, and stands in the folders, that are demanded."""
        if not front.given.issuperset(self.require) or front.keys.intersection(self.foreign_fields):
            return False
        if name in self.foreign_names or name.endswith(self.foreign_endings):
            return False
        hidden = {folder for folder in folders if folder.startswith(".")}
        if hidden.difference(self.own_folders):
            return False
        if self.is_called_so(name):
            return True
        # Only the innermost folder that says something counts: a skill may bring agents along.
        known = self.in_folders | self.foreign_folders
        telling = [folder for folder in folders if folder in known]
        if telling and telling[-1] in self.foreign_folders:
            return False
        return bool(telling or front.keys.intersection(self.one_of))

    def is_called_so(self, name: str) -> bool:
        """Whether files of this dialect are known by their name alone."""
        return name in self.names or name.endswith(self.endings)

    def stem(self, name: str) -> str:
        """The name of a file without its ending."""
        return name.removesuffix(next(filter(name.endswith, self.endings), ".md"))


def recognition_rule(raw: Mapping[str, Any]) -> RecognitionRule:
    """What a schema says under ``shape``."""
    sets = {name: frozenset for key in raw if not (name := attribute(key)).endswith("endings")}
    return record(RecognitionRule, raw, **sets)


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


def is_part_of_skill(path: str) -> bool:
    """Whether a file lies in a folder such as skills have for their examples and templates."""
    return os.path.basename(os.path.dirname(path)) in _PARTS_OF_SKILL
