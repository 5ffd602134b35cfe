"""Which instructions apply, in Markdown: for one file, or at the start of a session; decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.outcome import instructions
from agentls.outcome.reach import When
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.outcome.instructions import Instruction, Instructions
    from agentls.semantics.file import File
    from agentls.workspace import View

_WHEN = {
    When.ALWAYS: "always",
    When.DESCRIPTION: "when the model decides to, by its description",
    When.MENTION: "when it is mentioned",
    When.NEVER: "never",
    When.UNKNOWN: "not known",
}
_MOST_GLOBS = 3


def context(view: View, files: Iterable[File], start: str, target: str = "", product: str = "") -> str:
    """For all products, or for one of them; ``start`` is the folder in which they are started."""
    found = instructions.of_products(view, files, start, target)
    chosen = {name: own for name, own in found.items() if not product or name == product}
    shown = markdown_escape.code(view.display_path(target or start))
    title = f"# Instructions for `{shown}`" if target else f"# Instructions at a start in `{shown}`"
    if not chosen:
        of = f"of {product} " if product else ""
        return f"{title}\n\nNo instructions {of}apply.\n"
    return "\n\n".join((title, *(_section(view, name, own) for name, own in chosen.items()))) + "\n"


def _section(view: View, product: str, own: Instructions) -> str:
    parts = [f"## {product}"]
    if own.loaded:
        rows = [_row(view, one, _why(one)) for one in own.loaded]
        total = f"| **together** | | **{own.tokens:,}** |"
        parts.append("\n".join(("| Read | When | Tokens |\n| --- | --- | ---: |", *rows, total)))
    else:
        parts.append("Nothing is read.")
    if own.others:
        rows = [_row(view, one, _why_not(one)) for one in own.others]
        parts.append("\n".join(("| Not read | Why | Tokens |\n| --- | --- | ---: |", *rows)))
    return "\n\n".join(parts)


def _row(view: View, one: Instruction, why: str) -> str:
    path = markdown_escape.code(view.display_path(one.file.path))
    cells = (f"`{path}`", why, f"{one.tokens:,}")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _why(one: Instruction) -> str:
    if one.globs:
        return f"matches {_globs(one.globs)}"
    return "when a file in its folder is read" if one.is_nested else _WHEN[one.reach.when]


def _why_not(one: Instruction) -> str:
    if one.rivals:
        return f"because of {_globs(one.rivals)}"
    if one.reach.when is When.FILES:
        return f"for {_globs(one.reach.texts)}"
    if one.is_nested and one.reach.when is When.ALWAYS:
        return "only if the session is started in its folder"
    return _WHEN[one.reach.when]


def _globs(texts: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{markdown_escape.code(text)}`" for text in texts[:_MOST_GLOBS])
    return shown + (" and more" if len(texts) > _MOST_GLOBS else "")
