"""How often each rule found something, the most frequent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.linter import engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.cli.output.listing import OutputPage, Tally


def statistics(tally: Tally, page: OutputPage) -> Iterator[str]:
    """A line for each rule: its findings, its name, what it finds."""
    counted = sorted(tally.by_rule.items(), key=lambda one: (-one[1], one[0]))
    digits = max((len(f"{count:,}") for _, count in counted), default=0)
    names = max((len(rule) for rule, _ in counted), default=0)
    for rule, count in counted:
        yield f"{count:>{digits},}  {page.paint('code', f'{rule:{names}}')}  {engine.rules()[rule].title}"
