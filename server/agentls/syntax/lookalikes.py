"""What looks like a substitution and is none: the product leaves it in the text as it is written.

Only what cannot be meant otherwise is found: a shell has variables of its own, and most of the text with a
dollar sign is about those.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.substitutions import is_variable
from agentls.text.similar_words import closest
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from agentls.syntax.substitutions import Grammar, Substitution


class LookalikeKind(Enum):
    """Why it is none."""

    BRACES = "arguments have no braces"
    NO_BRACES = "variables need braces"
    SPELLING = "a misspelled placeholder"
    FOREIGN = "the placeholder of another product"
    NUMBER = "one argument, where there are only all of them"
    NOWHERE = "a placeholder where nothing is replaced"
    UNDECLARED = "a name that is shown to users or almost declared"
    VARIABLE = "a variable that does not exist here"
    COMMAND = "a command needs white space before its exclamation mark"
    FOREIGN_COMMAND = "a command as another product writes it"
    TILDES = "a block of commands needs backticks"
    GLUED_FILE = "a file needs white space before its sign"
    FOREIGN_FILE = "a file as another product or another file names it"


class Lookalike(NamedTuple):
    """``meant`` is what to write instead; empty where that is not known."""

    kind: LookalikeKind
    span: Span
    meant: str


_BRACED = re.compile(r"\$\{([A-Za-z_][\w.-]*|[0-9]{1,3})\}", re.ASCII)
_BARE = re.compile(r"(?<![\\$\w])\$([A-Za-z_]\w*)", re.ASCII)
_BRACES = re.compile(r"(?<!\{)\{\{ ?(?:args|ARGUMENTS|arguments) ?\}\}(?!\})")
_NUMBER = re.compile(r"(?<![\\$\w])\$[1-9](?![\w.,/]|\s?(?:per|USD|k|M)\b)", re.ASCII)
_ALL = "ARGUMENTS"
# What people write for it; a shell has no such variables.
_ALMOST_ALL = frozenset(
    {"ARGUMENT", "arguments", "argument", "Arguments", "ARGUMENTES", "ARGUEMENTS", "ARGUMNETS"}
)
# A command that is glued to what stands before it, and begins as a command does.
_GLUED = re.compile(r"(?<=[=(\"'*|:>\[])!`(?=[A-Za-z./$~])[^`\n]+`")
_INLINE = re.compile(r"(?:(?<=\s)|(?<![\s\S]))!`(?=[A-Za-z./$~])([^`\n]+)`")
_IN_BRACES = re.compile(r"(?:(?<=\s)|(?<![\s\S]))!\{(?=[A-Za-z./$~])([^{}\n]+)\}")
_TILDES = re.compile(r"^~~~!", re.MULTILINE)
# A link holds such a path as well.
_GLUED_FILE = re.compile(
    r"(?<!\]\()(?<=[(\[\"'])@((?:[\w.-]{1,100}/){0,9}[\w.-]{1,100}\.[A-Za-z]\w{0,9})(?![\w/])"
)
_OF_SETTINGS = re.compile(r"\{(?:file:([^{}\s]{1,300})|env:\w{1,100})\}")


class KnownNames(NamedTuple):
    """``declared`` are arguments, ``hinted`` those that users are shown.

    ``reserved`` is how the product's own variables begin: another name with that beginning is a mistake.
    """

    declared: frozenset[str] = frozenset()
    hinted: frozenset[str] = frozenset()
    reserved: str = ""


def lookalikes(
    text: str, body: Span, grammar: Grammar, names: KnownNames, found: Iterable[Substitution] = ()
) -> Iterator[Lookalike]:
    """All of them in ``body``; ``found`` is what is replaced there."""
    starts = {one.span.start for one in found}
    for one in _all(text, body, grammar, names):
        if one.span.start not in starts:
            yield one


def all_arguments(grammar: Grammar) -> str:
    """How all arguments are written; empty where there are none."""
    if {"$ARGUMENTS", "$arguments"} & {*grammar.forms}:
        return f"${_ALL}"
    return "{{args}}" if "{{args}}" in grammar.forms else ""


def _all(text: str, body: Span, grammar: Grammar, names: KnownNames) -> Iterator[Lookalike]:
    every, forms = all_arguments(grammar), grammar.forms
    yield from _braced(text, body, grammar, names)
    yield from _bare(text, body, grammar, names)
    if "{{args}}" not in forms or every == "{{args}}":
        for match in _BRACES.finditer(text, body.start, body.end):
            # A blank is enough to make it another word.
            kind = LookalikeKind.SPELLING if every == "{{args}}" else LookalikeKind.FOREIGN
            if match[0] != every:
                yield Lookalike(kind if every else LookalikeKind.NOWHERE, Span(*match.span()), every)
    if every == "{{args}}":
        for match in _NUMBER.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.NUMBER, Span(*match.span()), every)
    yield from _commands(text, body, forms)
    if "@path after a blank" in forms:
        for match in _GLUED_FILE.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.GLUED_FILE, Span(*match.span()), "")
    if "{file:path}" not in forms and "@path" in forms:
        for match in _OF_SETTINGS.finditer(text, body.start, body.end):
            meant = f"@{match[1]}" if match[1] else ""
            yield Lookalike(LookalikeKind.FOREIGN_FILE, Span(*match.span()), meant)


def _braced(text: str, body: Span, grammar: Grammar, names: KnownNames) -> Iterator[Lookalike]:
    every = all_arguments(grammar)
    numbers = {"$N", "$N-unbounded"} & {*grammar.forms}
    for match in _BRACED.finditer(text, body.start, body.end):
        name, span = match[1], Span(*match.span())
        if name == _ALL:
            yield Lookalike(LookalikeKind.BRACES if every else LookalikeKind.NOWHERE, span, every)
        elif name in names.declared or (name.isdigit() and numbers):
            yield Lookalike(LookalikeKind.BRACES, span, f"${name}")
        elif names.reserved and name.startswith(names.reserved) and not is_variable(name, grammar):
            yield Lookalike(LookalikeKind.VARIABLE, span, "")


def _bare(text: str, body: Span, grammar: Grammar, names: KnownNames) -> Iterator[Lookalike]:
    every = all_arguments(grammar)
    for match in _BARE.finditer(text, body.start, body.end):
        name, span = match[1], Span(*match.span())
        if name in names.declared or f"{name}," in names.declared:
            continue
        if name in grammar.variables:
            yield Lookalike(LookalikeKind.NO_BRACES, span, f"${{{name}}}")
        elif name == _ALL and every != f"${_ALL}":
            yield Lookalike(LookalikeKind.FOREIGN if every else LookalikeKind.NOWHERE, span, every)
        elif name in _ALMOST_ALL and every:
            yield Lookalike(LookalikeKind.SPELLING, span, every)
        elif "$name" not in grammar.forms:
            continue
        elif name in names.hinted:
            yield Lookalike(LookalikeKind.UNDECLARED, span, "")
        elif name.islower() and (meant := closest(name, names.declared)):
            yield Lookalike(LookalikeKind.UNDECLARED, span, f"${meant}")


def _commands(text: str, body: Span, forms: Sequence[str]) -> Iterator[Lookalike]:
    if "!`command` after a blank" in forms:
        for match in _GLUED.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.COMMAND, Span(*match.span()), "")
    if "```!" in forms:
        for match in _TILDES.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.TILDES, Span(*match.span()), "```!")
    if "!{command}" in forms:
        for match in _INLINE.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.FOREIGN_COMMAND, Span(*match.span()), f"!{{{match[1]}}}")
    elif {"!`command`", "!`command` after a blank"} & {*forms}:
        for match in _IN_BRACES.finditer(text, body.start, body.end):
            yield Lookalike(LookalikeKind.FOREIGN_COMMAND, Span(*match.span()), f"!`{match[1]}`")
