"""Globs against what the libraries of the products said of them, and against texts made to be slow."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from agentls.text.glob_lists import read_glob, takes_in

_PAGE = Path(__file__).parents[2] / "cases" / "globs.md"
_LINES = _PAGE.read_text("utf-8").split("\n| ")[1:]
_ROWS = [[cell.strip(" |`\n") for cell in line.split(" | ")] for line in _LINES]
_PATHS = {row[0]: row[1] for row in _ROWS if row[0].isdecimal()}
_HEADINGS = ("glob", "---")
_GLOBS = [row for row in _ROWS if row[0] not in (*_HEADINGS, "number") and row[0] not in _PATHS]


def test_the_table_is_large():
    assert len(_PATHS) * len(_GLOBS) * 3 > 5_000


@pytest.mark.parametrize("row", _GLOBS, ids=[row[0] for row in _GLOBS])
def test_a_glob_takes_in_what_the_library_says(row: list[str]):
    glob, *said = row
    for syntax, numbers in zip(("picomatch", "minimatch", "gitignore"), said, strict=True):
        read = read_glob(glob, syntax)
        assert read.is_known is (numbers != "?")
        expected = {_PATHS[number] for number in numbers.split() if number.isdecimal()}
        found = {path for path in _PATHS.values() if not read.obstacle and takes_in((read,), syntax, path)}
        assert numbers == "?" or found == expected, syntax


_LISTS = [
    (("src/*", "!src/app.ts"), {"src/a/b/app.ts", "src/x.ts"}),
    (("**/*.ts", "!**/app.ts"), {"src/x.ts"}),
    (("src/**", "!src/app.ts"), {"src/app.ts", "src/a/b/app.ts", "src/x.ts"}),
    (("!**/*.md",), set()),
    (("*.ts", "!src/"), {"src/app.ts", "app.ts", "src/a/b/app.ts", "src/x.ts"}),
    (("*.ts", "!app.ts", "src/app.ts"), {"src/app.ts", "src/x.ts"}),
]


@pytest.mark.parametrize(("globs", "expected"), _LISTS)
def test_what_is_in_a_folder_that_is_excluded_stays_out(globs: tuple[str, ...], expected: set[str]):
    read = tuple(read_glob(glob, "gitignore") for glob in globs)
    paths = ("src/app.ts", "app.ts", "src/a/b/app.ts", "src/x.ts", "a.md")
    assert {path for path in paths if takes_in(read, "gitignore", path)} == expected


@pytest.mark.parametrize(
    ("glob", "expected"),
    [
        ("src/**/*.ts", True),
        ("*.ts", True),
        ("./src/**", True),
        ("/src/*.ts", False),
        ("src", False),
        ("SRC/**/*.TS", True),
        ("src/@(app|b).ts", False),
        ("src/{zz,app}.ts", True),
    ],
)
def test_copilot_takes_in_what_the_cli_or_the_editor_does(glob: str, *, expected: bool):
    read = read_glob(glob, "copilot")
    assert (not read.obstacle and takes_in((read,), "copilot", "src/app.ts")) is expected


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 900 + "b", "a" * 1000),
        ("**/a/" * 300 + "b", "a/" * 500 + "c"),
        ("?*" * 900, "a" * 1000),
        ("{a,b}" * 300, "ab"),
        ("[" * 1900, "a"),
        ("{" * 1900, "a"),
        ("**/*" * 450, "a/" * 500),
        ("*" * 100_000, "a"),
    ],
)
def test_no_glob_takes_long(glob: str, path: str):
    start = time.process_time()
    for syntax in ("picomatch", "minimatch", "gitignore", "copilot", "unknown"):
        takes_in((read_glob(glob, syntax),), syntax, path)
    assert time.process_time() - start < 3


def test_no_glob_is_too_odd_to_be_read():
    signs = [
        "*",
        "**",
        "?",
        "[",
        "]",
        "[!",
        "{",
        "}",
        ",",
        "/",
        "\\",
        "!",
        "(",
        ")",
        "a",
        ".",
        "-",
        "^",
        "|",
        "&&",
    ]
    for syntax in ("picomatch", "minimatch", "gitignore", "copilot", "unknown"):
        for one in signs:
            for other in signs:
                for third in ("", "*", "a]", "}"):
                    takes_in((read_glob(one + other + third, syntax),), syntax, "a/b.ts")


def test_a_part_is_in_all_that_fits():
    for glob, *_ in _GLOBS:
        for syntax in ("picomatch", "gitignore", "copilot", "unknown"):
            for one in read_glob(glob, syntax).globs:
                assert all(one.part in path.lower() for path in _PATHS.values() if one.matches(path))
