"""Words of a line as a shell splits them, as far as products do so with what a user types behind a command.

Nothing is expanded and nothing is run: ``*``, ``~`` and ``{a,b}`` stay as they are.
"""

from __future__ import annotations

import re
from itertools import takewhile

# What ends the first simple command; what stands behind it is no argument any more.
_END = frozenset(";|&<>\n")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_ONLY_EXPANSION = re.compile(r"\$(?:\w+|\{\w+\})")
# In front of everything else.
_REDIRECTION = re.compile(r"\A[<>]+[^\s<>]+\s+")


def first_command(line: str) -> list[str]:
    """The arguments in ``line`` for a product that parses it as Bash and takes the first simple command.

    An unbalanced quote makes all of it one argument, and so does a backtick in front, which is lost.
    ``FOO=1``, ``>x`` and ``[x]`` in front, a later word that is only ``$VAR``, and a later ``(x)`` are lost,
    and so is everything from a later command on; of ``(x)`` in front only ``x`` counts. Where nothing is
    left, the line is split at blanks.
    """
    if line.startswith("`"):
        return [line[1:]]
    line = _REDIRECTION.sub("", line)
    if line.startswith("("):
        line = line[1:].partition(")")[0]
    words = _words(line)
    if words is None:
        return [line]
    while words and (_ASSIGNMENT.match(words[0].raw) or words[0].raw.startswith("[")):
        del words[0]
    kept = [word.value for word in words[:1]]
    later = takewhile(lambda word: not word.runs, words[1:])
    kept += [word.value for word in later if not _ONLY_EXPANSION.fullmatch(word.raw)]
    return kept or line.split()


_DECIDES_QUOTES = re.compile(r"[\"\s\\]")
_NEEDS_QUOTES = re.compile(r"[\"'\s]")
_IN_DOUBLE_QUOTES = re.compile(r"([\"\\$`!])")
_ALONE = re.compile(r"([A-Za-z]:)?([#!\"$&'()*,:;<=>?@\[\\\]^`{|}])")


def quoted(word: str) -> str:
    """One word for a shell, as products in JavaScript write it (the package ``shell-quote``)."""
    if _DECIDES_QUOTES.search(word) and "'" not in word:
        return f"'{word}'"
    if _NEEDS_QUOTES.search(word):
        inside = _IN_DOUBLE_QUOTES.sub(r"\\\1", word)
        return f'"{inside}"'
    return _ALONE.sub(lambda sign: (sign[1] or "") + "\\" + sign[2], word)


_MORE_THAN_WORDS = re.compile(r"\$\(|`|[<>]\(|;|\||&&| &|& |>\s|[0-9]>|<\s|[0-9]<")


def may_do_more(text: str) -> bool:
    """Whether a text without quotes could be more than words: a second command, a pipe, a file."""
    return _MORE_THAN_WORDS.search(text) is not None


class _Word:
    """``raw`` as it is typed, ``value`` without quotes and backslashes; ``runs``: a command is part of it."""

    def __init__(self) -> None:
        self.raw = ""
        self.value = ""
        self.runs = False

    def add(self, raw: str, value: str) -> None:
        self.raw += raw
        self.value += value
        self.runs = self.runs or raw.startswith(("`", "$("))


def _words(line: str) -> list[_Word] | None:
    """None for a line whose quotes are unbalanced."""
    words: list[_Word] = []
    word: _Word | None = None
    at = 0
    while at < len(line):
        sign = line[at]
        if sign in " \t":
            word = None
            at += 1
            continue
        if sign in _END or (sign == "#" and word is None):
            break
        if sign == "(" and word is None:
            closing = line.find(")", at)
            if closing < 0:
                return None
            at = closing + 1
            continue
        end = _end_of_piece(line, at)
        if end is None:
            return None
        if word is None:
            word = _Word()
            words.append(word)
        word.add(line[at:end], _value(line[at:end]))
        at = end
    return words


def _end_of_piece(line: str, at: int) -> int | None:
    """Where a quoted, escaped, nested or plain piece of a word ends; None if it does not."""
    sign = line[at]
    if sign == "\\":
        return min(at + 2, len(line))
    if sign == "'":
        end = line.find("'", at + 1)
        return end + 1 if end >= 0 else None
    if sign == '"':
        end = at + 1
        while end < len(line) and line[end] != '"':
            end += 2 if line[end] == "\\" else 1
        return end + 1 if end < len(line) else None
    if line.startswith("$(", at):
        end = line.find(")", at)
        return end + 1 if end >= 0 else None
    return at + 1


def _value(piece: str) -> str:
    if piece[0] in "'\"":
        # Between double quotes backslashes stay, too.
        return piece[1:-1]
    return piece[1:] if piece[0] == "\\" else piece
