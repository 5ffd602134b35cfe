"""Codex: the roles that it describes to the model, and the skills that its server for editors lists."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from judges.answers import Loaded
from judges.installation import command
from judges.stand_in import texts_of

if TYPE_CHECKING:
    from judges.isolation import Place

_OWN = {"default", "explorer", "worker"}
_ROLE = re.compile(r"^([^\n{}]+): \{\n(.*?)\n\}", re.MULTILINE | re.DOTALL)
_SKILL = re.compile(r"^- ([^\n:]+): (.*?)(?: \(file: [^\n]*\))?$", re.MULTILINE)


def ask(place: Place) -> dict[str, list[Loaded]]:
    """Roles and skills of a trusted project."""
    place.at_home(".codex/config.toml", f'[projects."{place.project}"]\ntrust_level = "trusted"\n')
    home = str(place.home / ".codex")
    out = place.run([*command("codex"), "debug", "prompt-input", "hi"], CODEX_HOME=home)
    said = "\n".join(texts_of(json.JSONDecoder().raw_decode(out[out.index("[") :])[0]))
    roles = _ROLE.findall(said.partition("Available roles:")[2])
    skills = _SKILL.findall(said.partition("Available skills")[2])
    return {
        "agent": [Loaded(name, text.strip()) for name, text in roles if name not in _OWN],
        "skill": [Loaded(name, text.strip()) for name, text in skills],
    }
