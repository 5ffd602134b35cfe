"""What somebody types behind the name of a skill or a command, as its product takes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.text import shell_words

if TYPE_CHECKING:
    from agentls.syntax.substitutions import Grammar


class TypedArguments(NamedTuple):
    """``typed`` as it was; ``raw`` is what the product makes of it, ``words`` how it splits it."""

    typed: str
    raw: str
    words: tuple[str, ...]


def typed_arguments(line: str, grammar: Grammar) -> TypedArguments:
    """The arguments in ``line``, split as the grammar's ``splits`` says."""
    return TypedArguments(line, *_SPLITS[grammar.splits](line))


def _at_blanks(line: str) -> tuple[str, tuple[str, ...]]:
    return line, tuple(line.split())


def _single_spaces(line: str) -> tuple[str, tuple[str, ...]]:
    words = tuple(line.split())
    return " ".join(words), words


def _as_shell(line: str) -> tuple[str, tuple[str, ...]]:
    words = shell_words.first_command(line) if line else ()
    return _defused(line), tuple(map(_defused, words))


_AT_START_OF_WORD = re.compile(r"(?<!\S)!")


def _defused(value: str) -> str:
    """Claude Code makes sure that an argument starts no command."""
    return _AT_START_OF_WORD.sub(r"\\!", value.replace("!`", "! `").replace("`!", "` !"))


_QUOTED_WORD = re.compile(r"(?i:\[Image\s+[0-9]+\])|\"[^\"]*\"|'[^']*'|[^\s\"']+")
_OUTER_QUOTES = re.compile("^[\"']|[\"']$")


def _between_quotes(line: str) -> tuple[str, tuple[str, ...]]:
    """As opencode has it: a quote ends the word before it, and one without its partner is lost."""
    return line, tuple(_OUTER_QUOTES.sub("", word) for word in _QUOTED_WORD.findall(line))


# Each gives the text of all arguments, and their words.
_SPLITS = {
    "": _at_blanks,
    "single-spaces": _single_spaces,
    "shell": _as_shell,
    "quotes": _between_quotes,
}
