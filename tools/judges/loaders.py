"""Gemini CLI and Qwen Code: their own loaders, called by a small program of ours in Node.js."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from judges.answers import Loaded
from judges.installation import PROGRAMS, package

if TYPE_CHECKING:
    from judges.isolation import Place

_HERE = Path(__file__).parent


def ask(place: Place, product: str) -> dict[str, list[Loaded]]:
    """Agents and skills that the loader takes from the folders of a project."""
    folder = package(PROGRAMS[product]).parent
    out = place.run(["node", str(_HERE / f"{product}.mjs"), str(folder), str(place.project)])
    said = json.loads(out.rpartition("\n@@")[2].partition("\n")[0])
    return {kind: [Loaded(one["name"], one.get("description")) for one in said[kind]] for kind in said}
