"""The ``.vsix`` to test: the one in the extension's ``dist`` folder, if it is of this very source."""

from __future__ import annotations

import zipfile
from pathlib import Path

import agentls
import vscode_manifest

_BUNDLED = "extension/server/agentls/"
HOW_TO_MAKE = "cd editors/vscode && npm ci && npm run package"


def path() -> Path:
    return vscode_manifest.EXTENSION / "dist" / f"agentls-{agentls.__version__}.vsix"


def why_not() -> str:
    """Why there is nothing to test; empty when there is."""
    if not path().is_file():
        return f"there is no {path().name}: {HOW_TO_MAKE}"
    stale = [name for name, content in _sources().items() if _held(name) != content]
    return f"{path().name} is of another source, see {stale[0]}: {HOW_TO_MAKE}" if stale else ""


def names() -> list[str]:
    with zipfile.ZipFile(path()) as archive:
        return archive.namelist()


def unpack(folder: Path) -> Path:
    """The extension, unpacked below ``folder``."""
    with zipfile.ZipFile(path()) as archive:
        archive.extractall(folder)
    return folder / "extension"


def _held(name: str) -> bytes | None:
    with zipfile.ZipFile(path()) as archive:
        return archive.read(name) if name in archive.namelist() else None


def _sources() -> dict[str, bytes]:
    """What is copied into the package as it is, by its name there."""
    server = Path(agentls.__file__).parent
    found = {
        _BUNDLED + file.relative_to(server).as_posix(): file.read_bytes()
        for file in sorted(server.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
    for file in sorted((vscode_manifest.ROOT / "schemas").iterdir()):
        found[f"{_BUNDLED}schemas/{file.name}"] = file.read_bytes()
    return found
