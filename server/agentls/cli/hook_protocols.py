"""How products tell a hook what their agent has written, and how a hook tells the model something.

Of each product its own documentation, or a run of it, says so; what is none of these is nobody's hook.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The events behind a tool that has done its work, as products call them, each with the key of the answer.
# Claude Code, Codex, Qwen Code, Factory, Copilot with names of Claude Code, VS Code; Gemini CLI.
_NESTED = ("PostToolUse", "AfterTool")
# Cursor.
_FLAT = {"postToolUse": "additional_context", "afterFileEdit": "additional_context"}
# Copilot CLI names no event, and says what the tool was called with.
_COPILOT = "additionalContext"
# What the arguments of tools call the file that they write.
_PATHS = ("file_path", "filePath", "path", "absolute_path", "target_file", "filename", "notebook_path")
_LISTS = ("edits", "files", "replacements")
# Codex and Copilot write by patches.
_PATCH = re.compile(r"^\*\*\* (?:Add File|Update File|Move to): (\S.*)", re.MULTILINE)
_PATCHES = ("command", "input", "patch", "patchText")
_MOST_FILES = 50


class WrittenFiles(NamedTuple):
    """What an agent has written: the files, the folder it works in, and how its product is answered."""

    paths: tuple[str, ...]
    folder: str
    event: str
    key: str

    def answer(self, text: str) -> str:
        """What tells the model the text, on one line."""
        if self.key:
            return json.dumps({self.key: text})
        return json.dumps({"hookSpecificOutput": {"hookEventName": self.event, "additionalContext": text}})


def written_files(payload: Any, current: str) -> WrittenFiles | None:
    """What a product says on standard input; None for another event, or what is no hook of a product."""
    if not isinstance(payload, dict):
        return None
    event = payload.get("hook_event_name")
    if event in _NESTED and isinstance(event, str):
        key, arguments = "", payload.get("tool_input")
    elif isinstance(event, str) and event in _FLAT:
        key, arguments = _FLAT[event], payload.get("tool_input", payload)
    elif event is None and isinstance(payload.get("toolName"), str):
        key, arguments = _COPILOT, payload.get("toolArgs")
    else:
        return None
    folder = _folder(payload, current)
    named = dict.fromkeys(_named(_decoded(arguments)))
    paths = dict.fromkeys(os.path.normpath(os.path.join(folder, path)) for path in named if "\0" not in path)
    return WrittenFiles(tuple(paths)[:_MOST_FILES], folder, event or "", key)


def _folder(payload: Mapping[str, Any], current: str) -> str:
    roots = payload.get("workspace_roots")
    first = roots[0] if isinstance(roots, list) and roots else None
    for folder in (payload.get("cwd"), first):
        if isinstance(folder, str) and os.path.isabs(folder) and "\0" not in folder:
            return folder
    return current


def _decoded(arguments: Any) -> Any:
    """Copilot gives the arguments as the text of their JSON."""
    if not isinstance(arguments, str):
        return arguments
    try:
        return json.loads(arguments)
    except (ValueError, RecursionError):
        return {"input": arguments}


def _named(arguments: Any) -> Iterator[str]:
    if not isinstance(arguments, dict):
        return
    for name in _PATHS:
        if isinstance(path := arguments.get(name), str) and path:
            yield path
    for name in _LISTS:
        several = arguments.get(name)
        for one in several if isinstance(several, list) else ():
            if isinstance(one, dict):
                yield from (one[key] for key in _PATHS if isinstance(one.get(key), str) and one[key])
    for name in _PATCHES:
        if isinstance(patch := arguments.get(name), str) and "*** " in patch:
            yield from map(str.rstrip, _PATCH.findall(patch))
