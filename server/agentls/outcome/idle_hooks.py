"""Hooks that never run although they can be read, and such as run when nobody expects it.

A matcher of plain names is a list of whole names, any other one is a regular expression; letter case counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome.consequences import Consequence
from agentls.semantics import hooks
from agentls.syntax.nodes import Scalar
from agentls.text import js_regex
from agentls.text.similar_words import closest, equal_ignoring_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Vocabulary
    from agentls.semantics.file import File
    from agentls.semantics.hooks import HookGroup, HookHandler
    from agentls.text.source import Span

IDLE = "idle-hook"
IGNORED = "ignored-matcher"
LONG = "long-timeout"
_ALL = ("", "*")
_MCP = "mcp__"
_OF_NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
_RULE = re.compile(r"(?P<tool>[A-Za-z]\w*)\((?P<content>.*)\)", re.DOTALL)
# A tool with something behind it, as rules of other products have it: `Edit:*.ts`.
_MORE_THAN_NAME = re.compile(r"(?P<tool>[A-Za-z]\w*)(?:[:(]| [^|]).*", re.DOTALL)
_NAME = re.compile(r"[A-Za-z]\w*")
# The name that an expression is about: `^bash$`, `(bash)`, `bash.*`.
_ABOUT = re.compile(r"\^?\(?(?P<name>[A-Za-z]\w*)\)?(?:\.[*+])?\$?")
# From here on, round numbers are no seconds.
_LONG = 1000
_ROUND = 500
_MINUTE = 60
_MOST_SHOWN = 6


class _Part(NamedTuple):
    """A name or an alternative of a matcher; ``message`` says why it matches nothing, empty where it may.

    ``is_sure``: nothing that nobody knows of here can be called so.
    """

    text: str
    span: Span
    message: str = ""
    guess: str = ""
    is_sure: bool = True
    is_harmless: bool = False


def of(file: File) -> Iterator[Consequence]:
    """In the order of the groups."""
    for group in hooks.groups(file):
        matches_tools = group.spec.matches == "tool"
        tools = _ToolNames(file.dialect.tools)
        names: list[str] = []
        if group.matcher is not None and group.matcher.value not in _ALL:
            if group.spec.matches == "none":
                message = f"`{group.event}` has no matcher."
                yield Consequence(IGNORED, group.matcher.span, message)
            else:
                yield from _of_matcher(group, group.matcher, tools)
            names = _exact_names(group)
        for handler in group.handlers:
            if condition := _text(handler, "if"):
                message = (
                    _idle_condition(condition.value, tools, names) if matches_tools else _no_tools(group)
                )
                if message:
                    yield Consequence(f"{IDLE}.if", condition.inner, message)
            yield from _of_timeout(handler)


def _of_matcher(group: HookGroup, matcher: Scalar, tools: _ToolNames) -> Iterator[Consequence]:
    parts = list(_parts(group, matcher, tools))
    dead = [part for part in parts if part.message]
    is_over = len(dead) == len(parts)
    for part in dead:
        if is_over or not part.is_harmless:
            case = "" if is_over and part.is_sure else ".unknown" if is_over else ".name"
            data = (part.guess,) if part.guess else ()
            yield Consequence(f"{IDLE}{case}", part.span, part.message, data)


def _parts(group: HookGroup, matcher: Scalar, tools: _ToolNames) -> Iterator[_Part]:
    text = matcher.value
    if re.fullmatch(group.spec.exact, text):
        for match in re.finditer(r"[^|,]+" if "," in group.spec.exact else r"[^|]+", text):
            name = match.group().strip()
            start = match.start() + match.group().index(name)
            span = matcher.source_of(start, start + len(name)) or matcher.inner
            yield _named(group, name, span, tools)
        return
    rule = _RULE.fullmatch(text)
    is_rule = rule and group.spec.matches == "tool" and tools.alive_like(rule["tool"])
    expression = js_regex.compiled(text)
    if is_rule and (expression.error or not any(expression.finds(name) is not False for name in tools.names)):
        message = f"`{text}` is a permission rule, but a matcher is compared with the name of the tool alone."
        yield _Part(text, matcher.inner, f"{message} Such a rule belongs into `if`.")
        return
    if expression.error:
        message = f"`{text}` is not a valid regular expression: {expression.error}."
        yield _Part(text, matcher.inner, message)
        return
    for start, end in _alternatives(text):
        span = matcher.source_of(start, end) or matcher.inner
        yield _expressed(group, text[start:end], span, tools)


def _named(group: HookGroup, name: str, span: Span, tools: _ToolNames) -> _Part:
    """A part that is compared with whole names."""
    if group.spec.values:
        return _valued(group, name, span, is_there=name in group.spec.values)
    if group.spec.matches != "tool" or name in tools.names or tools.is_of_server(name):
        return _Part(name, span)
    if server := tools.whole_server(name):
        message = f"No tool is called `{name}`, which names a server."
        return _Part(name, span, message, f"{server}__.*")
    if removed := tools.removed(name):
        return _Part(name, span, f"`{name}` is no tool any more. {removed}", is_harmless=True)
    guess = tools.guess(name)
    case = ", and letter case counts" if guess.lower() == name.lower() else ""
    message = f"No tool of {tools.product} is called `{name}`{case}."
    return _Part(name, span, message, guess, is_sure=bool(guess))


def _valued(group: HookGroup, text: str, span: Span, *, is_there: bool) -> _Part:
    if is_there:
        return _Part(text, span)
    values = group.spec.values
    guess = equal_ignoring_style(text, values) or closest(text, values) or ""
    guess = guess or next((v for v in values if v.startswith(text) or text.startswith(v)), "")
    words = ", ".join(f"`{value}`" for value in values[:_MOST_SHOWN])
    words += " and more" if len(values) > _MOST_SHOWN else ""
    message = f"`{text}` matches no {group.spec.matches} of `{group.event}`: {words}."
    return _Part(text, span, message, guess)


def _expressed(group: HookGroup, text: str, span: Span, tools: _ToolNames) -> _Part:
    """A part that is a regular expression."""
    expression = js_regex.compiled(text)
    if group.spec.values:
        is_there = any(expression.finds(value) is not False for value in group.spec.values)
        return _valued(group, text, span, is_there=is_there)
    if group.spec.matches != "tool" or any(expression.finds(n) is not False for n in tools.names):
        return _Part(text, span)
    more = _MORE_THAN_NAME.fullmatch(text)
    if more and tools.alive_like(more["tool"]):
        message = f"`{text}` matches no tool: a matcher is compared with the name of the tool alone."
        return _Part(text, span, f"{message} What a call is about belongs into `if`.")
    about = _ABOUT.fullmatch(text)
    guess = tools.guess(about["name"]) if about else ""
    # A tool of a server may be called anything.
    may_be_of_server = expression.can_find_behind(_MCP, _OF_NAMES)
    is_case = bool(about) and guess.lower() == about["name"].lower() if about else False
    if may_be_of_server and not is_case:
        return _Part(text, span)
    case = ", and letter case counts" if is_case else ""
    message = f"No tool of {tools.product} matches `{text}`{case}."
    return _Part(text, span, message, text.replace(about["name"], guess) if about and guess else "")


def _alternatives(text: str) -> Iterator[tuple[int, int]]:
    """Where the alternatives of a valid expression lie that are in no parentheses."""
    start, depth, is_class, at = 0, 0, False, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif is_class:
            is_class = sign != "]"
        elif sign == "[":
            is_class = True
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif sign == "|" and depth == 0:
            yield start, at
            start = at + 1
        at += 1
    yield start, len(text)


def _exact_names(group: HookGroup) -> list[str]:
    """The names of a matcher that has nothing else."""
    text = group.matcher.value if group.matcher else ""
    is_exact = group.spec.matches == "tool" and re.fullmatch(group.spec.exact, text)
    return [name.strip() for name in re.split(r"[|,]", text) if name.strip()] if is_exact else []


def _no_tools(group: HookGroup) -> str:
    return f"`if` is compared with calls of tools, and `{group.event}` is about none."


def _idle_condition(text: str, tools: _ToolNames, names: list[str]) -> str:
    """Why a condition never holds; empty where it may."""
    text = text.strip()
    rule = _RULE.fullmatch(text)
    if not rule and ("(" in text or ")" in text):
        return f"`{text}` is not a permission rule: its parentheses do not fit."
    if rule and re.search(r"\)\s*[|,]\s*[A-Z]\w*\(", text):
        return "`if` takes one permission rule, not several."
    name = rule["tool"] if rule else text
    if not _NAME.fullmatch(name) or name.startswith(_MCP):
        return ""
    if name not in tools.names:
        guess = tools.guess(name)
        return f"No tool of {tools.product} is called `{name}`; did you mean `{guess}`?" if guess else ""
    if names and not any(tools.are_related(name, other) for other in names):
        listed = " and ".join(f"`{other}`" for other in names[:3])
        return f"`{text}` is about `{name}`, but the matcher lets only {listed} through."
    return ""


def _of_timeout(handler: HookHandler) -> Iterator[Consequence]:
    node = handler.value("timeout")
    seconds = node.plain if isinstance(node, Scalar) else None
    if node is None or isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return
    if seconds >= _LONG and seconds % _ROUND == 0:
        minutes = round(seconds / _MINUTE)
        data = (f"{seconds / 1000:g}",)
        message = f"`timeout` is in seconds, and this is {minutes} minutes."
        yield Consequence(LONG, node.span, message, data)


def _text(handler: HookHandler, key: str) -> Scalar | None:
    node = handler.value(key)
    is_text = isinstance(node, Scalar) and isinstance(node.plain, str) and node.value
    return node if is_text and isinstance(node, Scalar) else None


class _ToolNames:
    """The names that a matcher of tools is compared with, as far as they are known here."""

    def __init__(self, tools: Vocabulary) -> None:
        self._tools = tools
        self.product = tools.product
        self.names = {*tools.tools, *tools.aliases, *tools.conditional, *tools.labels}

    def is_of_server(self, name: str) -> bool:
        """Whether it is the name of one tool of a server."""
        return self._tools.is_of_server(name) and not self.whole_server(name)

    def whole_server(self, name: str) -> str:
        """The beginning of the names of a server's tools where a name stands for all of them in lists."""
        is_whole = name.startswith(_MCP) and "__" not in name.removeprefix(_MCP).rstrip("_")
        return name.rstrip("_") if is_whole else ""

    def removed(self, name: str) -> str:
        found = self._tools.removed.get(name)
        return found.note if found else ""

    def alive_like(self, name: str) -> bool:
        return name in self.names or equal_ignoring_style(name, self._tools.tools) is not None

    def guess(self, name: str) -> str:
        """The tool that was meant; empty for none."""
        known = self._tools.tools
        return (
            equal_ignoring_style(name, known)
            or self._tools.suggestions.get(name.lower(), "")
            or closest(name, known)
            or ""
        )

    def are_related(self, one: str, other: str) -> bool:
        """Whether a rule about one may count for the other: rules for paths count for several tools."""
        both = [self._tools.tool(name) for name in (one, other)]
        if both[0] is None or both[1] is None:
            return True
        names = [{tool.name, tool.paths_of or tool.name} for tool in both if tool]
        return bool(names[0] & names[1])
