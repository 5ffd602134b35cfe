"""The difference between two texts in the form that ``patch`` and ``git apply`` read."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from agentls.cli.output.cells import escape_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.cli.output.paint import Paint

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_STYLES = {"+": "added", "-": "removed", "@": "faint"}


def difference(old_name: str, new_name: str, before: str, after: str, chosen: Paint) -> Iterator[str]:
    """Its lines; none where the texts are the same."""
    lines = difflib.unified_diff(
        _LINE.findall(before), _LINE.findall(after), old_name, new_name, lineterm="\n"
    )
    for line in lines:
        shown_line = escape_controls(line.removesuffix("\n").removesuffix("\r"))
        style = _STYLES.get(line[0])
        yield chosen(style, shown_line) if style else shown_line
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"
