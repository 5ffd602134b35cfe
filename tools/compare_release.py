"""Compares a table of the catalogue with what a release ships, and prints what is new, renamed and gone.

python tools/compare_release.py DIALECT PATH

DIALECT is the name of a schema, such as ``claude-agent``; PATH a file or a folder on this machine:
documentation, or a package that was unpacked. Nothing is fetched, and nothing in it is run.

A name that we know is gone when it stands nowhere as a word. A name is new when it stands beside ours: in a
list of quoted words, the first column of a table, a list of points, or among the keys of one object, where
at least three names, and at least half of all, are ours. What is printed is a question and not an answer:
look it up before you change a schema.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from agentls.products import load
from agentls.text.similar_words import closest, equal_ignoring_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.products import Dialect

_SUFFIXES = {".md", ".mdx", ".txt", ".json", ".js", ".mjs", ".cjs", ".ts", ".py", ".html", ".d.ts"}
_QUOTED = r"""["'`]([\w./:*-]{2,60})["'`]"""
_LIST = re.compile(rf"{_QUOTED}(?:\s*,\s*{_QUOTED})+,?")
_ROW = re.compile(r"^\s*(?:\|\s*|[-*]\s+)\**`([^`\s]{2,60})`", re.MULTILINE)
_KEYS = re.compile(
    r"""(?:[{,]\s*["']?([A-Za-z_][\w-]{1,40})["']?\s*:[^{}\[\]"',:]{0,120}(?:"[^"]{0,400}")?[^{},:]{0,80})+"""
)
_KEY = re.compile(r"""[{,]\s*["']?([A-Za-z_][\w-]{1,40})["']?\s*:""")
_LEAST_SHARED = 3


@dataclass(frozen=True)
class Comparison:
    """``renamed`` pairs an old name with a new one."""

    new: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]


def compare(known: Iterable[str], silent: Iterable[str], texts: Iterable[str]) -> Comparison:
    """``known`` are the names of a table; ``silent`` are names that are known not to be in it."""
    known, silent = frozenset(known), frozenset(silent)
    found: set[str] = set()
    beside: dict[str, None] = {}
    for text in texts:
        found |= {name for name in known - found if _stands_in(name, text)}
        for group in _groups(text):
            shared = known.intersection(group)
            if len(shared) >= _LEAST_SHARED and len(shared) * 2 >= len(group):
                beside |= dict.fromkeys(name for name in group if name not in known | silent)
    gone = sorted(known - found)
    renamed: dict[str, str] = {}
    for old in gone:
        free = [name for name in beside if name not in renamed.values()]
        if new := equal_ignoring_style(old, free) or closest(old, free):
            renamed[old] = new
    return Comparison(
        tuple(sorted(beside.keys() - renamed.values())),
        tuple(renamed.items()),
        tuple(name for name in gone if name not in renamed),
    )


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


def _groups(text: str) -> Iterator[set[str]]:
    """Names that stand side by side."""
    for match in _LIST.finditer(text):
        yield set(re.findall(_QUOTED, match[0]))
    for match in _KEYS.finditer(text):
        yield set(_KEY.findall(match[0]))
    rows = [(text.count("\n", 0, match.start(1)), match[1]) for match in _ROW.finditer(text)]
    for _, run in groupby(enumerate(rows), lambda item: item[1][0] - item[0]):
        yield {re.sub(r"\(.*", "", name) for _, (_, name) in run}


def tables(dialect: Dialect) -> Iterator[tuple[str, set[str], set[str]]]:
    """Each table of a dialect: what it holds, its names, and names that are known not to be in it."""
    others = {*dialect.allowed_unknown, *dialect.misspelled, *dialect.ignored}
    yield "fields", set(dialect.fields), others
    tools = dialect.tools
    yield "tools", set(tools.tools), {*tools.aliases, *tools.removed, *tools.conditional}


def texts(path: Path) -> Iterator[str]:
    """The texts of a release."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    for file in files:
        if file.is_file() and (file == path or file.suffix in _SUFFIXES):
            yield file.read_text(encoding="utf-8", errors="replace")


def main(arguments: list[str]) -> int:
    """The exit code: 0 where nothing differs, 1 where something does."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dialect", choices=sorted(load().dialects))
    parser.add_argument("path", type=Path)
    wishes = parser.parse_args(arguments)
    dialect = load().dialects[wishes.dialect]
    if not wishes.path.exists():
        parser.error(f"there is no {wishes.path}")
    release = list(texts(wishes.path))
    checked = dialect.checked
    print(f"{dialect.title}: our tables are of {checked.version}, read on {checked.date}")
    differs = False
    for what, known, silent in tables(dialect):
        found = compare(known, silent, release)
        lines = [f"  new: {name}" for name in found.new]
        lines += [f"  renamed, perhaps: {old} -> {new}" for old, new in found.renamed]
        lines += [f"  gone: {name}" for name in found.gone]
        print(
            f"{what}: {len(known)} known", *(lines or ["  all there, and nothing new beside them"]), sep="\n"
        )
        differs = differs or bool(lines)
    return int(differs)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
