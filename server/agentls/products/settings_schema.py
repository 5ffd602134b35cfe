"""What is wrong with a user's settings, by their schema."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from agentls.products import catalogue, validation
from agentls.products.specs import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def setting_errors(raw: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    """``(setting, path inside it, what is expected)`` for each setting that cannot be used.

    What is expected is None for a setting that does not exist.
    """
    schema = _settings_schema()
    for name in raw:
        if name not in schema["properties"]:
            yield name, (), None
    known = {name: value for name, value in raw.items() if name in schema["properties"]}
    for error in _settings_validator().iter_errors(known) if known else ():
        name, *place = map(str, error.absolute_path)
        is_choice = error.validator == "enum"
        words = " or ".join(f'"{word}"' for word in error.validator_value) if is_choice else ""
        yield name, tuple(place), words or schema["properties"][name][EXTENSION]["expects"]


@cache
def _settings_schema() -> Any:
    return catalogue.raw_schema("settings")


@cache
def _settings_validator() -> Any:
    return validation.validator(_settings_schema())
