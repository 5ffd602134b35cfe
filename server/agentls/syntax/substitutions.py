"""What a product replaces, runs or attaches in a text on its way to the model: where it stands.

What becomes of each is said elsewhere. Markdown plays no part: the products look at code blocks, comments
and quotations like at all other text, so nothing here does otherwise. Every form is found in linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Kind(Enum):
    """What such a place stands for."""

    ARGUMENT = "one argument by its number"
    ARGUMENTS = "all arguments"
    NAMED = "one argument by its declared name"
    VARIABLE = "a variable of the product"
    COMMAND = "a shell command that is run while the text is loaded"
    FILE = "a file that is attached or included"
    AGENT = "an agent that the user is said to want"
    ESCAPE = "a sign that is protected from being replaced"


class Substitution(NamedTuple):
    """``span``: all that is replaced; ``inner``: the number, name, variable, command or path in it.

    ``value`` is the text of ``inner``. Both spans are offsets into the text that was searched. A command may
    hold others; else none overlap but a path and the variables in it.
    """

    kind: Kind
    span: Span
    inner: Span
    value: str


class Grammar(NamedTuple):
    """How one product reads the text of one kind of file.

    ``forms`` are keys of ``FORMS``. ``first`` is the number of the first argument. ``variables`` are the
    names that are filled, a trailing ``*`` stands for any ending. ``missing`` is what becomes of an argument
    that nobody gives, ``stays`` or ``empty``; the last number takes all the rest with ``is_rest_last``.
    ``splits`` says how arguments are split, see ``outcome.typed_arguments``; with ``quotes_in_commands`` they
    stand between quotes inside of commands, and with ``expands_dollars`` a ``$$`` in them is one dollar.
    ``prefix`` and ``suffix`` stand around the text, ``appends`` follows where nothing was filled; in them
    ``{folder}``, ``{name}``, ``{arguments}`` and ``{typed}`` are those of the call.
    ``is_result_trimmed``: white space around all of it is taken away at last.
    """

    forms: tuple[str, ...] = ()
    first: int = 0
    variables: tuple[str, ...] = ()
    missing: str = "stays"
    appends: str = ""
    is_rest_last: bool = False
    splits: str = ""
    quotes_in_commands: bool = False
    expands_dollars: bool = False
    prefix: str = ""
    suffix: str = ""
    is_result_trimmed: bool = False


def find(text: str, body: Span, grammar: Grammar, names: Iterable[str] = ()) -> tuple[Substitution, ...]:
    """All substitutions in ``body``, in the order of the text; ``names`` are the declared arguments."""
    names = tuple(names)
    found: list[Substitution] = []
    for form in grammar.forms:
        found += FORMS[form](text, body, grammar, names)
    return tuple(sorted(_apart(found), key=_place))


# Claude Code takes no more names, and no longer ones.
_MOST_NAMES, _LONGEST_NAME = 64, 64


def declared_names(value: object) -> tuple[str, ...]:
    """The names in a field that declares arguments: a list of texts, or a text that is split at blanks.

    Names of digits only are dropped; a comma belongs to the name.
    """
    words = value.split() if isinstance(value, str) else value if isinstance(value, list) else ()
    names = [word for word in words if isinstance(word, str) and not word.isdigit()]
    return tuple(name for name in names if 0 < len(name) <= _LONGEST_NAME)[:_MOST_NAMES]


def _place(found: Substitution) -> tuple[int, int]:
    return found.span.start, -found.span.end


def _apart(found: list[Substitution]) -> Iterator[Substitution]:
    """Without those that begin inside one of an earlier form, as in ``$ARGUMENTS`` and ``$ARGUMENTS[0]``."""
    taken: set[int] = set()
    for one in found:
        if one.kind in _HOLDING:
            yield one
        elif one.span.start not in taken:
            taken.add(one.span.start)
            if one.kind is Kind.ESCAPE:
                # The sign behind the backslash is spoken for.
                taken.add(one.span.start + 1)
            yield one


# Others may stand inside of these.
_HOLDING = frozenset({Kind.COMMAND, Kind.FILE, Kind.AGENT})


def _matches(pattern: re.Pattern[str], text: str, body: Span) -> Iterator[re.Match[str]]:
    return pattern.finditer(text, body.start, body.end)


def _of(kind: Kind, match: re.Match[str], group: int | str = 1) -> Substitution:
    return Substitution(kind, Span(*match.span()), Span(*match.span(group)), match[group])


# --- arguments ---

_ESCAPED = re.compile(r"(?<!\\)\\\$(?=\d|ARGUMENTS|([A-Za-z_][\w-]*))")
_NUMBER = re.compile(r"\$([0-9]{1,9})(?![\w0-9])", re.ASCII)
# Of a number that no list is as long as, the beginning is as good as all of it.
_BARE_NUMBER = re.compile(r"\$([0-9]{1,9})[0-9]*+")
_INDEX = re.compile(r"\$ARGUMENTS\[([0-9]{1,9})\]")
_ALL = re.compile(r"\$(ARGUMENTS)")
_ALL_ANY_CASE = re.compile(r"\$(ARGUMENTS)", re.IGNORECASE)
_BRACES = re.compile(r"\{\{(args)\}\}")
_ANY_BRACES = re.compile(r"\{\{([^{}]+)\}\}")
_WORD = re.compile(r"(?<!\{)\{([A-Za-z_][A-Za-z0-9_]*)\}(?!\})")


def _escapes(text: str, body: Span, _: Grammar, names: tuple[str, ...]) -> Iterator[Substitution]:
    named = _named_pattern(names)
    for match in _matches(_ESCAPED, text, body):
        word = match[1]
        if word is None or word.startswith("ARGUMENTS") or (named and named.match(text, match.end() - 1)):
            span = Span(match.start(), match.end())
            yield Substitution(Kind.ESCAPE, span, Span(match.end() - 1, match.end()), "$")


def _named(text: str, body: Span, _: Grammar, names: tuple[str, ...]) -> Iterator[Substitution]:
    if pattern := _named_pattern(names):
        yield from (_of(Kind.NAMED, match) for match in _matches(pattern, text, body))


def _named_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """The longest name first, as Claude Code does; at most 64 names of at most 64 characters."""
    alternatives = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"\$({alternatives})(?![\[\w])", re.ASCII) if alternatives else None


def _simple(kind: Kind, pattern: re.Pattern[str]) -> _Form:
    def form(text: str, body: Span, _: Grammar, __: tuple[str, ...]) -> Iterator[Substitution]:
        return (_of(kind, match) for match in _matches(pattern, text, body))

    return form


# --- variables ---

_VARIABLE = re.compile(r"\$\{([A-Za-z_][\w.-]*)\}", re.ASCII)
_NAMED_TEMPLATE = re.compile(r"\$\{([a-zA-Z_]\w*)\}", re.ASCII)
_TEMPLATE = re.compile(r"\$\{(\w+)\}", re.ASCII)


def _variables(text: str, body: Span, grammar: Grammar, _: tuple[str, ...]) -> Iterator[Substitution]:
    for match in _matches(_VARIABLE, text, body):
        if is_variable(match[1], grammar):
            yield _of(Kind.VARIABLE, match)


def is_variable(name: str, grammar: Grammar) -> bool:
    """Whether a product fills ``${name}`` in such a text."""
    return name in grammar.variables or any(
        known.endswith("*") and name.startswith(known[:-1]) for known in grammar.variables
    )


# --- commands ---

_INLINE = re.compile(r"(?:(?<=\s)|(?<![\s\S]))!`([^`]+)`")
_ANYWHERE = re.compile(r"!`([^`]+)`")
# A code span within one line, whose inside Claude Code does not search; what has a `!` in front is none.
_CODE_SPAN = re.compile(r"!`[^`]+`|`[^`\n]*`")
_FENCE = "```!"


def _after_blank(text: str, body: Span, grammar: Grammar, names: tuple[str, ...]) -> Iterator[Substitution]:
    """``!`cmd` `` at the start of a line or behind white space, also in fences, but not in a code span."""
    fenced = [found.span for found in _fenced(text, body, grammar, names)]
    ends = [span.end for span in fenced]
    masked = _CODE_SPAN.sub(_without_inside, text[body.start : body.end])
    for match in _INLINE.finditer(masked):
        start, end = match.start() + body.start, match.end() + body.start
        next_fence = bisect_right(ends, start)
        if next_fence == len(fenced) or fenced[next_fence].start > start:
            inner = Span(start + 2, end - 1)
            yield Substitution(Kind.COMMAND, Span(start, end), inner, text[inner.start : inner.end])


def _without_inside(span: re.Match[str]) -> str:
    return span[0] if span[0][0] == "!" else f"`{' ' * (len(span[0]) - 2)}`"


def _fenced(text: str, body: Span, _: Grammar, __: tuple[str, ...]) -> Iterator[Substitution]:
    """```` ```! ```` up to the next three backticks, wherever they stand; an empty one stays as it is."""
    start = text.find(_FENCE, body.start, body.end)
    while start >= 0:
        inside = start + len(_FENCE)
        close = text.find("```", inside, body.end)
        if close < 0:
            return
        command = text[inside:close]
        inner = Span(
            inside + len(command) - len(command.lstrip()),
            close - (1 if command.endswith("\n") and command.strip() else 0),
        )
        if command.strip():
            value = text[inner.start : inner.end]
            yield Substitution(Kind.COMMAND, Span(start, close + 3), inner, value)
        start = text.find(_FENCE, close + 3, body.end)


def _balanced(sign: str, kind: Kind) -> _Form:
    """``!{...}`` and ``@{...}``, whose braces must balance."""

    def form(text: str, body: Span, _: Grammar, __: tuple[str, ...]) -> Iterator[Substitution]:
        start = text.find(sign, body.start, body.end)
        while start >= 0:
            end = _closing(text, start + len(sign), body.end)
            if end is None:
                # The product gives up on the whole text.
                return
            inner = Span(start + len(sign), end)
            yield Substitution(kind, Span(start, end + 1), inner, text[inner.start : inner.end].strip())
            start = text.find(sign, end + 1, body.end)

    return form


def _all_in_commands(
    text: str, body: Span, grammar: Grammar, names: tuple[str, ...]
) -> Iterator[Substitution]:
    """``$ARGUMENTS`` inside of ``!{...}`` alone."""
    for command in FORMS["!{command}"](text, body, grammar, names):
        yield from (_of(Kind.ARGUMENTS, match) for match in _matches(_ALL, text, command.inner))


_BRACE = re.compile(r"[{}]")


def unbalanced(text: str, body: Span, grammar: Grammar) -> Span | None:
    """The first ``!{`` or ``@{`` that is never closed; the product then gives up on the whole text."""
    for form, sign in (("@{path}", "@{"), ("!{command}", "!{")):
        if form in grammar.forms:
            start = text.find(sign, body.start, body.end)
            while start >= 0:
                end = _closing(text, start + len(sign), body.end)
                if end is None:
                    return Span(start, start + len(sign))
                start = text.find(sign, end + 1, body.end)
    return None


def _closing(text: str, start: int, stop: int) -> int | None:
    depth = 1
    for match in _BRACE.finditer(text, start, stop):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return None


# --- files ---

# A path ends with the last letter, digit or underscore of the word, as the product's own pattern has it.
_AT = re.compile(r"(?:(?<=[\s\u3002\u3001\uff1f\uff01])|(?<![\s\S]))@(?:\"([^\"\n]+)\"|([^\s\"]+))")
_AT_ANYWHERE = re.compile(r"(?<![\w`])@(\.?[^\s`,.]*(?:\.[^\s`,.]+)*)")
_INCLUDE = re.compile(r"#\[\[file:([^\]\n]{1,500}+)\]\]")
_ASCII_WORD = re.compile(r"\w", re.ASCII)
_AGENT = "agent-"


def _attached(text: str, body: Span, _: Grammar, __: tuple[str, ...]) -> Iterator[Substitution]:
    for match in _matches(_AT, text, body):
        quoted = match[1] is not None
        start, end = match.span(1 if quoted else 2)
        if not quoted:
            while end > start and not _ASCII_WORD.match(text[end - 1]) and text[end - 1] != "}":
                end -= 1
        if end == start:
            continue
        value = text[start:end]
        kind = Kind.AGENT if value.startswith(_AGENT) else Kind.FILE
        yield Substitution(kind, Span(match.start(), end + quoted), Span(start, end), value)


def _attached_anywhere(text: str, body: Span, _: Grammar, __: tuple[str, ...]) -> Iterator[Substitution]:
    for match in _matches(_AT_ANYWHERE, text, body):
        if match[1]:
            yield _of(Kind.FILE, match)


if TYPE_CHECKING:
    _Form = Callable[[str, Span, Grammar, tuple[str, ...]], Iterable[Substitution]]

# The forms that the grammars in the schemas are made of. Where two begin at one place, the earlier in a
# grammar's list counts.
FORMS: dict[str, _Form] = {
    "escape": _escapes,
    "$name": _named,
    "$ARGUMENTS[N]": _simple(Kind.ARGUMENT, _INDEX),
    "$N": _simple(Kind.ARGUMENT, _NUMBER),
    "$N-unbounded": _simple(Kind.ARGUMENT, _BARE_NUMBER),
    "$ARGUMENTS": _simple(Kind.ARGUMENTS, _ALL),
    "$arguments": _simple(Kind.ARGUMENTS, _ALL_ANY_CASE),
    "{{args}}": _simple(Kind.ARGUMENTS, _BRACES),
    "{{any}}": _simple(Kind.ARGUMENTS, _ANY_BRACES),
    "{word}": _simple(Kind.ARGUMENTS, _WORD),
    "${VARIABLE}": _variables,
    "${word}": _simple(Kind.VARIABLE, _TEMPLATE),
    "${name}": _simple(Kind.VARIABLE, _NAMED_TEMPLATE),
    "!`command` after a blank": _after_blank,
    "!`command`": _simple(Kind.COMMAND, _ANYWHERE),
    "```!": _fenced,
    "!{command}": _balanced("!{", Kind.COMMAND),
    "$ARGUMENTS in !{}": _all_in_commands,
    "@path after a blank": _attached,
    "@path": _attached_anywhere,
    "@{path}": _balanced("@{", Kind.FILE),
    "#[[file:path]]": _simple(Kind.FILE, _INCLUDE),
}
