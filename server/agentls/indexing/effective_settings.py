"""The settings that count for a file: its configuration's and what is put on top; for editor and terminal."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls import disk
from agentls.linter import engine
from agentls.settings import config_files
from agentls.settings.layers import parse

if TYPE_CHECKING:
    from agentls.disk import FileContent
    from agentls.settings.layers import Layer, Settings


def effective_settings(found: FileContent | None, overrides: Layer | None) -> tuple[Settings, list[str]]:
    """Settings where ``found`` is the nearest configuration, and a complaint for each that cannot be used."""
    layers: list[Layer] = []
    complaints: list[str] = []
    if found:
        layer, complaints = config_files.layer(found.path, found.source)
        layers.append(layer)
    if overrides:
        layers.append(overrides)
    settings, unusable = parse(layers)
    return settings, [*complaints, *unusable, *engine.unknown_selectors(settings)]


@dataclass(slots=True)
class SettingsOfFiles:
    """The settings of each file as its nearest configuration and ``overrides`` say; each is read once.

    ``complaints`` say which of them cannot be used.
    """

    overrides: Layer | None
    complaints: dict[str, None] = field(default_factory=dict)
    _by_folder: dict[str, Settings] = field(default_factory=dict)

    def of(self, path: str) -> Settings:
        """Those of a file; looks at the disk unless one in the same folder was asked for."""
        return self.of_folder(os.path.dirname(path))

    def of_folder(self, folder: str) -> Settings:
        """Those of what lies right in a folder."""
        if folder not in self._by_folder:
            found, parent = disk.configuration_in(folder), os.path.dirname(folder)
            is_own = found is not None or parent == folder
            self._by_folder[folder] = self._read(found) if is_own else self.of_folder(parent)
        return self._by_folder[folder]

    def _read(self, found: FileContent | None) -> Settings:
        settings, complaints = effective_settings(found, self.overrides)
        self.complaints |= dict.fromkeys(complaints)
        return settings
