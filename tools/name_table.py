"""The table of the names that lead somewhere in each product's agents, from the schemas.

``python tools/write_docs.py`` writes it anew; ``test_name_table`` proves each cell by cases.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from agentls import products

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Dialect, FieldSpec

PAGE = Path(__file__).parents[1] / "editors" / "README.md"
_BLOCK = re.compile(r"(?<=<!-- names -->\n).*?(?=<!-- /names -->)", re.DOTALL)
# What a cell is about, by its column.
COLUMNS = {
    "server": "tools of MCP servers",
    "place": "where servers are configured",
    "own": "servers in the agent",
    "agent": "agents",
    "skill": "skills",
    "resource": "files",
}


def rows() -> dict[str, dict[str, str]]:
    """The cells of each dialect that defines agents, empty ones left out."""
    found = {}
    for name, dialect in products.load().dialects.items():
        if dialect.kind == "agent":
            cells = {kind: ", ".join(dict.fromkeys(_cell(dialect, kind))) for kind in COLUMNS}
            if any(cells.values()):
                found[name] = {kind: cell for kind, cell in cells.items() if cell}
    return found


def _cell(dialect: Dialect, kind: str) -> Iterator[str]:
    if kind == "server":
        forms = dialect.tools.servers.forms
        yield from (f"`{form.form}`" for form in forms if "<server>" in form.form)
        yield from (f"`{spec.name}`" for spec in dialect.fields.values() if spec.holds == "server")
    elif kind == "place":
        yield from (f"`{place.glob.removeprefix('**/')}`" for place in dialect.server_files)
    else:
        tools = dialect.tools.tools.values()
        yield from (f"`{tool.name}(<{kind}>)`" for tool in tools if kind == tool.argument == "agent")
        for spec in dialect.fields.values():
            yield from (f"`{field}`" for field in _fields(spec, kind))


def _fields(spec: FieldSpec, kind: str) -> Iterator[str]:
    if (kind == "own" and spec.brings_servers) or (kind == "resource" and spec.resources):
        yield spec.name
    if spec.holds == kind:
        yield spec.name
    for place in spec.names_in:
        if place.holds == kind:
            yield ".".join([spec.name, *(step for step in place.at if step not in ("*", "keys"))])


def table() -> str:
    lines = [f"| | {' | '.join(COLUMNS.values())} |", f"| --- |{' --- |' * len(COLUMNS)}"]
    for name, cells in rows().items():
        title = products.load().dialects[name].title
        lines.append(f"| {title} | " + " | ".join(cells.get(kind, "") for kind in COLUMNS) + " |")
    return "\n" + "\n".join(lines) + "\n\n"


def shown() -> str:
    """The table that is in the page."""
    block = _BLOCK.search(PAGE.read_text("utf-8"))
    assert block, "the page has no place for the table"
    return block[0]


def write() -> None:
    text = PAGE.read_text("utf-8")
    PAGE.write_text(_BLOCK.sub(lambda _: table(), text), encoding="utf-8", newline="\n")
