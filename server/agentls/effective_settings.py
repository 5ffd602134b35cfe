"""The settings that count for a file: its configuration's and what is put on top; for editor and terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls import checking, config_files
from agentls.settings import parse

if TYPE_CHECKING:
    from agentls.disk import Found
    from agentls.settings import Layer, Settings


def effective_settings(found: Found | None, overrides: Layer | None) -> tuple[Settings, list[str]]:
    """Settings where ``found`` is the nearest configuration, and a complaint for each that cannot be used."""
    layers: list[Layer] = []
    complaints: list[str] = []
    if found:
        layer, complaints = config_files.layer(found.path, found.source)
        layers.append(layer)
    if overrides:
        layers.append(overrides)
    settings, unusable = parse(layers)
    return settings, [*complaints, *unusable, *checking.unknown_selectors(settings)]
