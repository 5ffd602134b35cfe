"""Small changes to a file: what a slip of the hand, an editor, or a habit from another product does to it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import mutations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_CHANGES: dict[str, list[str]] = json.loads(Path(__file__).with_name("changes.json").read_text("utf-8"))


def of(source: str, random: Random, count: int) -> list[tuple[str, bytes]]:
    """Different mutants of a file with front matter or of a TOML file, each with what was done."""
    found: dict[bytes, str] = {}
    for what, text in _all(source) if source.startswith("---") else _of_toml(source):
        found.setdefault(text.encode(), what)
    for what, data in _encoded(source):
        found.setdefault(data, what)
    found.pop(source.encode(), None)
    chosen = random.sample(list(found), min(count, len(found)))
    return [(found[data], data) for data in chosen]


def _of_toml(source: str) -> Iterator[tuple[str, str]]:
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if match := re.fullmatch(r"([A-Za-z_][\w-]*) = .*", line):
            for value in _CHANGES["toml-values"]:
                yield f"{match[1]} is {value}", _with(lines, number, f"{match[1]} = {value}")
            for key in (match[1].upper(), match[1] + "s", f" {match[1]}", f'"{match[1]}"', f"x.{match[1]}"):
                yield f"the key is {key}", _with(lines, number, line.replace(match[1], key, 1))
            for sign in (": ", " == ", " ", "="):
                yield f"with {sign!r}", _with(lines, number, line.replace(" = ", sign, 1))
        yield f"without line {number + 1}", "\n".join([*lines[:number], *lines[number + 1 :]])
        yield f"line {number + 1} twice", _with(lines, number, f"{line}\n{line}")
        for end in (",", ";", " # note", " // note", '"', "\\"):
            yield f"line {number + 1} ends with {end}", _with(lines, number, line + end)
    for field in _CHANGES["toml-fields"]:
        yield f"with {field}", f"{source}\n{field}\n"
        yield f"{field} first", f"{field}\n{source}"
    yield "empty", ""


def _all(source: str) -> Iterator[tuple[str, str]]:
    yield from mutations.mutants(source)
    lines = source.split("\n")
    end = lines.index("---", 1)
    for number in range(1, end):
        if match := re.fullmatch(r"([A-Za-z_][\w-]*): .*", lines[number]):
            for value in _CHANGES["values"]:
                yield f"{match[1]} is {value}", _with(lines, number, f"{match[1]}: {value}")
            for key in (match[1].upper(), match[1].title(), match[1] + "s", f" {match[1]}", f'"{match[1]}"'):
                yield f"the key is {key}", _with(lines, number, lines[number].replace(match[1], key, 1))
        yield f"without line {number + 1}", "\n".join([*lines[:number], *lines[number + 1 :]])
        yield f"line {number + 1} twice", _with(lines, number, f"{lines[number]}\n{lines[number]}")
    for field in _CHANGES["fields"]:
        yield f"with {field}", _with(lines, end, f"{field}\n---")
        yield f"{field} first", _with(lines, 0, f"---\n{field}")
    for fence in _CHANGES["fences"]:
        yield f"opened by {fence!r}", _with(lines, 0, fence)
        yield f"closed by {fence!r}", _with(lines, end, fence)
    for pair in (
        ("name: 12", "description: 13"),
        ("name: [a]", "description: [b]"),
        ("name: true", "description: {a: b}"),
    ):
        rest = [line for line in lines[1:end] if not re.match(r"(name|description): ", line)]
        yield f"{pair}", "\n".join(["---", *pair, *rest, *lines[end:]])
    yield "no body", "\n".join([*lines[:end], "---"])
    yield "empty", ""


def _with(lines: list[str], number: int, line: str) -> str:
    return "\n".join([*lines[:number], line, *lines[number + 1 :]])


def _encoded(source: str) -> Iterator[tuple[str, bytes]]:
    yield "CR LF", source.replace("\n", "\r\n").encode()
    yield "CR", source.replace("\n", "\r").encode()
    yield "U+2028", source.replace("\n", "\u2028").encode()
    for codec in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"):
        yield codec, source.encode(codec)
    yield "two byte order marks", ("\ufeff\ufeff" + source).encode()
    yield "NUL", source.replace(": ", ": \0", 1).encode()
    yield "not UTF-8", source.encode().replace(b": ", b": \xff", 1)
    yield "cp1252", source.replace(": ", ": é", 1).encode("cp1252", "replace")
