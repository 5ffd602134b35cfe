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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from agentls.outcome.typed_arguments import TypedArguments
    from agentls.syntax.substitutions import Grammar

# White space of JavaScript, in which most products are written.
BLANKS = "".join(map(chr, (*range(9, 14), 0x20, 0xA0, 0x1680, *range(0x2000, 0x200B)))) + (
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)


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


class Template(NamedTuple):
    """A text and what is replaced in it; ``names`` are the declared arguments in their order.

    ``folder`` is that of the file, ``name`` what it is called by.
    """

    text: str
    body: Span
    grammar: Grammar
    found: Sequence[Substitution]
    names: Sequence[str] = ()
    folder: str = ""
    name: str = ""


def render(template: Template, given: TypedArguments, variables: Mapping[str, str]) -> Rendered:
    """The body with its substitutions made; ``variables`` without a value here stay as they are written."""
    grammar = template.grammar
    values = _Values(template, given, variables)
    pieces = tuple(_pieces(template, values))
    filled = any(piece.made_by and values.fills(piece.made_by) for piece in pieces)
    words = {"folder": template.folder, "name": template.name, "arguments": given.raw, "typed": given.typed}
    added = _framed(grammar.appends, words) if given.raw and not filled else ""
    rendered = Rendered(_framed(grammar.prefix, words), pieces, _framed(grammar.suffix, words) + added)
    return _trimmed(rendered) if grammar.is_result_trimmed else rendered


def _framed(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda word: words[word[1]], text)


def _trimmed(rendered: Rendered) -> Rendered:
    before = rendered.before.lstrip(BLANKS)
    after = rendered.after.rstrip(BLANKS)
    pieces = rendered.pieces if before else _without_blanks(rendered.pieces, str.lstrip)
    if not after:
        pieces = (*_without_blanks(pieces[::-1], str.rstrip),)[::-1]
    return Rendered(before, pieces, after)


def _without_blanks(
    pieces: Iterable[RenderedPiece], strip: Callable[[str, str], str]
) -> tuple[RenderedPiece, ...]:
    """The pieces, of which the first ones lose their white space."""
    kept: list[RenderedPiece] = []
    is_inside = False
    for piece in pieces:
        left = piece.text if is_inside else strip(piece.text, BLANKS)
        is_inside = is_inside or bool(left)
        kept.append(piece._replace(text=left))
    return tuple(kept)


def _pieces(template: Template, values: _Values) -> Iterator[RenderedPiece]:
    text, body = template.text, template.body
    at, end_of_command = body.start, 0
    for one in template.found:
        if one.kind is Kind.COMMAND:
            end_of_command = max(end_of_command, one.span.end)
        value = values.of(one, is_in_command=one.span.start < end_of_command)
        if value is None or one.span.start < at:
            continue
        if one.span.start > at:
            yield RenderedPiece(text[at : one.span.start], Span(at, one.span.start))
        yield RenderedPiece(value, one.span, one)
        at = one.span.end
    if at < body.end:
        yield RenderedPiece(text[at : body.end], Span(at, body.end))


_DOLLARS = re.compile(r"\$([$&])")
# All arguments as `{{args}}`, apart from `$ARGUMENTS`.
_IN_BRACES = "args"


class _Values:
    """What each substitution becomes."""

    def __init__(self, template: Template, given: TypedArguments, variables: Mapping[str, str]) -> None:
        self._grammar = template.grammar
        self._names = {name: index for index, name in reversed(list(enumerate(template.names)))}
        self._variables = variables
        self._last = max((int(s.value) for s in template.found if s.kind is Kind.ARGUMENT), default=0)
        self._raw, self._words = given.raw, given.words
        if self._grammar.splits == "shell":
            # Claude Code fills its variables even where the user has typed one.
            self._raw, self._words = (
                self._in_variables(given.raw),
                tuple(map(self._in_variables, given.words)),
            )

    def of(self, found: Substitution, *, is_in_command: bool) -> str | None:
        """None for what stays as it is written."""
        match found.kind:
            case Kind.ARGUMENT:
                return self._argument(int(found.value))
            case Kind.ARGUMENTS if is_in_command and self._grammar.quotes_in_commands:
                return self._replacement(found, self._in_command(found))
            case Kind.ARGUMENTS:
                return self._replacement(found, self._raw)
            case Kind.NAMED:
                return self._word(self._names[found.value]) or ""
            case Kind.VARIABLE:
                return self._variables.get(found.value)
            case Kind.ESCAPE:
                return "$"
            case Kind.COMMAND if not found.value:
                return ""
        return None

    def fills(self, found: Substitution) -> bool:
        """Whether it counts as a use of the arguments."""
        if self._grammar.quotes_in_commands and found.kind is Kind.ARGUMENTS:
            return found.value == _IN_BRACES
        return found.kind in (Kind.ARGUMENT, Kind.ARGUMENTS, Kind.NAMED)

    def _argument(self, number: int) -> str | None:
        index = number - self._grammar.first
        if self._grammar.is_rest_last:
            return self._of_opencode(number, index)
        word = self._word(index)
        return "" if word is None and self._grammar.missing == "empty" else word

    def _of_opencode(self, number: int, index: int) -> str:
        if number == self._last:
            # Of `$0`, where no other number is, this leaves the last word.
            return " ".join(self._words[index:])
        return "undefined" if index < 0 else self._word(index) or ""

    def _word(self, index: int) -> str | None:
        return self._words[index] if 0 <= index < len(self._words) else None

    def _replacement(self, found: Substitution, value: str) -> str:
        """What `replaceAll` of JavaScript makes of a value; what else it knows is rarer still."""
        if not self._grammar.expands_dollars:
            return value
        written = "{{args}}" if found.value == _IN_BRACES else f"${found.value}"
        return _DOLLARS.sub(lambda sign: "$" if sign[1] == "$" else written, value)

    def _in_command(self, found: Substitution) -> str:
        if found.value == _IN_BRACES:
            return shell_words.quoted(self._raw)
        # Qwen Code takes away a pair of quotes, and quotes what could be more than one command.
        bare = re.sub(r"\A'([\s\S]*?)'\Z", r"\1", self._raw)
        return shell_words.quoted(self._raw) if shell_words.may_do_more(bare) else bare

    def _in_variables(self, text: str) -> str:
        for name, value in self._variables.items():
            text = text.replace(f"${{{name}}}", value)
        return text
