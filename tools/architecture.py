"""The diagram of the packages in ARCHITECTURE.md, drawn from the imports of the code.

``python tools/write_docs.py`` writes it anew.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import agentls

if TYPE_CHECKING:
    from collections.abc import Iterator

ARCHITECTURE = Path(__file__).parents[1] / "ARCHITECTURE.md"
_PACKAGE = Path(agentls.__file__).parent
_BLOCK = re.compile(r"(?<=<!-- packages -->\n).*?(?=<!-- /packages -->)", re.DOTALL)


def diagram() -> str:
    """A Mermaid flowchart: an arrow goes to each imported package, unless a longer way leads there."""
    edges = imports()
    lines = ["```mermaid", "flowchart TD"]
    lines += [f'  {name}["<b>{name}</b><br/>{_purpose(name)}"]' for name in _from_the_top(edges)]
    lines += [f"  {one} --> {other}" for one in _from_the_top(edges) for other in sorted(_direct(edges, one))]
    return "\n".join([*lines, "```", ""])


@cache
def imports() -> dict[str, frozenset[str]]:
    """For each package or top-level module those that it imports, type-only imports included."""
    names = {path.name.removesuffix(".py") for path in _PACKAGE.iterdir() if _is_room(path)}
    found: dict[str, set[str]] = {name: set() for name in names}
    for path in _PACKAGE.rglob("*.py"):
        room = path.relative_to(_PACKAGE).parts[0].removesuffix(".py")
        if room in found:
            found[room] |= {other for other in _imported(path) if other in names and other != room}
    return {name: frozenset(others) for name, others in found.items()}


def _is_room(path: Path) -> bool:
    return (path.suffix == ".py" and not path.name.startswith("__")) or (path / "__init__.py").is_file()


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "agentls":
            inside = (node.module or "").split(".")[1:2]
            yield from inside or (alias.name for alias in node.names)


def _reaches(edges: dict[str, frozenset[str]], start: str) -> frozenset[str]:
    """All packages below one."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = edges[waiting.pop()] - seen
        seen |= new
        waiting += new
    return frozenset(seen)


def _direct(edges: dict[str, frozenset[str]], name: str) -> set[str]:
    return {other for other in edges[name] if not any(other in _reaches(edges, mid) for mid in edges[name])}


def _from_the_top(edges: dict[str, frozenset[str]]) -> list[str]:
    return sorted(edges, key=lambda name: (-len(_reaches(edges, name)), name))


def _purpose(name: str) -> str:
    """The first line of its docstring, cut at its first full stop."""
    path = _PACKAGE / f"{name}.py"
    source = path if path.is_file() else _PACKAGE / name / "__init__.py"
    first = (ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or "").partition("\n\n")[0]
    return " ".join(first.replace("``", "").replace('"', "'").rstrip(".").split())


def shown() -> str:
    """The diagram that is in ARCHITECTURE.md."""
    block = _BLOCK.search(ARCHITECTURE.read_text(encoding="utf-8"))
    if block is None:
        raise ValueError("ARCHITECTURE.md has no place for the diagram")
    return block[0]


def write() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    ARCHITECTURE.write_text(_BLOCK.sub(lambda _: diagram(), text), encoding="utf-8", newline="\n")
