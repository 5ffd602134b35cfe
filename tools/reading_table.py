"""README's table of what agentls reads, from the schemas; ``python tools/write_docs.py`` writes it anew."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls import products
from rule_table import README

if TYPE_CHECKING:
    from agentls.products import Dialect

_BLOCK = re.compile(r"(?<=<!-- reads -->\n).*?(?=<!-- /reads -->)", re.DOTALL)


def table() -> str:
    """One row for each kind of file."""
    rows = ["| kind of file | where | version and date checked |", "| --- | --- | --- |"]
    rows += [_row(dialect) for dialect in products.load().dialects.values()]
    return "\n" + "\n".join(rows) + "\n\n"


def _row(dialect: Dialect) -> str:
    globs = [place.glob.removeprefix("**/") for place in dialect.files if place.scope != "plugin"]
    where = ", ".join(f"`{glob}`" for glob in dict.fromkeys(globs))
    in_plugins = [place.glob for place in dialect.files if place.scope == "plugin"]
    if not globs:
        where = f"{', '.join(f'`{glob}`' for glob in in_plugins)} in plugins"
    plugins = ", and in plugins" if globs and in_plugins else ""
    checked = dialect.checked
    return f"| {dialect.title} | {where}{plugins} | {checked.version}, {checked.date} |"


def shown_in(readme: str) -> str:
    """The table that is in README."""
    block = _BLOCK.search(readme)
    if block is None:
        raise ValueError("README has no place for what is read")
    return block[0]


def write() -> None:
    readme = README.read_text(encoding="utf-8")
    README.write_text(_BLOCK.sub(lambda _: table(), readme), encoding="utf-8", newline="\n")
