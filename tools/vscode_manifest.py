"""What the VS Code extension's manifest takes from elsewhere: the version and the server's settings.

``python tools/write_docs.py`` writes it anew.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import agentls
import places

ROOT = Path(__file__).parents[1]
_SCHEMA = ROOT / "schemas" / "settings.json"
EXTENSION = ROOT / "editors" / "vscode"
MANIFEST = EXTENSION / "package.json"
# What VS Code calls these files.
LANGUAGES = ("chatagent", "skill", "prompt", "instructions", "markdown")
LOCK = EXTENSION / "package-lock.json"

# The extension's own settings, which it never sends to the server.
# An opened folder must not decide which program is started, so the first two are machine-scoped.
OWN: dict[str, dict[str, Any]] = {
    "path": {
        "type": "string",
        "default": "",
        "scope": "machine",
        "markdownDescription": "The command that starts the server. If empty: an `agentls` on `PATH` that is"
        " at least as new as this extension, or the bundled server.",
    },
    "interpreter": {
        "type": "string",
        "default": "",
        "scope": "machine",
        "markdownDescription": "The Python interpreter (3.11 or newer) that runs the bundled server. If"
        " empty: the interpreter selected in the Python extension, or `python3`, `python` or `py -3`.",
    },
    "trace.server": {
        "type": "string",
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "scope": "window",
        "description": "Log communication between VS Code and the language server."
        " `verbose` includes the text of your files.",
    },
}


def manifest() -> dict[str, Any]:
    """The manifest as it should be."""
    found: dict[str, Any] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    found["version"] = agentls.__version__
    found["activationEvents"] = [f"onLanguage:{language}" for language in LANGUAGES] + [
        f"workspaceContains:{glob}" for glob in ("agentls.toml", *places.other_globs())
    ]
    for command in found["contributes"]["commands"]:
        if "enablement" in command:
            command["enablement"] = f"resourceExtname =~ /^\\.({'|'.join(places.endings())})$/"
    found["contributes"]["configuration"]["properties"] = {
        f"agentls.{name}": facts for name, facts in {**_settings(), **OWN}.items()
    }
    return found


def _settings() -> dict[str, dict[str, Any]]:
    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return {_camel(name): _setting(facts, schema["$defs"]) for name, facts in schema["properties"].items()}


def _setting(facts: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    resolved = _resolved(facts, definitions)
    description = resolved.pop("description")
    return {**resolved, "scope": "window", "markdownDescription": description}


def _resolved(facts: Any, definitions: dict[str, Any]) -> Any:
    """A schema without references, which VS Code does not follow there, and without our own additions."""
    if not isinstance(facts, dict):
        return facts
    name = facts.get("$ref", "").removeprefix("#/$defs/")
    whole = {**definitions[name], **facts} if name else facts
    return {
        key: _resolved(value, definitions) for key, value in whole.items() if key not in ("$ref", "x-agentls")
    }


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(other.title() for other in others)


def write() -> None:
    MANIFEST.write_text(_text(manifest()), encoding="utf-8", newline="\n")
    if LOCK.exists():
        lock = json.loads(LOCK.read_text(encoding="utf-8"))
        lock["version"] = lock["packages"][""]["version"] = agentls.__version__
        LOCK.write_text(_text(lock), encoding="utf-8", newline="\n")


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write()
