"""The agents, skills and servers that Claude Code's settings name, with their places; any JSON, any shape.

What the settings say of plugins is the affair of ``plugins``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.products import configuration
from agentls.semantics.file_references import Reference
from agentls.syntax.nodes import Scalar, Sequence, scalars
from agentls.system import paths
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.document import Document
    from agentls.syntax.nodes import Path

# A rule for one agent or skill; `Skill(name *)` is the skill with any arguments.
_CALL = re.compile(r"(?P<tool>\w+)\((?P<name>[\w.:-]*[\w.-])(?: \*)?\)")
# In a pattern, a server whose name is followed by its end: what else might follow is another name.
SPELT_OUT = re.compile(r"(?<![\w-])mcp__[\w-]+?(?:__[\w-]*|(?=\||\Z))(?![\w-])")
Named = tuple[str, str, Span]


def is_settings_file(path: str) -> bool:
    """Whether a file is a project's settings, or the user's own."""
    return paths.posix(path).endswith(tuple(f"/{place}" for place in configuration.settings_files()))


def references(document: Document) -> list[Reference]:
    """What settings name, and so the hooks of a plugin, in the order of the text."""
    return [Reference(kind, name, span) for kind, name, span in names(document)]


def names(document: Document) -> Iterator[Named]:
    """The kind of each name (agent, skill, server, tool), the name and its place, in their order."""
    for entry in document.entries_at(("enabledPlugins",)):
        key = entry.key
        if isinstance(key, Scalar) and not key.raw and key.value.find("@") > 0:
            plugin = key.value.partition("@")[0]
            yield "plugin", plugin, _within(key.inner, (0, len(plugin)))
    for path, scalar in scalars(document.root):
        # A name that is written with escapes would be written anew without them; nobody does so.
        if isinstance(scalar.plain, str) and not scalar.raw:
            yield from _named(path, scalar.value, scalar.inner)


def allowed(document: Document) -> list[str]:
    """The permission rules by which tools may be used without asking."""
    rules = document.node(("permissions", "allow"))
    return [
        rule.plain
        for rule in (rules.items if isinstance(rules, Sequence) else ())
        if isinstance(rule, Scalar) and isinstance(rule.plain, str)
    ]


def _named(place: Path, text: str, span: Span) -> Iterator[Named]:
    match place:
        case ("agent",):
            yield "agent", text, span
        case ("enabledMcpjsonServers" | "disabledMcpjsonServers", int()):
            yield "server", text, span
        case ("hooks", str(), int(), "hooks", int(), "server"):
            yield "server", text, span
        case ("permissions", "allow" | "ask" | "deny", int()):
            yield from _in_rule(text, span)
        case ("hooks", str(), int(), "hooks", int(), "if"):
            yield from _in_rule(text, span)
        case ("hooks", str(), int(), "matcher"):
            for found in SPELT_OUT.finditer(text):
                yield "tool", found[0], _within(span, found.span())


def _in_rule(text: str, span: Span) -> Iterator[Named]:
    if text.startswith("mcp__"):
        yield "tool", text, span
    elif call := _CALL.fullmatch(text):
        tool = configuration.owner().tools.tool(call["tool"])
        if tool and tool.argument:
            yield tool.argument, call["name"], _within(span, call.span("name"))


def _within(span: Span, part: tuple[int, int]) -> Span:
    return Span(span.start + part[0], span.start + part[1])
