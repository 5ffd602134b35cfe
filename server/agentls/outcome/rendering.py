"""The text that the model gets: a body with its substitutions made, for the arguments that somebody types.

Nothing is run and nothing is read: a command stands in the result as the command that would be run, a
file as the reference that would be attached.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.syntax.substitutions import Kind, Substitution
from agentls.text import shell_words
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agentls.syntax.substitutions import Grammar


class Arguments(NamedTuple):
    """``raw`` as typed, ``words`` as the product splits it."""

    raw: str
    words: tuple[str, ...]


class RenderedPiece(NamedTuple):
    """A stretch of the result: ``span`` is where it comes from, ``made_by`` what was replaced there."""

    text: str
    span: Span
    made_by: Substitution | None = None


class Rendered(NamedTuple):
    """``pieces`` follow the body without gaps; ``before`` and ``after`` are what the product adds to it."""

    before: str
    pieces: tuple[RenderedPiece, ...]
    after: str

    @property
    def text(self) -> str:
        return self.before + "".join(piece.text for piece in self.pieces) + self.after


def arguments(line: str, grammar: Grammar) -> Arguments:
    """What somebody typed behind the name, as the product takes it."""
    if grammar.splits == "shell":
        return Arguments(
            _defused(line), tuple(map(_defused, shell_words.first_command(line))) if line else ()
        )
    return Arguments(line, tuple(line.split()))


_AT_START_OF_WORD = re.compile(r"(?<!\S)!")


def _defused(value: str) -> str:
    """Claude Code makes sure that an argument starts no command."""
    return _AT_START_OF_WORD.sub(r"\\!", value.replace("!`", "! `").replace("`!", "` !"))


class Template(NamedTuple):
    """A text and what is replaced in it; ``names`` are the declared arguments in their order."""

    text: str
    body: Span
    grammar: Grammar
    found: Sequence[Substitution]
    names: Sequence[str] = ()


def render(template: Template, given: Arguments, variables: Mapping[str, str]) -> Rendered:
    """The body with its substitutions made; ``variables`` without a value here stay as they are written."""
    grammar = template.grammar
    values = _Values(template, given, variables)
    pieces = tuple(_pieces(template, values))
    filled = any(piece.made_by and values.fills(piece.made_by) for piece in pieces)
    after = grammar.appends.format(arguments=given.raw) if given.raw and not filled else ""
    return Rendered(values.in_variables(grammar.prefix), pieces, after)


def _numbers(found: Sequence[Substitution]) -> Iterator[int]:
    return (int(one.value) for one in found if one.kind is Kind.ARGUMENT)


def _pieces(template: Template, values: _Values) -> Iterator[RenderedPiece]:
    text, body = template.text, template.body
    at = body.start
    for one in template.found:
        value = values.of(one)
        if value is None or one.span.start < at:
            continue
        if one.span.start > at:
            yield RenderedPiece(text[at : one.span.start], Span(at, one.span.start))
        yield RenderedPiece(value, one.span, one)
        at = one.span.end
    if at < body.end:
        yield RenderedPiece(text[at : body.end], Span(at, body.end))


class _Values:
    """What each substitution becomes."""

    def __init__(self, template: Template, given: Arguments, variables: Mapping[str, str]) -> None:
        self._grammar = template.grammar
        self._names = {name: index for index, name in reversed(list(enumerate(template.names)))}
        self._variables = variables
        self._last = max(_numbers(template.found), default=0)
        # Claude Code fills its variables even where the user has typed one.
        words = (
            tuple(map(self.in_variables, given.words)) if template.grammar.splits == "shell" else given.words
        )
        self._given = Arguments(self.in_variables(given.raw), words)

    def of(self, found: Substitution) -> str | None:
        """None for what stays as it is written."""
        match found.kind:
            case Kind.ARGUMENT:
                return self._argument(int(found.value))
            case Kind.ARGUMENTS:
                return self._given.raw
            case Kind.NAMED:
                return self._word(self._names[found.value]) or ""
            case Kind.VARIABLE:
                return self._variables.get(found.value)
            case Kind.ESCAPE:
                return "$"
        return None

    def fills(self, found: Substitution) -> bool:
        """Whether it counts as a use of the arguments."""
        return found.kind in (Kind.ARGUMENT, Kind.ARGUMENTS, Kind.NAMED)

    def _argument(self, number: int) -> str | None:
        index = number - self._grammar.first
        if self._grammar.is_rest_last and number == self._last and index >= 0:
            return " ".join(self._given.words[index:])
        word = self._word(index)
        return "" if word is None and self._grammar.missing == "empty" else word

    def _word(self, index: int) -> str | None:
        return self._given.words[index] if 0 <= index < len(self._given.words) else None

    def in_variables(self, text: str) -> str:
        for name, value in self._variables.items():
            text = text.replace(f"${{{name}}}", value)
        return text
