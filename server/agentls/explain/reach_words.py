"""When a file of instructions is loaded, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.outcome.reach import When
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from agentls.outcome.reach import GlobItem, Reach
    from agentls.workspace import View

# More would be no help in a hover.
_MOST_FILES = 15
_WHEN = {
    When.ALWAYS: "It is read at every start.",
    When.DESCRIPTION: "It is read when the model decides to, by its description.",
    When.MENTION: "It is read when somebody mentions it.",
    When.NEVER: "It is read for no file: it has no globs.",
    When.UNKNOWN: "",
}


def sentence(view: View, reach: Reach) -> str:
    """When the file is loaded; empty where that is not known."""
    if reach.when is not When.FILES:
        return _WHEN[reach.when]
    globs = ", ".join(f"`{markdown_escape.code(text)}`" for text in reach.texts)
    return f"It is read for files that match {globs}{_count(view, reach)}."


def _count(view: View, reach: Reach) -> str:
    files = reach.files(view)
    if files is None or not reach.is_known or reach.syntax == "unknown":
        return ""
    number = len(files.matching(reach.texts, reach.syntax))
    return f" ({number:,} of {len(files.names):,} in this project)"


def glob_note(view: View, reach: Reach, one: GlobItem) -> str:
    """Which files a glob takes in, for a hover; empty where that is not known."""
    shown = f"`{markdown_escape.code(one.item.text)}`"
    files = reach.files(view)
    if one.read.obstacle:
        return f"{shown} matches no file: {one.read.obstacle}."
    if files is None or not one.read.is_known:
        return ""
    if one.read.is_negated and len(reach.globs) > 1:
        return f"{shown} takes files away from those of the other globs."
    found = files.matching((one.item.text,), reach.syntax)
    about = "about " if reach.syntax == "unknown" else ""
    if not found:
        return f"{shown} matches no file of this project."
    noun = "file" if len(found) == 1 else "files"
    lines = [f"- `{markdown_escape.code(name)}`" for name in found[:_MOST_FILES]]
    more = [f"- and {len(found) - _MOST_FILES:,} more"] if len(found) > _MOST_FILES else []
    return "\n".join((f"{shown} matches {about}{len(found):,} {noun}:\n", *lines, *more))
