"""The pages of the site: what the repository says elsewhere, under addresses that stay.

``README.md`` becomes the first page, the page of each rule ``rules/<rule>/``. Links between published pages
stay links between them; a link to anything else in the repository leads to its home.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

import agentls
from agentls.linter import engine
from agentls.products import load
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]

_RULES = "server/agentls/linter/pages"
_LINK = re.compile(r"(?P<before>\]\(|(?:src|srcset|href)=\")(?P<target>[^)\"\s]+)(?=[)\"\s])")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def published() -> dict[str, str]:
    """Where each file of the repository is on the site, by its path from the root."""
    found = {
        "README.md": "index.md",
        "editors/README.md": "editors/index.md",
        "CHANGELOG.md": "changelog.md",
        "SECURITY.md": "security.md",
        "ARCHITECTURE.md": "development/architecture.md",
        "CONTRIBUTING.md": "development/contributing.md",
        "TESTING.md": "development/testing.md",
        "BENCHMARKS.md": "development/benchmarks.md",
    }
    for page in sorted(ROOT.glob("editors/*/README.md")):
        found[page.relative_to(ROOT).as_posix()] = f"editors/{page.parent.name}.md"
    found |= {f"{_RULES}/{code}.md": f"rules/{code}.md" for code in engine.rules()}
    return found


def write(folder: Path) -> None:
    """All pages, and the pictures that they show, into a folder that is empty or not there yet."""
    places = published()
    for source, target in places.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        for picture in _pictures(text, source):
            copy = folder / picture
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / picture).read_bytes())
        _put(folder / target, _relinked(text, source, places))
    _put(folder / "rules/index.md", _rules())
    _put(folder / "facts.md", _facts())


def navigation() -> list[object]:
    """What ``nav`` of ``mkdocs.yml`` says; the rules are listed on a page of their own."""
    editors = [target for target in published().values() if target.startswith("editors/")]
    return [
        {"agentls": "index.md"},
        {"Try it": "playground/index.md"},
        {"Rules": "rules/index.md"},
        {"Editors": [*editors]},
        {"Facts and their age": "facts.md"},
        {"Security": "security.md"},
        {"Changes": "changelog.md"},
        {
            "Development": [
                "development/contributing.md",
                "development/architecture.md",
                "development/testing.md",
                "development/benchmarks.md",
            ]
        },
    ]


def _put(page: Path, text: str) -> None:
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8", newline="\n")


def _targets(text: str, source: str) -> Iterator[tuple[re.Match[str], str, str]]:
    """The links to files of the repository: the match, the path from the root, the fragment."""
    for found in _LINK.finditer(text):
        path, mark, fragment = found["target"].partition("#")
        if path and not _SCHEME.match(path):
            yield found, posixpath.normpath(posixpath.join(posixpath.dirname(source), path)), mark + fragment


def _pictures(text: str, source: str) -> Iterator[str]:
    for _, path, _ in _targets(text, source):
        if path.endswith((".png", ".svg", ".gif")) and (ROOT / path).is_file():
            yield path


def _relinked(text: str, source: str, places: dict[str, str]) -> str:
    parts, end = [], 0
    here = posixpath.dirname(places[source])
    for found, path, fragment in _targets(text, source):
        if path in places:
            target = posixpath.relpath(places[path], here or ".")
        elif path.endswith((".png", ".svg", ".gif")):
            # In HTML, a page is a folder of its own.
            depth = "" if found["before"] == "](" or places[source].endswith("index.md") else "../"
            target = depth + posixpath.relpath(path, here or ".")
        else:
            target = f"{agentls.HOME}/blob/main/{path}"
        parts += [text[end : found.start("target")], target, fragment]
        end = found.end("target")
    return "".join([*parts, text[end:]])


def _rules() -> str:
    lines = ["# Rules", ""]
    rules = engine.rules()
    for group, codes in engine.groups().items():
        lines += [f"## {group}", ""]
        for code in codes:
            title, _, _ = rules[code].doc.partition("\n")
            lines.append(f"- [{code}]({code}.md): {title.replace('``', '`')}")
        lines.append("")
    return "\n".join(lines)


def _facts() -> str:
    lines = [
        "# Facts and their age",
        "",
        "The version of each product that was read or run for what agentls says of it, oldest first.",
        "",
        "| Kind of file | Version | Read on | Sources |",
        "| --- | --- | --- | --- |",
    ]
    for dialect in sorted(load().dialects.values(), key=lambda one: (one.checked.date, one.title.lower())):
        sources = "<br>".join(markdown_escape.prose(source) for source in dialect.sources)
        lines.append(f"| {dialect.title} | {dialect.checked.version} | {dialect.checked.date} | {sources} |")
    return "\n".join(lines) + "\n"
