"""What the commands of hooks run: scripts that are named by a certain path, and variables.

Nothing is run here, and nothing that only a shell knows is guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome.consequences import Consequence
from agentls.semantics import hooks
from agentls.syntax.nodes import Scalar, Sequence
from agentls.syntax.spelling import Style
from agentls.system import paths
from agentls.text.similar_words import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.semantics.hooks import HookHandler
    from agentls.text.source import Span

FAILING = "failing-hook"
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<bare>[A-Za-z_]\w*))")
_OWN = "CLAUDE_"
_PROJECT, _PLUGIN = "CLAUDE_PROJECT_DIR", "CLAUDE_PLUGIN_ROOT"
# What commands of hooks find in their environment, besides what the user has.
_KNOWN = frozenset(
    {_PROJECT, _PLUGIN, "CLAUDE_PLUGIN_DATA", "CLAUDE_ENV_FILE", "CLAUDE_CODE_SESSION_ID", "CLAUDE_SKILL_DIR"}
)
# Those of a plugin are refused in braces elsewhere.
_OF_PLUGINS = ("CLAUDE_PLUGIN_ROOT", "CLAUDE_PLUGIN_DATA")
# A script at the beginning of a command, behind a program that runs it, or behind a `cd` to the project.
_SCRIPT = re.compile(
    r"(?:cd\s+[\"']?\$\{?CLAUDE_PROJECT_DIR\}?[\"']?\s*&&\s*)?"
    r"(?:(?:bash|sh|zsh|node|bun|deno|python|python3|ruby|perl|pwsh|source|\.)\s+(?:-[eux]+\s+)*)?"
    r"[\"']?(?:\$\{?(?P<variable>CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT)\}?[\"']?/)?"
    r"(?P<path>(?:[\w.-]+/)*[\w.-]*\w)(?=[\"']?(?:\s|;|&&|\||$))"
)
# A command that looks for the file itself, or knows what to do without it.
_CAREFUL = re.compile(r"\|\||\[ |\btest |\bif |\bcommand -v|\bwhich ")
_BUILT = re.compile(r"(?:^|/)(?:node_modules|\.?venv|dist|build|target|out|vendor|bin)/")


class HookScript(NamedTuple):
    """A file that a hook runs: where its path stands, and where that leads."""

    name: str
    span: Span
    path: str
    place: str


def scripts(file: File) -> Iterator[HookScript]:
    """The scripts whose place is certain."""
    for handler in _handlers(file):
        command = handler.value("command")
        # What is spelled with escapes or over several lines stands otherwise than it reads.
        if not isinstance(command, Scalar) or _CAREFUL.search(command.value):
            continue
        match = _SCRIPT.match(command.value)
        if match is None:
            continue
        variable, path = match["variable"], match["path"]
        is_plugin = file.scope == "plugin"
        # A word without a folder is a program; what is built is not there before.
        if not (variable or "/" in path) or _BUILT.search(path):
            continue
        # Seen from the folder in which somebody works, which is known for a project only.
        if file.scope not in ("project", "plugin") or (variable == _PLUGIN) is not is_plugin:
            continue
        span = command.source_of(*match.span("path"))
        target = paths.join(file.identity.root, path) if file.identity.root else None
        if span is not None and target is not None:
            place = "the folder of the plugin" if is_plugin else "the root of the project"
            yield HookScript(path, span, target, place)


def variables(file: File) -> Iterator[Consequence]:
    """Variables that stay empty, are not replaced, or keep the hook from running."""
    for handler in _handlers(file):
        command, arguments = handler.value("command"), handler.value("args")
        is_direct = isinstance(arguments, Sequence)
        texts = [command, *(arguments.items if isinstance(arguments, Sequence) else ())]
        for node in texts:
            if isinstance(node, Scalar) and isinstance(node.plain, str):
                yield from _in_text(file, node, is_direct=is_direct)


def _in_text(file: File, node: Scalar, *, is_direct: bool) -> Iterator[Consequence]:
    for match in _VARIABLE.finditer(node.value):
        name = match["braced"] or match["bare"]
        if not name.startswith(_OWN):
            continue
        span = node.source_of(*match.span()) or node.inner
        if name in _OF_PLUGINS and match["braced"] and file.scope in ("project", "user"):
            message = f"`{match.group()}` is known only in the hooks of a plugin."
            replacement = f"${{{_PROJECT}}}" if name == _PLUGIN and file.scope == "project" else ""
            yield Consequence(f"{FAILING}.plugin", span, message, (replacement,) if replacement else ())
        elif name not in _KNOWN:
            # What somebody sets in the environment is called otherwise.
            if (guess := closest(name, _KNOWN)) and not name.startswith("CLAUDE_CODE_"):
                written = match.group().replace(name, guess)
                message = f"`{name}` is not a variable of {file.dialect.product}; did you mean `{guess}`?"
                yield Consequence(f"{FAILING}.variable", span, message, (written,))
        elif is_direct and match["bare"]:
            message = f"Beside `args`, only `${{{name}}}` in braces is replaced."
            # Between brackets, a brace without quotes is one of YAML's.
            remedy = (f"${{{name}}}",) if node.style is not Style.PLAIN else ()
            yield Consequence(f"{FAILING}.braces", span, message, remedy)


def _handlers(file: File) -> Iterator[HookHandler]:
    for group in hooks.groups(file):
        yield from (handler for handler in group.handlers if handler.type == "command")
