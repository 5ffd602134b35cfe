"""``agentls explain --sources``: what is known of each product, of which version, read when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.products import load

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from agentls.cli.output.paint import Paint
    from agentls.products import Dialect


def listing(chosen: Paint, rules: Collection[str] = ()) -> Iterator[str]:
    """One paragraph for each kind of file: the version and the date, then the sources.

    Of ``rules``, where any are given, only what was read about them.
    """
    found = [(dialect, _about(dialect, rules) if rules else dialect.sources) for dialect in _by_title()]
    for number, (dialect, read) in enumerate((dialect, read) for dialect, read in found if read):
        if number:
            yield ""
        checked = dialect.checked
        yield f"{chosen('strong', dialect.title)}: {checked.version}, read on {checked.date}"
        yield from (f"  {source}" for source in read)


def _by_title() -> list[Dialect]:
    return sorted(load().dialects.values(), key=lambda dialect: dialect.title.lower())


def _about(dialect: Dialect, rules: Collection[str]) -> tuple[str, ...]:
    """Where it is written what the product does about what the rules find; each place once."""
    effects = (e for name, found in dialect.effects.items() if name.partition(".")[0] in rules for e in found)
    return tuple(dict.fromkeys(effect.source for effect in effects if effect.source))
