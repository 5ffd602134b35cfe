"""What is wrong with a user's settings, by their schema."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.products import catalogue, validation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class SettingError(NamedTuple):
    """A setting that cannot be used, or a value at a path inside it.

    ``expected`` says in words what is; None for a setting that does not exist.
    """

    name: str
    path: tuple[str, ...]
    expected: str | None


def setting_errors(raw: Mapping[str, Any]) -> Iterator[SettingError]:
    """Everything in a user's settings that cannot be used."""
    schema = _schema()
    for name in raw:
        if name not in schema["properties"]:
            yield SettingError(name, (), None)
    known = {name: value for name, value in raw.items() if name in schema["properties"]}
    for error in validation.errors(schema, known) if known else ():
        words = " or ".join(f'"{word}"' for word in error.choices)
        yield SettingError(error.field, tuple(map(str, error.path)), words or error.expected)


@cache
def _schema() -> Any:
    return catalogue.raw_schema("settings")
