"""Configuration files: which names they have and what they say; where they lie is for ``disk`` to find.

``agentls.toml`` holds the settings as they are, ``pyproject.toml`` under ``[tool.agentls]``.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.findings import Change, Edit
from agentls.settings.layers import OFF, Layer
from agentls.syntax.formats import TOML
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN_NAME = "agentls.toml"
# In one folder the first that is there and says something counts.
NAMES = (OWN_NAME, "pyproject.toml")
_SECTION = "tool.agentls"


class ConfigFile(NamedTuple):
    """The configuration file that counts for a file: its text, None where it does not exist yet."""

    path: str
    text: str | None


def candidates(folder: str) -> Iterator[str]:
    """The paths at which a folder may have a configuration."""
    return (os.path.join(folder, name) for name in NAMES)


def has_settings(path: str, text: str) -> bool:
    """Whether a file is a configuration of ours: not every ``pyproject.toml`` is."""
    return os.path.basename(path) == OWN_NAME or f"[{_SECTION}" in text


def layer(path: str, text: str) -> tuple[Layer, list[str]]:
    """The settings in a configuration file, and a complaint when it is not TOML."""
    import tomllib  # noqa: PLC0415  most projects have no configuration

    try:
        raw: Any = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Layer(None, (os.path.dirname(path),), path), [f"{path}: {error}"]
    if os.path.basename(path) != OWN_NAME:
        raw = raw["tool"]["agentls"] if isinstance(raw.get("tool"), dict) else None
    return Layer(raw, (os.path.dirname(path),), path), []


def turn_off(config: ConfigFile, rule: str) -> Change | None:
    """The change that turns a rule off; None where that takes a human."""
    edit = _turned_off(config.path, config.text or "", rule)
    if edit is None:
        return None
    if config.text is None:
        return Change(creates={config.path: edit.text})
    return Change.of(config.path, edit)


def _turned_off(path: str, text: str, rule: str) -> Edit | None:
    is_own = os.path.basename(path) == OWN_NAME
    table = "rules" if is_own else f"{_SECTION}.rules"
    newline = "\r\n" if "\r\n" in text else "\n"
    line = TOML.entry_line(rule, OFF).replace("\n", newline)
    header = re.search(
        rf"^[ \t]*\[[ \t]*{re.escape(table)}[ \t]*\][^\r\n]*(?:\r\n?|\n|\Z)", text, re.MULTILINE
    )
    gap = "" if text.endswith(("\n", "\r")) or not text else newline
    if header is None:
        edit = Edit(Span(len(text), len(text)), f"{gap}{newline if text else ''}[{table}]{newline}{line}")
    elif present := _entry(text, header.end(), rule):
        edit = Edit(present, TOML.scalar(OFF))
    else:
        edit = Edit(Span(header.end(), header.end()), f"{gap if header.end() == len(text) else ''}{line}")
    # A table within a line, dotted keys and the like: whatever is not understood is not touched.
    changed = layer(path, text[: edit.span.start] + edit.text + text[edit.span.end :])[0].raw
    return edit if isinstance(changed, dict) and changed.get("rules", {}).get(rule) == OFF else None


def _entry(text: str, start: int, rule: str) -> Span | None:
    """Where the value of a rule stands in the table that starts at ``start``."""
    end = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, start)
    key = re.compile(
        rf"^[ \t]*[\"']?{re.escape(rule)}[\"']?[ \t]*=[ \t]*([\"'][^\"'\r\n]*[\"'])", re.MULTILINE
    )
    found = key.search(text, start, end.start() if end else len(text))
    return Span(*found.span(1)) if found else None
