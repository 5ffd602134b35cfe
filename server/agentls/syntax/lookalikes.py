"""What looks like a substitution and is none: the product leaves it in the text as it is written.

Only what cannot be meant otherwise is found: a shell has variables of its own, and most of the text with a
dollar sign is about those.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.substitutions import is_variable
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.syntax.substitutions import Grammar


class LookalikeKind(Enum):
    """Why it is none."""

    BRACES = "arguments have no braces"
    NO_BRACES = "variables need braces"
    SPELLING = "a misspelled placeholder"
    FOREIGN = "the placeholder of another product"
    VARIABLE = "a variable that does not exist here"
    COMMAND = "a command needs white space before its exclamation mark"


class Lookalike(NamedTuple):
    """``meant`` is what to write instead; empty where that is not known."""

    kind: LookalikeKind
    span: Span
    meant: str


_BRACED = re.compile(r"\$\{([A-Za-z_][\w.-]*|[0-9]{1,3})\}", re.ASCII)
_BARE = re.compile(r"(?<![\\$\w])\$([A-Za-z_]\w*)", re.ASCII)
_FOREIGN = re.compile(r"\{\{ ?(?:args|ARGUMENTS|arguments) ?\}\}")
_ALL = "ARGUMENTS"
# What people write for it; a shell has no such variables.
_ALMOST_ALL = frozenset(
    {"ARGUMENT", "arguments", "argument", "Arguments", "ARGUMENTES", "ARGUEMENTS", "ARGUMNETS"}
)
# A command that is glued to what stands before it, and begins as a command does.
_GLUED = re.compile(r"(?<=[=(\"'*|:>\[])!`(?=[A-Za-z./$~])[^`\n]+`")


def lookalikes(
    text: str, body: Span, grammar: Grammar, names: Iterable[str] = (), reserved: str = ""
) -> Iterator[Lookalike]:
    """All of them in ``body``; ``names`` are the declared arguments.

    ``reserved`` is how the product's own variables begin: another name with that beginning is a mistake.
    """
    if "$ARGUMENTS" not in grammar.forms:
        return
    known = frozenset(names)
    yield from _braced(text, body, grammar, known, reserved)
    yield from _bare(text, body, grammar, known)
    if "{{args}}" not in grammar.forms:
        for match in _FOREIGN.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.FOREIGN, Span(*match.span()), f"${_ALL}")
    if "!`command` after a blank" in grammar.forms:
        for match in _GLUED.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.COMMAND, Span(*match.span()), "")


def _braced(
    text: str, body: Span, grammar: Grammar, known: frozenset[str], reserved: str
) -> Iterator[Lookalike]:
    for match in _BRACED.finditer(text, body.start, body.end):
        name, span = match[1], Span(*match.span())
        if name == _ALL or name.isdigit() or name in known:
            yield Lookalike(LookalikeKind.BRACES, span, f"${name}")
        elif reserved and name.startswith(reserved) and not is_variable(name, grammar):
            yield Lookalike(LookalikeKind.VARIABLE, span, "")


def _bare(text: str, body: Span, grammar: Grammar, known: frozenset[str]) -> Iterator[Lookalike]:
    for match in _BARE.finditer(text, body.start, body.end):
        name, span = match[1], Span(*match.span())
        if name in known:
            continue
        if name in grammar.variables:
            yield Lookalike(LookalikeKind.NO_BRACES, span, f"${{{name}}}")
        elif name in _ALMOST_ALL:
            yield Lookalike(LookalikeKind.SPELLING, span, f"${_ALL}")
