"""Rules of permission maps that say something else than they seem to: overruled, never matched, redundant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.outcome import permission_maps
from agentls.outcome.consequences import Consequence
from agentls.text import globs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.outcome.permission_maps import PermissionRule
    from agentls.semantics.file import File

RULE = "ineffective-permission"
_MOST_COMPARED = 100
# Stands for what no pattern says.
_ARGUMENT = "\0"
# What stands between quotes or brackets belongs to one command.
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|\$?\([^()]*\)|`[^`]*`")
_OPERATOR = re.compile(r"&&|\|\|?|;")
# A path from the root, the home folder, a drive, or with a dot in front; or one that ends as no file does.
_NOT_RELATIVE = re.compile(r"[/\\~]|\$HOME|\.[/\\]|[A-Za-z]:[/\\]")


def of(file: File) -> Iterator[Consequence]:
    """In the order of the text; at most one for each rule."""
    if file.dialect.powers.switches:
        problems = _Problems(file)
        yield from sorted(problems.all(), key=lambda consequence: consequence.span)


class _Problems:
    def __init__(self, file: File) -> None:
        self._product = file.dialect.product
        self._powers = file.dialect.powers
        self._found = permission_maps.read(file)
        alive = self._found.alive
        # The last rule counts, so it comes first; people write ten.
        self._wide = [rule for rule in reversed(alive) if globs.has_wildcard(rule.pattern)][:_MOST_COMPARED]

    def all(self) -> Iterator[Consequence]:
        for rule, winner in self._found.overruled:
            if rule.action != winner.action:
                yield _overruled(rule, winner)
        for rule in self._found.alive:
            if known := self._powers.together.get(rule.permission):
                if rule.action != self._action(known):
                    yield self._covered(rule, known)
            elif complaint := _unmatchable(rule, self._subject(rule.permission)):
                yield Consequence(f"{RULE}.unmatchable", rule.span, complaint)
            elif self._is_exact(rule):
                message = f"`{rule.pattern}` is the whole command: with an argument it is another one."
                yield Consequence(f"{RULE}.exact", rule.span, message, ("replace", f"{rule.pattern} *"))
        yield from self._redundant()

    def _subject(self, permission: str) -> str:
        """What its patterns are compared with: a path, a command; empty for a name."""
        return str(self._powers.subjects.get(permission, ""))

    def _default(self, permission: str) -> str:
        defaults = self._powers.defaults
        return str(defaults.get(permission, defaults["*"]))

    def _action(self, permission: str) -> str:
        return permission_maps.action_for(self._found.alive, permission, self._default(permission))

    def _covered(self, rule: PermissionRule, known: str) -> Consequence:
        message = f"`{rule.permission}` has no permission of its own: {self._product} asks for `{known}`."
        return Consequence(f"{RULE}.covered", rule.span, message, ("replace", known))

    def _is_exact(self, rule: PermissionRule) -> bool:
        """Whether a command is forbidden that may do the same with an argument."""
        is_command = self._subject(rule.permission) == "command"
        if not is_command or rule.action == "allow" or globs.has_wildcard(rule.pattern):
            return False
        longer = f"{rule.pattern} {_ARGUMENT}"
        others = (
            other
            for other in self._wide
            if globs.matches(other.permission, rule.permission)
            and permission_maps.covers(other.pattern, longer)
        )
        return next((other.action for other in others), self._default(rule.permission)) == "allow"

    def _redundant(self) -> Iterator[Consequence]:
        """Maps of patterns that allow what is allowed without them."""
        forbidding = {rule.permission for rule in self._found.alive if rule.action != "allow"}
        by_permission: dict[str, list[PermissionRule]] = {}
        for rule in self._found.alive:
            by_permission.setdefault(rule.permission, []).append(rule)
        for permission, rules in by_permission.items():
            if self._default(permission) != "allow" or any(rule.is_for_everything for rule in rules):
                continue
            if not any(globs.matches(other, permission) for other in forbidding):
                message = f"`{permission}` is allowed without this, so the list restricts nothing."
                yield Consequence(f"{RULE}.allowed", rules[0].span, message)


def _overruled(rule: PermissionRule, winner: PermissionRule) -> Consequence:
    remedy: tuple[str, ...] = ()
    if rule.field != winner.field:
        why = f"`{rule.name}` of `{rule.field}` never counts: `{winner.field}` says something else about it."
    elif (rule.permission, rule.pattern) == (winner.permission, winner.pattern):
        why = f"`{rule.name}` never counts: `{winner.name}` comes after it and is about the same."
    else:
        why = f"`{rule.name}` never counts: `{winner.name}` comes after it and fits all that it fits."
        remedy = ("move", winner.name)
    return Consequence(f"{RULE}.overruled", rule.span, why, remedy)


def _unmatchable(rule: PermissionRule, subject: str) -> str:
    pattern = rule.pattern
    if subject == "path" and (_NOT_RELATIVE.match(pattern) or pattern.endswith("/")):
        return f"`{pattern}` never matches: the paths that it is compared with begin at the project's root."
    if subject == "command" and _OPERATOR.search(_QUOTED.sub("", pattern)):
        return f"`{pattern}` never matches: of a line with several commands, each one is looked at alone."
    return ""
