"""Maps that say for each tool, or for patterns, what becomes of it: allow, ask or deny.

Of the rules that fit, the last one counts. Which order that is, and which rules can never count, is said
here as opencode does it; what the fields are called is data of the schema (``powers``).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.nodes import Mapping, Scalar
from agentls.text import globs

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterable, Iterator, Sequence

    from agentls.semantics.file import File
    from agentls.syntax.nodes import Node
    from agentls.text.source import Span

ACTIONS = ("allow", "ask", "deny")
# Of thousands of rules each is compared with so many below it; people write ten.
_MOST_COMPARED = 100
_SWITCHES = {True: "allow", False: "deny"}
# Keys that JavaScript takes for the places of an array, and puts first.
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


class PermissionRule(NamedTuple):
    """``permission`` is what a tool asks for, a name or a pattern of names; ``pattern`` is what about.

    The latter is ``*`` where the file gives none. ``span`` is the key that says it, in the field ``field``,
    and ``name`` how it is written there.
    """

    permission: str
    pattern: str
    action: str
    field: str
    name: str
    span: Span

    @property
    def is_for_everything(self) -> bool:
        return not self.pattern.strip("*")


class PermissionMap(NamedTuple):
    """``rules`` in the order in which they count.

    ``overruled`` are those that never do, each with a rule that fits all that it fits and counts; ``alive``
    are the others.
    """

    rules: tuple[PermissionRule, ...]
    overruled: tuple[tuple[PermissionRule, PermissionRule], ...]
    alive: tuple[PermissionRule, ...]


def read(file: File) -> PermissionMap:
    """What the maps of a file say."""
    powers = file.dialect.powers
    places: dict[str, list[PermissionRule]] = {}
    overruled: list[tuple[PermissionRule, PermissionRule]] = []
    for name in powers.switches:
        renamed = powers.renamed.get(name, {})
        for entry in _entries(file, name):
            rules = list(_rules(entry, name, renamed))
            for permission in dict.fromkeys(rule.permission for rule in rules):
                own = [rule for rule in rules if rule.permission == permission]
                # A name that is there already keeps its place and changes what it says.
                overruled += [(old, own[-1]) for old in places.get(permission, ())]
                places[permission] = own
    found = tuple(rule for permission in _as_objects(places) for rule in places[permission])
    overruled += _overruled(found)
    dead = {rule.span for rule, _ in overruled}
    return PermissionMap(found, tuple(overruled), tuple(rule for rule in found if rule.span not in dead))


def _entries(file: File, name: str) -> Iterator[tuple[str, Node, Span]]:
    """The entries of a field: name, value and place; one word is about everything."""
    field = file.document.field(name)
    if field is None:
        return
    if isinstance(field.value, Scalar):
        yield "*", field.value, field.key
    elif isinstance(field.value, Mapping):
        yield from _of_map(field.value)


def _of_map(node: Mapping) -> Iterator[tuple[str, Node, Span]]:
    entries = [(entry.key, entry.value) for entry in node.entries if isinstance(entry.key, Scalar)]
    found = {key.value: (value, key.inner) for key, value in entries if isinstance(key, Scalar)}
    for name in _as_objects(found):
        yield (name, *found[name])


def _as_objects(names: Iterable[str]) -> list[str]:
    """Names in the order of a JavaScript object: numbers first."""
    names = list(names)
    numbers = sorted((name for name in names if _INDEX.fullmatch(name)), key=int)
    return [*numbers, *(name for name in names if not _INDEX.fullmatch(name))] if numbers else names


def _rules(
    entry: tuple[str, Node, Span], field: str, renamed: abc.Mapping[str, str]
) -> Iterator[PermissionRule]:
    name, value, span = entry
    permission = renamed.get(name, name)
    if isinstance(value, Mapping):
        for pattern, inner, place in _of_map(value):
            if action := _action(inner):
                yield PermissionRule(permission, pattern, action, field, pattern, place)
    elif action := _action(value):
        yield PermissionRule(permission, "*", action, field, name, span)


def _action(node: Node) -> str:
    said = node.plain if isinstance(node, Scalar) else None
    if isinstance(said, bool):
        return _SWITCHES[said]
    return said if isinstance(said, str) and said in ACTIONS else ""


def _overruled(rules: Sequence[PermissionRule]) -> Iterator[tuple[PermissionRule, PermissionRule]]:
    """The rules that never count, each with one below it that fits whatever it fits."""
    same: dict[str, list[PermissionRule]] = {}
    wide: list[PermissionRule] = []
    for rule in reversed(rules):
        below = [*same.get(rule.permission, ())[:_MOST_COMPARED], *wide[:_MOST_COMPARED]]
        if winner := next((other for other in below if _covers_rule(other, rule)), None):
            yield rule, winner
        elif globs.has_wildcard(rule.permission):
            wide.append(rule)
        elif globs.has_wildcard(rule.pattern):
            same.setdefault(rule.permission, []).append(rule)


def _covers_rule(one: PermissionRule, other: PermissionRule) -> bool:
    return globs.covers(one.permission, other.permission) and covers(one.pattern, other.pattern)


def covers(wider: str, narrower: str) -> bool:
    """Whether a pattern fits all that another one fits."""
    return all(any(globs.covers(one, other) for one in _forms(wider)) for other in _forms(narrower))


@lru_cache(maxsize=1024)
def _forms(pattern: str) -> tuple[str, ...]:
    """A pattern in wildcards alone: what ends in a blank and a star fits without both, too."""
    return (pattern, pattern[:-2]) if pattern.endswith(" *") else (pattern,)


def action_for(alive: Sequence[PermissionRule], permission: str, default: str = "") -> str:
    """What becomes of what a tool asks for: an action, or ``limited``; no rule fits the ``default``."""
    said: dict[str, None] = {}
    for rule in reversed(alive):
        if globs.matches(rule.permission, permission):
            said[rule.action] = None
            if rule.is_for_everything:
                break
    else:
        if not said:
            return default
        said[default] = None
    return next(iter(said)) if len(said) == 1 else "limited"
