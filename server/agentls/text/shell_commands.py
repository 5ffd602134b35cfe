"""The simple commands of a line for the shell, as far as products look at them before they run it.

Nothing is expanded and nothing is run. What is no list or pipeline of simple commands is not understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = frozenset(" \t")
_SEPARATORS = re.compile(r"\|\||\|&?|&&|;|&|\n")
_REDIRECTION = re.compile(r"(?:\d+|&)?(?:>>|>\||>&|>|<<<|<<|<&|<)[ \t]*")
_EXPANSION = re.compile(r"\$(?:[A-Za-z_{(@*#?!$\d-])|`")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*|[@*#?!$\d-])")
_NESTED = re.compile(r"\$\(|`")
# Words of the shell's own grammar, and those that run what follows in the shell itself.
_KEYWORDS = frozenset(
    {"if", "for", "while", "until", "case", "select", "function", "{", "}", "!", "[[", "time"}
)


class ShellCommand(NamedTuple):
    """``words`` without quotes, ``text`` as it is written, without redirections; ``whole`` with them.

    ``writes_to`` are the targets of redirections of its output. ``variables`` are the
    names of those that stand in it, ``is_nested`` tells of another command.
    """

    words: tuple[str, ...]
    text: str
    whole: str
    writes_to: tuple[str, ...] = ()
    variables: frozenset[str] = frozenset()
    is_nested: bool = False


def shell_commands(line: str) -> list[ShellCommand] | None:
    """All simple commands in their order; None for what is not understood."""
    found: list[ShellCommand] = []
    for pieces in _commands(line):
        if pieces is None:
            return None
        if pieces:
            found.append(_command(pieces))
    if any(command.words and command.words[0] in _KEYWORDS for command in found):
        return None
    return found


class _Piece(NamedTuple):
    """A word, or a redirection with its target; ``gap`` stands before it."""

    raw: str
    value: str
    expands: bool = False
    redirection: str = ""
    gap: str = ""


def _command(pieces: list[_Piece]) -> ShellCommand:
    words = [piece for piece in pieces if not piece.redirection]
    return ShellCommand(
        tuple(piece.value for piece in words),
        "".join(piece.gap + piece.raw for piece in words).strip(),
        "".join(piece.gap + piece.raw for piece in pieces).strip(),
        tuple(piece.value for piece in pieces if ">" in piece.redirection and not _is_stream(piece)),
        frozenset(found[1] for p in pieces if p.expands for found in _VARIABLE.finditer(p.raw)),
        any(piece.expands and _NESTED.search(piece.raw) for piece in pieces),
    )


def _is_stream(piece: _Piece) -> bool:
    """``2>&1`` makes no file."""
    return piece.redirection.endswith("&") and (piece.value.isdigit() or piece.value == "-")


def _commands(line: str) -> Iterator[list[_Piece] | None]:
    """The pieces of each command; None where a quote does not end, or a group begins."""
    pieces: list[_Piece] = []
    at = end_of_last = 0
    while at < len(line):
        if line[at] in _BLANKS or line.startswith("\\\n", at):
            at += 1 if line[at] in _BLANKS else 2
            continue
        if line[at] == "#":
            end = line.find("\n", at)
            at = len(line) if end < 0 else end
            continue
        redirection = _REDIRECTION.match(line, at)
        if separator := None if redirection else _SEPARATORS.match(line, at):
            yield pieces
            pieces, at = [], separator.end()
            end_of_last = at
            continue
        gap, before = line[end_of_last:at], at
        piece, at = _word(line, redirection.end() if redirection else at)
        if piece is None:
            yield None
            return
        sign = redirection[0].strip() if redirection else ""
        pieces.append(piece._replace(raw=line[before:at], redirection=sign, gap=gap))
        end_of_last = at
    yield pieces


def _word(line: str, start: int) -> tuple[_Piece | None, int]:
    value: list[str] = []
    expands = False
    at = start
    while at < len(line) and line[at] not in " \t\n|;<>":
        sign = line[at]
        if sign in "()" or (sign == "&" and line[at - 1] not in "<>"):
            if sign == "&":
                break
            return None, at
        if sign == "\\":
            value.append(line[at + 1 : at + 2])
            at += 2
            continue
        if sign in "'\"":
            end = _closing(line, at)
            if end < 0:
                return None, at
            inside = line[at + 1 : end]
            expands = expands or (sign == '"' and bool(_EXPANSION.search(inside)))
            value.append(inside)
            at = end + 1
            continue
        if _EXPANSION.match(line, at):
            expands = True
            if line.startswith("$(", at):
                end = line.find(")", at)
                at = len(line) if end < 0 else end + 1
                continue
        value.append(sign)
        at += 1
    return _Piece(line[start:at], "".join(value), expands), at


def _closing(line: str, at: int) -> int:
    """Where a quotation ends; -1 where it does not."""
    sign = line[at]
    end = line.find(sign, at + 1)
    while sign == '"' and end > 0 and _is_escaped(line, at, end):
        end = line.find(sign, end + 1)
    return end


def _is_escaped(line: str, start: int, at: int) -> bool:
    slashes = 0
    while at - slashes - 1 > start and line[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1
