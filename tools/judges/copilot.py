"""GitHub Copilot CLI: its list of skills, and the agents that it describes to the model."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from judges.answers import Loaded
from judges.installation import command
from judges.stand_in import StandIn

if TYPE_CHECKING:
    from judges.isolation import Place

_ENVIRONMENT = {
    "COPILOT_OFFLINE": "true",
    "COPILOT_PROVIDER_TYPE": "openai",
    "COPILOT_PROVIDER_API_KEY": "none",
    "COPILOT_MODEL": "standin",
    "COPILOT_PROVIDER_MAX_PROMPT_TOKENS": "2000000",
    "COPILOT_PROVIDER_MAX_OUTPUT_TOKENS": "8000",
}
_AGENT = re.compile(r"^- ([^\n:]+): (.*)$", re.MULTILINE)


def ask(place: Place) -> dict[str, list[Loaded]]:
    """Agents and skills of a trusted project."""
    trusted = [str(place.project)]
    place.at_home(".copilot/config.json", json.dumps({"trustedFolders": trusted, "trusted_folders": trusted}))
    listed = place.run([*command("copilot"), "skill", "list", "--json"], **_ENVIRONMENT)
    found, _ = json.JSONDecoder().raw_decode(listed[listed.index("[") :]) if "[" in listed else ([], 0)
    with StandIn() as model:
        url = f"{model.url}/v1"
        place.run(
            [*command("copilot"), "--allow-all-tools", "-p", "go"],
            COPILOT_PROVIDER_BASE_URL=url,
            **_ENVIRONMENT,
        )
        tools = [tool["function"] for request in model.requests for tool in request.get("tools") or []]
    text = next((json.dumps(tool, ensure_ascii=False) for tool in tools if tool["name"] == "task"), "")
    return {
        "agent": [Loaded(name) for name in dict.fromkeys(re.findall(r"[\w.-]*m\d{5}z[\w.-]*", text))],
        "skill": [Loaded(one["name"]) for one in found if one.get("source") != "builtin"],
    }
