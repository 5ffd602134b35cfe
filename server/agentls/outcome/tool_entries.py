"""How a product understands one entry of a tool list: known, old, removed, out of reach or unknown.

The tool rules, hovers and the account of what an agent can do all ask here, so that they agree.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from agentls.products.fields import EntryForms
from agentls.syntax.name_lists import ListItem
from agentls.text.similar_letters import latin
from agentls.text.similar_words import closest, did_you_mean, equal_ignoring_style

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from agentls.products import FieldSpec, Vocabulary, Word
    from agentls.semantics.file import File
    from agentls.syntax.document import Field


# Of a list of which nothing special is known.
ANY_FORM = EntryForms()

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


class EntryStatus(Enum):
    KNOWN = "known"
    ALIAS = "an old name that still works"
    REMOVED = "removed"
    SERVER = "a tool of an MCP server"
    EVERYTHING = "every tool"
    CONDITIONAL = "there for some accounts or versions"
    UNKNOWN = "unknown"
    UNMATCHABLE = "a pattern that matches no tool"
    SPECIFIED = "a tool with parentheses, which make it none"


class ToolEntry(NamedTuple):
    """``tool`` is the documented tool the entry ends up as, None for anything that is no built-in tool."""

    item: ListItem
    status: EntryStatus
    tool: Word | None = None

    @property
    def is_usable(self) -> bool:
        return self.status not in _UNUSABLE


_UNUSABLE = frozenset(
    {EntryStatus.REMOVED, EntryStatus.UNKNOWN, EntryStatus.UNMATCHABLE, EntryStatus.SPECIFIED}
)


def classify(tools: Vocabulary, item: ListItem, forms: EntryForms = ANY_FORM) -> ToolEntry:
    """What the product makes of one entry of a list with these forms."""
    name = tools.spelt(item.name)
    if item.specifier is not None and forms.specifier == "unknown" and name not in forms.counting:
        return ToolEntry(item, EntryStatus.SPECIFIED, tools.tool(name))
    if item.text in tools.wildcards:
        return ToolEntry(item, EntryStatus.EVERYTHING if forms.everything else EntryStatus.UNMATCHABLE)
    if name in tools.tools or name in tools.labels:
        return ToolEntry(item, EntryStatus.KNOWN, tools.tool(name))
    if name in tools.aliases:
        return ToolEntry(item, EntryStatus.ALIAS, tools.tools.get(tools.aliases[name].of))
    if name in tools.removed:
        return ToolEntry(item, EntryStatus.REMOVED)
    if name in tools.conditional:
        return ToolEntry(item, EntryStatus.CONDITIONAL)
    if tools.is_of_server(name):
        is_one = forms.servers is None or re.fullmatch(forms.servers, name)
        return ToolEntry(item, EntryStatus.SERVER if is_one else EntryStatus.UNMATCHABLE)
    is_pattern = forms.doc and "*" in name and "(" not in name
    return ToolEntry(item, EntryStatus.UNMATCHABLE if is_pattern else EntryStatus.UNKNOWN)


def entries(file: File, field: Field) -> list[ToolEntry]:
    forms = file.dialect.fields[field.name].entries
    return [classify(file.dialect.tools, item, forms) for item in file.items(field)]


def is_narrowed(entry: ToolEntry, forms: EntryForms) -> bool:
    """Whether the entry is about some uses of a tool only, as the parentheses say and the product reads."""
    return entry.item.specifier not in (None, "", "*") and not is_widened(entry, forms)


def is_widened(entry: ToolEntry, forms: EntryForms) -> bool:
    """Whether it is about the whole tool, whatever stands in its parentheses."""
    is_limit = entry.item.specifier not in (None, "", "*")
    return is_limit and forms.specifier == "whole" and entry.item.name not in forms.counting


def never_matches(entry: ToolEntry, forms: EntryForms) -> bool:
    """Whether it is a rule for paths at a tool whose paths are the affair of another one."""
    return bool(entry.tool and entry.tool.paths_of and is_narrowed(entry, forms))


def lists(file: File) -> Iterator[tuple[FieldSpec, list[ToolEntry]]]:
    """Each list of tools and its entries, also of those that deny, and the names in maps of fields."""
    for field in (*tool_fields(file), *denial_fields(file)):
        yield file.dialect.fields[field.name], entries(file, field)
    deep: dict[str, list[ToolEntry]] = {}
    for reference in file.references:
        if reference.kind == "tool" and reference.field and reference.item is None:
            entry = classify(file.dialect.tools, ListItem(reference.name, reference.span))
            deep.setdefault(reference.field.name, []).append(entry)
    yield from ((file.dialect.fields[name], found) for name, found in deep.items())


def tool_fields(file: File) -> Iterator[Field]:
    """The fields that grant tools; those that take tools away are not among them."""
    for field, spec in file.specified_fields:
        if spec.holds == "tool" and spec.is_names and not spec.denies:
            yield field


def denial_fields(file: File) -> Iterator[Field]:
    for field, spec in file.specified_fields:
        if spec.holds == "tool" and spec.is_names and spec.denies:
            yield field


def is_out_of_reach(file: File, tool: Word) -> str | None:
    """The variant of ``unavailable-tool`` that applies to a tool which no subagent may have, else None."""
    if file.dialect.kind != "agent":
        return None
    if tool.subagent == "never":
        return "unavailable-tool"
    if tool.subagent != "plan":
        return None
    # A plugin's agent sets no permission mode: Claude Code ignores the field there.
    is_planning = file.scope != "plugin" and file.document.string("permissionMode") == "plan"
    return None if is_planning else "unavailable-tool.plan"


def suggestion(tools: Vocabulary, name: str, listed: Container[str] = ()) -> str | None:
    """The tool that was probably meant by a name that is none.

    Who has listed the nearest one as well meant something else. A tool without the parentheses that were
    meant to limit it would be more than that.
    """
    if "(" in name or ")" in name:
        return None
    if latin(name) in tools.tools:
        return latin(name)
    if known := tools.suggestions.get(name.lower()) or equal_ignoring_style(name, tools.tools):
        return known
    near = closest(name, tools.tools)
    return near if near and near not in listed and _says_the_same(near, name) else None


def _says_the_same(one: str, other: str) -> bool:
    """Whether two names are alike word by word: a search in an API is no other spelling of one in files."""
    fewer, more = sorted(([word.lower() for word in _WORD.findall(name)] for name in (one, other)), key=len)
    return len(fewer) < 2 or all(any(_is_alike(word, twin) for twin in more) for word in fewer)  # noqa: PLR2004


def _is_alike(one: str, other: str) -> bool:
    return closest(one, (other,)) is not None or sorted(one) == sorted(other)


def instead(tools: Vocabulary, name: str, meant: str | None) -> str:
    """The advice about a name that is no tool: a program is no other spelling of what runs it."""
    if meant and name.lower() in tools.programs.names and meant == tools.programs.run_by:
        return f" It is a program, which an agent runs with `{meant}`."
    return did_you_mean(meant)


def already_listed(*names: str) -> str:
    """The advice about a name whose replacement stands in the same list."""
    shown = " and ".join(f"`{name}`" for name in names)
    return f" Remove it: {shown} {'is' if len(names) == 1 else 'are'} already listed."
