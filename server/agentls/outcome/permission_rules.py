"""Rules of Claude Code's permissions, `Tool` or `Tool(content)`: what is skipped, and what never matches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.outcome.consequences import Consequence
from agentls.syntax.nodes import Scalar, Sequence
from agentls.text.similar_words import closest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Vocabulary
    from agentls.semantics.file import File

RULE = "invalid-permission"
LISTS = ("allow", "ask", "deny")
# A server whose name is spelled out, with a pattern for its tools at most.
_ONE_SERVER = re.compile(r"mcp__[^*?]+?(?:__.*)?")
_OF_FILES = ("Read", "Edit", "Glob", "Write", "NotebookEdit", "NotebookRead", "Cd")
# What rules for paths count for these tools.
_INSTEAD = {"Write": "Edit", "NotebookEdit": "Edit", "MultiEdit": "Edit", "Glob": "Read"}
# Folders that hardly any project has at its root.
_FROM_DISK = re.compile(r"/(?:home|Users|etc|root|usr|var|opt|tmp|private)/")


def of(file: File) -> Iterator[Consequence]:
    """In the order of the text; at most one for each rule."""
    for name in LISTS if file.dialect.kind == "settings" else ():
        rules = file.document.node(("permissions", name))
        for rule in rules.items if isinstance(rules, Sequence) else ():
            # What is written with escapes is left alone but for that of a backslash.
            if isinstance(rule, Scalar) and isinstance(rule.plain, str):
                found = _problem(rule.value, name, file.dialect.tools)
                if found:
                    case, message, data = found
                    span = rule.inner if rule.inner.length else rule.span
                    yield Consequence(f"{RULE}.{case}", span, message, () if rule.raw else data)


def rule_at(file: File, offset: int) -> tuple[str, Scalar] | None:
    """The rule under the cursor, and the list that it is in."""
    for name in LISTS if file.dialect.kind == "settings" else ():
        rules = file.document.node(("permissions", name))
        for rule in rules.items if isinstance(rules, Sequence) else ():
            if isinstance(rule, Scalar) and offset in rule.span:
                return name, rule
    return None


def parts(rule: str) -> tuple[str, str | None]:
    """The tool, and what stands in the parentheses behind it; None where there are none."""
    tool, sign, rest = rule.partition("(")
    return tool, rest.removesuffix(")") if sign else None


_Problem = tuple[str, str, tuple[str, ...]]


def _problem(rule: str, name: str, tools: Vocabulary) -> _Problem | None:
    tool, content = parts(rule)
    if not rule.strip():
        return "malformed", "The rule is empty.", ()
    if ("(" in rule or ")" in rule) and not (content is not None and rule.endswith(")")):
        return "malformed", f"`{rule}` is not a tool name, nor one with text in parentheses.", ()
    if rule != rule.strip():
        return "dead", f"`{rule}` has a blank at an end.", (rule.strip(),)
    if content == "":
        return "malformed", f"`{rule}` has nothing between the parentheses.", (tool,)
    if tool[:1].islower() and "_" not in tool:
        meant = next((known for known in tools.tools if known.lower() == tool.lower()), "")
        usual = meant or tool[0].upper() + tool[1:]
        data = (usual + rule[len(tool) :],) if meant else ()
        return "malformed", f"`{tool}` is not a tool name: tool names begin with a capital letter.", data
    if tool.startswith("mcp__") and content is not None:
        return "malformed", f"`{rule}`: a tool of a server takes no parentheses.", (tool,)
    if name == "allow" and "*" in tool and not _ONE_SERVER.fullmatch(tool.partition("*")[0]):
        return "malformed", f"`{tool}` may be denied or asked for, but not allowed.", ()
    return (_content(rule, tool, content) if content is not None else None) or _unknown(tool, tools)


def _content(rule: str, tool: str, content: str) -> _Problem | None:
    if tool == "Bash" and content == ":*":
        return "malformed", f"`{rule}` has no command before `:*`.", ()
    if tool in _OF_FILES and content.endswith(":*"):
        return "malformed", f"`{rule}`: `:*` is for commands; paths have `*` and `**`.", ()
    if tool == "WebFetch" and not content.startswith("domain:"):
        host = re.sub(r"^[a-z]+://|/.*", "", content)
        data = (f"WebFetch(domain:{host})",) if re.fullmatch(r"[\w.*-]+", host) else ()
        return "malformed", f"`{rule}`: an address is given as `domain:` and a host.", data
    if tool == "WebSearch" and re.search(r"[*?]", content):
        return ("malformed", f"`{rule}`: a search has no wildcards.", ()) if content != "*" else None
    if tool in _INSTEAD and content not in ("*", "**"):
        instead = _INSTEAD[tool]
        message = f"Claude Code compares the paths of `{tool}` with rules for `{instead}`."
        return "dead" if tool == "Write" else "unmatched", message, (f"{instead}({content})",)
    if tool in ("Read", "Edit") and _FROM_DISK.match(content):
        return "root", f"`{content}` is not a path from the root of the disk.", (f"{tool}(/{content})",)
    return None


def _unknown(tool: str, tools: Vocabulary) -> _Problem | None:
    """A tool that is probably another one; what is known of a release is not all that there is."""
    if not re.fullmatch(r"[A-Z]\w+", tool) or tools.knows(tool):
        return None
    meant = closest(tool, tools.tools)
    return ("tool", f"`{tool}` is not a tool of {tools.product}.", ("meant", meant)) if meant else None
