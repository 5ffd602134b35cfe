"""Where it is written what a schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def each_source(text: str) -> Iterator[str]:
    """Several stand in one text, apart by semicolons."""
    return filter(None, (part.strip() for part in text.split(";")))


def sources_in(value: object) -> Iterator[str]:
    """Every ``source`` in a schema or a part of one, whatever stands around it."""
    if isinstance(value, list):
        for item in value:
            yield from sources_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "source" and isinstance(item, str):
                yield from each_source(item)
            else:
                yield from sources_in(item)
