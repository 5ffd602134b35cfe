"""``agentls explain --sources``: what is known of each product, of which version, read when and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.catalogue import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.cli.paint import Paint


def listing(chosen: Paint) -> Iterator[str]:
    """One paragraph for each kind of file: the version and the date, then the sources."""
    for number, dialect in enumerate(sorted(load().dialects.values(), key=lambda d: d.title.lower())):
        if number:
            yield ""
        checked = dialect.facts["checked"]
        yield f"{chosen('strong', dialect.title)}: {checked['version']}, read on {checked['date']}"
        yield from (f"  {source}" for source in dialect.sources)
