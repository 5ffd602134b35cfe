"""Which rules a command is asked for, by their names or those of their groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.linter import engine
from agentls.settings.layers import ON, Layer

if TYPE_CHECKING:
    from collections.abc import Iterable


class Selection(NamedTuple):
    """Without anything ``selected``, all rules are but the ``ignored`` ones."""

    selected: frozenset[str]
    ignored: frozenset[str] = frozenset()

    @classmethod
    def of(cls, selected: Iterable[str], ignored: Iterable[str] = ()) -> Selection:
        """What options say, each of which may hold several names."""
        return cls(_names(selected), _names(ignored))

    @property
    def complaint(self) -> str:
        """About a name that is neither a rule nor a group; empty if there is none."""
        return next(filter(None, map(engine.no_such_rule, sorted(self.selected | self.ignored))), "")

    @property
    def is_all(self) -> bool:
        return not self.selected and not self.ignored

    def wants(self, rule: str) -> bool:
        names = engine.rules()[rule].names
        return (not self.selected or not self.selected.isdisjoint(names)) and self.ignored.isdisjoint(names)

    @property
    def settings(self) -> Layer | None:
        """Who selects a rule by its name that is off by default, wants it on."""
        off = engine.groups()[engine.OPT_IN]
        opted = off if engine.OPT_IN in self.selected else self.selected.intersection(off)
        return Layer({"rules": dict.fromkeys(sorted(opted), ON)}) if opted else None


def _names(options: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip() for option in options for name in option.split(",") if name.strip())
