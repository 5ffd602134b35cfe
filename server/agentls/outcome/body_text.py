"""What goes wrong with a text on its way to the model: replaced though not meant, or meant and not replaced.

Every mishap has a place and, where that is certain, what to write instead. The products do not look at
Markdown; whether something stands in code only tells what its author meant by it.
"""

from __future__ import annotations

import os
import re
import sys
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from agentls.semantics.file_references import resolve_path
from agentls.syntax.markdown_code import block_at
from agentls.syntax.substitutions import Kind
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agentls.semantics.file import File
    from agentls.syntax.substitutions import Substitution

# Languages in whose code a dollar and a digit are their own.
_OWN_DOLLARS = re.compile(
    r"(?:ba|z|k|c|fi)?sh\b|shell|console|awk|perl|php|make|sql|ruby|powershell|ps1", re.IGNORECASE
)
# What makes a dollar and a digit a field of awk, on the line before it.
_AWK = re.compile(r"\bg?awk\b|\{\s*(?:print|printf|if|sum)\b|\bsed\s|\bperl\s")
# What follows the digits of an amount of money.
_MONEY = re.compile(
    r"\.\d|,\d{3}|[kKmM]\b|\s?(?:USD|dollars?|per\b|a (?:month|year|day)|/\s?(?:mo|month|yr|year))"
)
# More arguments than anybody types.
_MOST_TYPED = 10
# As far before a placeholder as its line is looked at.
_NEAR = 300


# A shell gives the variable a value of its own.
_ASSIGNMENT = re.compile(
    r"\b(?:for|select)[ \t]+(\w+)[ \t]+in\b|(?:^|[;&|({]|\b(?:local|export|declare|readonly))[ \t]*(\w+)="
    r"|\bread[ \t]+(?:-\w+[ \t]+)*(\w+)",
    re.MULTILINE | re.ASCII,
)


class Unmeant(NamedTuple):
    """An argument's place that its author wrote for a shell, for awk, or for money."""

    span: Span
    is_money: bool


def unmeant_arguments(file: File) -> Iterator[Unmeant]:
    """``$1`` that is replaced although nothing shows that an argument is meant."""
    slots, grammar = declared_slots(file), file.text_grammar
    # Where nothing can be declared, a number in code may well be meant.
    declares = bool(file.dialect.text.hint_field)
    # Nobody types more arguments, so a higher number may stay as it is written.
    most = sys.maxsize if grammar.missing == "empty" else _MOST_TYPED + grammar.first - 1
    code = file.code
    for found in file.substitutions:
        if found.kind is not Kind.ARGUMENT or not _is_bare(found):
            continue
        if int(found.value) - grammar.first in range(slots) or int(found.value) > most:
            continue
        source = file.text.source
        line = source[
            max(source.rfind("\n", 0, found.span.start) + 1, found.span.start - _NEAR) : found.span.start
        ]
        if code.holds(found.span.start):
            if _AWK.search(line) or (declares and _OWN_DOLLARS.match(code.language(found.span.start))):
                yield Unmeant(found.span, is_money=False)
        elif _MONEY.match(source, found.span.end) or int(found.value) > _MOST_TYPED:
            yield Unmeant(found.span, is_money=True)


def unmeant_names(file: File) -> Iterator[Substitution]:
    """``$file`` in the code of a shell that gives this variable a value of its own."""
    assigned: dict[Span, frozenset[str]] = {}
    for found in file.substitutions:
        block = block_at(file.code_blocks, found.span.start) if found.kind is Kind.NAMED else None
        if block is None:
            continue
        if block.span not in assigned:
            matches = _ASSIGNMENT.finditer(file.text.source, block.mark.end, block.span.end)
            assigned[block.span] = frozenset(match[match.lastindex or 0] for match in matches)
        if found.value in assigned[block.span]:
            yield found


def _is_bare(found: Substitution) -> bool:
    """``$1``, and not ``$ARGUMENTS[1]``."""
    return found.inner.start == found.span.start + 1


def declared_slots(file: File) -> int:
    """How many arguments the file says that it takes."""
    return max(len(hint_slots(file)), len(file.argument_names))


def hint_slots(file: File) -> list[str]:
    """The arguments that the file shows to users, each as it is shown."""
    hint = file.document.string(file.dialect.text.hint_field) or ""
    return re.findall(r"\[[^\]\[]*\]|<[^<>]*>", hint) or hint.split()


def hint_words(file: File) -> list[str]:
    """The names of these arguments, as a placeholder could have them."""
    return [word for slot in hint_slots(file) for word in re.findall(r"^\W*([A-Za-z_]\w*)\W*$", slot)]


class OffByOne(NamedTuple):
    """Arguments that are counted from another number than the product counts from.

    ``places`` are all of them, ``by`` is what each number is too high, or too low if it is negative.
    """

    places: tuple[Substitution, ...]
    by: int
    is_declared: bool


def off_by_one(file: File) -> OffByOne | None:
    """``$1`` without ``$0``, if users are shown as many arguments; or ``$0``, if the first one is ``$1``."""
    unmeant = {found.span for found in unmeant_arguments(file)}
    used = [s for s in file.substitutions if s.kind is Kind.ARGUMENT and s.span not in unmeant]
    numbers = {int(found.value) for found in used}
    first = file.text_grammar.first
    if first - 1 in numbers:
        return OffByOne(tuple(used), by=-1, is_declared=False)
    slots = declared_slots(file)
    if not numbers or min(numbers) != first + 1 or numbers != set(range(first + 1, max(numbers) + 1)):
        return None
    if any(s.kind in (Kind.ARGUMENTS, Kind.NAMED) for s in file.substitutions):
        return None
    if slots and max(numbers) - first != slots:
        return None
    return OffByOne(tuple(used), by=1, is_declared=slots > 0)


def shown_commands(file: File) -> Iterator[Substitution]:
    """Commands that are run although they stand in code or in a comment, as an example would."""
    code = file.code
    comments = _comments(file.text.source, file.document.body)
    for found in file.substitutions:
        if found.kind is not Kind.COMMAND or _is_block(file, found):
            continue
        if code.holds(found.span.start) or _is_in(comments, found.span):
            yield found


def shown_files(file: File) -> Iterator[tuple[Substitution, str]]:
    """Files that are attached although they stand in a block of code or in a comment, and where they are."""
    comments = _comments(file.text.source, file.document.body)
    for found in file.substitutions:
        if found.kind is not Kind.FILE or file.scope != "project":
            continue
        if file.code.block_holds(found.span.start) or _is_in(comments, found.span):
            yield found, resolve_path(os.path.join(file.identity.root, "-"), found.value)


# What stands behind the mark of a block of code.
_LANGUAGE = re.compile(r"(?:bash|sh|zsh|shell)(?=[ \t]*\r?\n)")


def language_of_commands(file: File, found: Substitution) -> Span | None:
    """The language behind the mark of a block of commands, which is run as one of them."""
    if found.kind is not Kind.COMMAND or not _is_block(file, found):
        return None
    match = _LANGUAGE.match(file.text.source, found.span.start + len("```!"))
    return Span(*match.span()) if match else None


def _is_block(file: File, found: Substitution) -> bool:
    """A block that is written to be run."""
    return file.text.source.startswith("```!", found.span.start)


def _comments(source: str, body: Span) -> list[Span]:
    spans: list[Span] = []
    start = source.find("<!--", body.start, body.end)
    while start >= 0:
        end = source.find("-->", start, body.end)
        if end < 0:
            return [*spans, Span(start, body.end)]
        spans.append(Span(start, end + 3))
        start = source.find("<!--", end, body.end)
    return spans


def _is_in(spans: Sequence[Span], span: Span) -> bool:
    before = bisect_right(spans, span.start, key=lambda one: one.start) - 1
    return before >= 0 and span.start in spans[before]


def pasted_arguments(file: File) -> Iterator[Substitution]:
    """Arguments inside of commands: what somebody types there is run."""
    commands = [found.span for found in file.substitutions if found.kind is Kind.COMMAND]
    end = 0
    for found in file.substitutions:
        if found.kind is Kind.COMMAND:
            end = max(end, found.span.end)
        elif (
            found.kind in (Kind.ARGUMENT, Kind.ARGUMENTS, Kind.NAMED) and found.span.start < end and commands
        ):
            yield found


def unused_names(file: File) -> list[str]:
    """Declared arguments that the text never uses; none where it uses all of them at once or by number."""
    used = {found.value for found in file.substitutions if found.kind is Kind.NAMED}
    if any(found.kind in (Kind.ARGUMENT, Kind.ARGUMENTS) for found in file.substitutions):
        return []
    # A name with a comma is a mistake of its own.
    return [name for name in file.argument_names if name not in used and not name.endswith(",")]
