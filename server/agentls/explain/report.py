"""What becomes of a file and what it can do, in Markdown: for hovers, commands and the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.explain import loading, reach_words, readers
from agentls.explain.loading import LoadState
from agentls.outcome import tool_access
from agentls.outcome.reach import reach
from agentls.text import markdown_escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.explain.loading import Outcome
    from agentls.explain.readers import ReaderOutcome
    from agentls.findings import Finding
    from agentls.outcome.tool_access import ToolAccess
    from agentls.semantics.file import File
    from agentls.workspace import Context

# Nobody reads more, and every finding stands in the file, too.
_MOST_LOSSES = 10
# What one rule says more often is quoted once.
_MOST_OF_A_RULE = 3
# In a table, where a cell is one line.
_MOST_IN_CELL = 3


def loading_section(context: Context) -> str:
    """Whether the product loads the file, and why not."""
    return _loading(context, loading.outcome(context))


def readers_section(context: Context) -> str:
    """The same, and a table of all products that read the file where its own is not the only one."""
    own, *others = readers.of(context)
    parts = [_loading(context, own.outcome)]
    if others:
        header = "| Read by | Result | Details |\n| --- | --- | --- |"
        parts.append("\n".join([header, _row(own, "see above"), *map(_row, others)]))
    return "\n\n".join(parts)


def _loading(context: Context, found: Outcome) -> str:
    file = context.file
    parts = [f"**{_sentence(file, found)}**", found.note, *_lines(file, found.reasons)]
    if found.state is LoadState.LOADED and (when := reach(file)):
        parts.append(reach_words.sentence(context.view, when))
    parts += _rivals(context, found)
    if found.losses:
        lines = list(_lines(file, found.losses))
        more = len(lines) - _MOST_LOSSES
        lines = [*lines[:_MOST_LOSSES], *([f"- and {more} more"] if more > 0 else [])]
        is_loaded = found.state not in (LoadState.ELSEWHERE, LoadState.DISABLED)
        parts += ["What gets lost:" if is_loaded else "Problems:", *lines]
    return _joined(parts)


def _row(reading: ReaderOutcome, why: str = "") -> str:
    file, found = reading.file, reading.outcome
    when = f" ({file.identity.condition})" if file.identity.condition else ""
    reasons = found.reasons or found.losses
    # Of a file that is rejected only the reason matters.
    is_loaded = found.state is LoadState.LOADED
    parts = [f"ignores {_list(reading.ignored)}"] if reading.ignored and is_loaded else []
    lines = [line.removeprefix("- ") for line in _lines(file, reasons)]
    parts += lines[:_MOST_IN_CELL]
    parts += [f"and {len(lines) - _MOST_IN_CELL} more"] if len(lines) > _MOST_IN_CELL else []
    fate = f"loaded{', with losses' if parts else ''}" if is_loaded else _FATES[found.state]
    reason = "; ".join(filter(None, (found.note, *parts)))
    cells = (f"{file.dialect.product}{when}", fate, why if why and reason else reason)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


_FATES = {
    LoadState.SKIPPED: "not loaded",
    LoadState.REFUSED: "loaded, but refuses to start",
    LoadState.SHADOWED: "overridden by another file",
    LoadState.AMBIGUOUS: "undefined: this file or another one of the same name",
    LoadState.DISABLED: "not loaded: the plugin is not enabled",
    LoadState.ELSEWHERE: "not loaded from this folder",
}


def _sentence(file: File, found: Outcome) -> str:
    product = file.dialect.product
    what = f"the {file.scope} {file.dialect.kind} `{markdown_escape.code(file.name)}`"
    if not file.dialect.defines:
        what = f"the {file.dialect.kind} of the {file.scope}"
    match found.state:
        case LoadState.LOADED:
            is_sure = file.scope != "plugin" or file.identity.enabled_in
            when = "" if is_sure else " while the plugin is enabled"
            when += f", {file.identity.condition}" if file.identity.condition else ""
            return f"{product} loads this file as {what}{when}."
        case LoadState.SKIPPED:
            return f"{product} does not load this file."
        case LoadState.REFUSED:
            return f"{product} loads {what}, but refuses to start it."
        case LoadState.SHADOWED:
            return f"{product} does not use {what}: another file overrides it."
        case LoadState.AMBIGUOUS:
            return f"{product} loads {what} or another file of the same name; which one is undefined."
        case LoadState.DISABLED:
            plugin = markdown_escape.code(file.identity.plugin)
            return f"{product} does not load {what} here: the plugin `{plugin}` is not enabled."
    return f"{product} does not load this file from here: it is not in a folder that {product} reads."


def _lines(file: File, findings: Iterable[Finding]) -> Iterator[str]:
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    for rule, alike in by_rule.items():
        quoted = alike if len(alike) <= _MOST_OF_A_RULE else alike[:1]
        lines = [file.text.line_at(finding.span.start) + 1 for finding in alike]
        more = _more(rule, lines[1:]) if len(alike) > len(quoted) else ""
        for line, finding in zip(lines, quoted, strict=False):
            yield f"- line {line}: {markdown_escape.message(finding.message)}{more}"


def _more(rule: str, lines: list[int]) -> str:
    first, last = min(lines), max(lines)
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    return f" And {len(lines)} more of `{rule}`, in {where}."


def _rivals(context: Context, found: Outcome) -> Iterator[str]:
    for rival in found.rivals:
        path = context.view.display_path(rival.path)
        shown = f"the {rival.scope} {rival.kind} in `{markdown_escape.code(path)}`"
        if found.state is LoadState.LOADED:
            yield f"- {shown} overrides it in that folder"
        else:
            where = "in its project " if (context.file.scope, rival.scope) == ("user", "project") else ""
            yield f"- {where}{shown}"


def tool_access_section(context: Context) -> str:
    """What an agent can really do; skills and commands have the tools of whoever runs them.

    Empty for a file that the product does not load, which can do nothing.
    """
    file = context.file
    if loading.outcome(context).state is LoadState.SKIPPED:
        return ""
    kind = file.dialect.kind
    if not file.dialect.defines:
        return ""
    if file.dialect.reach.default:
        return ""
    if kind != "agent":
        names = tool_access.approvals(file)
        free = f" Runs without asking for permission: {_list(names)}." if names else ""
        return f"**A {kind} uses the tools of the agent that runs it.**{free}"
    return _joined(["**What this agent can do**", *_powers(tool_access.of(context))])


def _powers(found: ToolAccess) -> Iterator[str]:
    named = [f"{_list([name])}{f' ({_list(inside)})' if inside else ''}" for name, inside in found.tools]
    if found.basis:
        yield f"- tools: {found.basis}"
    if named:
        yield f"- {'including' if found.basis else 'tools'}: {', '.join(named)}"
    if found.servers:
        yield f"- tools of MCP servers: {', '.join(_server(found, name) for name in found.servers)}"
    if found.starts_agents:
        yield "- can start other agents, up to the depth limit"
    for label, names in (
        ("preloaded skills", found.skills),
        ("asks before using", found.asks),
        ("allowed with limits", found.limited),
        ("denied", found.denied),
        ("unavailable in background agents", found.lost_in_background),
        ("unknown whether these tools exist", found.unsure),
    ):
        if names:
            yield f"- {label}: {_list(names)}"
    if found.unknown:
        yield f"- {found.unknown}"
    elif not any((found.basis, named, found.servers, found.asks, found.limited, found.unsure)):
        yield "- no usable tools"
    for name, reason in found.dropped:
        yield f"- dropped: {_list([name])} ({reason})"
    yield from (f"- {note}" for note in found.notes)


def _server(found: ToolAccess, name: str) -> str:
    if name == "*":
        return "all other configured servers" if len(found.servers) > 1 else "all configured servers"
    return _list([name]) + (" (not configured here)" if name in found.unknown_servers else "")


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{markdown_escape.code(name)}`" for name in names)


def _joined(parts: Iterable[str]) -> str:
    """Paragraphs apart, the lines of a list together."""
    text = ""
    for part in filter(None, parts):
        is_list = part.startswith("- ") and text.rpartition("\n")[2].startswith("- ")
        text += ("\n" if is_list else "\n\n") + part if text else part
    return text
