"""What the user may set; plain data, built from whatever an editor sends."""

from __future__ import annotations

from dataclasses import Field, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Settings:
    """Defaults are what a user gets who never opens a settings page.

    ``debounce``: milliseconds of quiet after a change before the file is checked.
    ``user_scope``: whether ``~/.claude`` is read for the names it defines.
    """

    debounce: int = 100
    user_scope: bool = True


def parse(raw: Any) -> tuple[Settings, list[str]]:
    """Settings from a client's JSON and a complaint for each value of the wrong type, which is left out."""
    if raw is None:
        return Settings(), []
    if not isinstance(raw, dict):
        return Settings(), [f"settings must be an object, not {type(raw).__name__}"]
    known: dict[str, Field[Any]] = {field.name.replace("_", "-"): field for field in fields(Settings)}
    values: dict[str, Any] = {}
    complaints: list[str] = []
    for name, value in raw.items():
        field = known.get(_kebab(str(name)))
        if field is None:
            continue
        expected = type(field.default)
        if type(value) is not expected or (isinstance(value, int) and value < 0):
            complaints.append(f"{name} must be {_WORDS[expected]}, not {value!r:.40}")
        else:
            values[field.name] = value
    return Settings(**values), complaints


_WORDS = {int: "a whole number of at least 0", bool: "true or false"}


def _kebab(name: str) -> str:
    """Editors write settings in camelCase, snake_case or kebab-case; all are understood."""
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).replace("_", "-").lstrip("-")
