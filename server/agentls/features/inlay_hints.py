"""What a word stands for, beside the word: an alias of a model or a tool, the short name of a skill."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.outcome import tool_entries
from agentls.syntax.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.text.source import Span
    from agentls.workspace import Context


class Hint(NamedTuple):
    """``label`` stands behind the offset."""

    offset: int
    label: str


def hints(context: Context, stretch: Span) -> list[Hint]:
    """The hints in a stretch of the file."""
    return [hint for hint in (*_words(context.file), *_names(context)) if hint.offset in stretch]


def _words(file: File) -> Iterator[Hint]:
    for field, spec in file.specified_fields:
        if isinstance(field.value, Scalar) and isinstance(field.value.plain, str):
            value = field.value.plain.strip()
            meaning = next((word.resolves for word in spec.words if word.name == value), "")
            if meaning:
                yield Hint(field.value.span.end, meaning)


def _names(context: Context) -> Iterator[Hint]:
    for reference in context.file.references:
        if reference.field and (meaning := _meaning(context, reference)):
            yield Hint(reference.span.end, meaning)


def _meaning(context: Context, reference: Reference) -> str:
    if reference.kind == "tool" and reference.item:
        entry = tool_entries.classify(context.file.dialect.tools, reference.item)
        is_alias = entry.status is tool_entries.EntryStatus.ALIAS and entry.tool
        return entry.tool.name if is_alias and entry.tool else ""
    if reference.kind in ("skill", "agent"):
        found = context.view.resolve(reference.kind, reference.name)
        if found and found[0].name != reference.name:
            return found[0].name
        if found and found[0].kind == "command" and reference.kind == "skill":
            return "a command"
    return ""
