"""Claude Code: a run begins with the names of agents and skills, its first request describes them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from judges.answers import Loaded
from judges.installation import command
from judges.stand_in import StandIn, texts_of, tools_of

if TYPE_CHECKING:
    from judges.isolation import Place
    from judges.stand_in import Calls, Request

_MARK = "This is the judge, who asks "
# Without a limit for what skills may take of the context, all of them are described.
_ENVIRONMENT = {
    "ANTHROPIC_API_KEY": "none",
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    "CLAUDE_CODE_MAX_RETRIES": "0",
    "DISABLE_AUTOUPDATER": "1",
    "SLASH_COMMAND_TOOL_CHAR_BUDGET": "100000000",
}


def ask(place: Place, *, start: bool = False) -> dict[str, list[Loaded]]:
    """Agents and skills that count in a project; ``start`` each agent to learn of its tools."""
    own = _run(place, None)
    names = own["agents"] if start else []
    asked: list[Request] = []

    def calls(request: Request) -> Calls | None:
        asked.append(request)
        tool = next((name for name in tools_of(request) if name in ("Agent", "Task")), "")
        if not names or not tool or len(asked) > 1:
            return None
        return tool, [
            {
                "subagent_type": name,
                "description": "asked",
                "prompt": f"{_MARK}{name}.",
                "run_in_background": False,
            }
            for name in names
        ]

    tools = _tools(_run(place, calls)["requests"]) if names else {}
    texts = "\n".join(text for request in own["requests"] for text in texts_of(request))
    agents, skills = _described(texts, own["agents"]), _described(texts, own["skills"])
    return {
        "agent": [
            Loaded(name, agents.get(name), tools.get(name) if start else None) for name in own["agents"]
        ],
        "skill": [Loaded(name, skills.get(name)) for name in own["skills"]],
    }


def _run(place: Place, calls: Any) -> dict[str, Any]:
    with StandIn(calls or (lambda _: None)) as model:
        out = place.run(
            [*command("claude"), "-p", "--output-format", "stream-json", "--verbose", "go"],
            ANTHROPIC_BASE_URL=model.url,
            **_ENVIRONMENT,
        )
    first = next((line for line in out.splitlines() if '"subtype":"init"' in line), "{}")
    said = json.loads(first)
    return {
        "agents": list(dict.fromkeys(said.get("agents", []))),
        "skills": list(dict.fromkeys(said.get("slash_commands", []) + said.get("skills", []))),
        "requests": model.requests,
    }


def _tools(requests: list[Request]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for request in requests:
        # What was asked for stands in the conversation that asks, too.
        own = [message for message in request["messages"] if message["role"] == "user"]
        for text in texts_of(own):
            if text.startswith(_MARK):
                found.setdefault(text.removeprefix(_MARK).rstrip("."), frozenset(tools_of(request)))
    return found


def _described(text: str, names: list[str]) -> dict[str, str]:
    """What the model is told of each name in a list of points."""
    found: dict[str, str] = {}
    for point in re.split(r"\n(?=- )", text):
        if match := re.match(r"- ([^\n]*?)(?: \([^()\n]*\))?: (.*)", point, re.DOTALL):
            found.setdefault(match[1], re.split(r" \(Tools: |\n\n", match[2])[0].strip())
    return {name: found[name] for name in names if name in found}
