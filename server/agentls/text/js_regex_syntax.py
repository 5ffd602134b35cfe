"""The syntax of JavaScript's regular expressions without flags, as lenient as browsers read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_QUANTIFIER = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d+)(?P<comma>,(?P<most>\d*))?\})\??")
_GROUP = re.compile(
    r"\((?:\?(?:(?P<plain>:)|(?P<flags>[ims-]+:)|(?P<ahead>[=!])|(?P<behind><[=!])|<[A-Za-z_$][\w$]*>))?"
)
_CLASSES = {
    "d": re.compile(r"[0-9]"),
    "w": re.compile(r"[A-Za-z0-9_]"),
    "s": re.compile(r"\s"),
}
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "f": "\f", "0": "\0"}
_CODE = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})")
# Deeper nesting is no matcher that anybody reads.
_DEEPEST = 50
_MOST_REPEATED = 100_000


class RegexError(ValueError):
    """Why an expression does not compile."""


class Node(NamedTuple):
    """``kind``: character, at (a condition of the place), sequence, choice, repeat, or unfollowed."""

    kind: str
    inner: tuple[Node, ...] = ()
    test: Callable[[str], bool] | None = None
    at: str = ""
    least: int = 0
    most: int | None = None


_UNFOLLOWED = Node("unfollowed")


def parse(pattern: str) -> Node:
    """The tree of an expression; raises RegexError, and OverflowError for what nobody reads."""
    parser = _RegexParser(pattern)
    tree = parser.choice(0)
    if parser.at < len(pattern):
        raise RegexError("`)` closes nothing")
    return tree


class _RegexParser:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def choice(self, depth: int) -> Node:
        branches = [self.sequence(depth)]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            branches.append(self.sequence(depth))
        return branches[0] if len(branches) == 1 else Node("choice", tuple(branches))

    def sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            parts.append(self.term(depth))
        return Node("sequence", tuple(parts))

    def term(self, depth: int) -> Node:
        if _QUANTIFIER.match(self.pattern, self.at):
            raise RegexError(f"`{self.pattern[self.at]}` has nothing to repeat")
        sign = self.pattern[self.at]
        if sign in "^$":
            self.at += 1
            return self.unrepeated(Node("at", at=sign))
        if self.pattern.startswith(("\\b", "\\B"), self.at):
            self.at += 2
            return self.unrepeated(Node("at", at=self.pattern[self.at - 1]))
        if sign == "(":
            return self.group(depth)
        atom = self.atom(sign)
        return self.repeated(atom)

    def group(self, depth: int) -> Node:
        match = _GROUP.match(self.pattern, self.at)
        assert match is not None
        if match.group() == "(" and self.pattern.startswith("(?", self.at):
            raise RegexError("the group begins with an unknown sign")
        opening = self.at
        self.at = match.end()
        if depth == _DEEPEST:
            raise OverflowError
        inner = self.choice(depth + 1)
        if not self.pattern.startswith(")", self.at):
            raise RegexError(f"the parenthesis at character {opening + 1} is never closed")
        self.at += 1
        if match["ahead"] or match["behind"] or match["flags"]:
            inner = _UNFOLLOWED
        return self.unrepeated(inner) if match["behind"] else self.repeated(inner)

    def unrepeated(self, node: Node) -> Node:
        if _QUANTIFIER.match(self.pattern, self.at):
            raise RegexError(f"`{self.pattern[self.at]}` has nothing to repeat")
        return node

    def repeated(self, node: Node) -> Node:
        match = _QUANTIFIER.match(self.pattern, self.at)
        if match is None:
            return node
        self.at = match.end()
        if match["sign"]:
            least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}[match["sign"]]
        else:
            least = min(int(match["least"][:9]), _MOST_REPEATED)
            said = match["most"]
            most = least if not match["comma"] else min(int(said[:9]), _MOST_REPEATED) if said else None
            if most is not None and most < least:
                raise RegexError("the numbers in braces are out of order")
        return self.unrepeated(Node("repeat", (node,), least=least, most=most))

    def atom(self, sign: str) -> Node:
        self.at += 1
        if sign == ".":
            return Node("character", test=lambda one: one not in "\r\n\u2028\u2029")
        if sign == "[":
            return self.character_class()
        if sign == "\\":
            return self.escape()
        return Node("character", test=sign.__eq__)

    def escape(self) -> Node:
        if self.at >= len(self.pattern):
            raise RegexError("a backslash ends it")
        letter = self.pattern[self.at]
        if letter in "123456789" or letter == "k":
            self.at += 1
            return _UNFOLLOWED
        return Node("character", test=self.escaped())

    def escaped(self) -> Callable[[str], bool]:
        letter = self.pattern[self.at]
        if code := _CODE.match(self.pattern, self.at):
            self.at = code.end()
            return chr(int(code[1] or code[2], 16)).__eq__
        self.at += 1
        if known := _CLASSES.get(letter.lower()):
            is_in = letter.islower()
            return lambda one: (known.match(one) is not None) is is_in
        return _CONTROL.get(letter, letter).__eq__

    def character_class(self) -> Node:
        opening = self.at
        is_negated = self.pattern.startswith("^", self.at)
        self.at += is_negated
        tests: list[Callable[[str], bool]] = []
        while not self.pattern.startswith("]", self.at):
            if self.at >= len(self.pattern):
                raise RegexError(f"the bracket at character {opening} is never closed")
            tests.append(self.class_part())
        self.at += 1
        return Node("character", test=lambda one: any(test(one) for test in tests) is not is_negated)

    def class_part(self) -> Callable[[str], bool]:
        first, test = self.class_atom()
        is_range = self.pattern.startswith("-", self.at) and not self.pattern.startswith("-]", self.at)
        if not is_range or self.at + 1 >= len(self.pattern):
            return test
        self.at += 1
        last, other = self.class_atom()
        if first and last:
            if last < first:
                raise RegexError(f"`{first}-{last}` is out of order")
            return lambda one: first <= one <= last
        return lambda one: test(one) or other(one) or one == "-"

    def class_atom(self) -> tuple[str, Callable[[str], bool]]:
        """The character, or nothing for what stands for several, and its test."""
        sign = self.pattern[self.at]
        self.at += 1
        if sign != "\\":
            return sign, sign.__eq__
        if self.at >= len(self.pattern):
            raise RegexError("a backslash ends it")
        letter = self.pattern[self.at]
        if letter == "b":
            self.at += 1
            return "\b", "\b".__eq__
        test = self.escaped()
        is_several = letter.lower() in _CLASSES
        return ("" if is_several or letter in "xu" else _CONTROL.get(letter, letter)), test
