"""What is under the cursor, in Markdown: a field, a value, a tool, a skill, an agent, a server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.explain import prompt, reach_words, report, substitution_notes
from agentls.outcome import permission_rules, tool_entries
from agentls.outcome.reach import reach
from agentls.products import FieldSpec
from agentls.products.nested_values import inside, keys, values
from agentls.semantics import server_entries
from agentls.semantics.cursor_path import cursor_path
from agentls.semantics.file_references import FILE_KINDS
from agentls.semantics.summary import INLINE
from agentls.syntax.name_lists import ListItem
from agentls.syntax.nodes import Scalar
from agentls.text import markdown_escape, token_count
from agentls.workspace import file_links, symbols

if TYPE_CHECKING:
    from agentls.products import Word
    from agentls.products.fields import EntryForms
    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.semantics.summary import Definition
    from agentls.syntax.document import Field
    from agentls.text.source import Span
    from agentls.workspace import Context, View

_LONGEST_DESCRIPTION = 600
# Of all files that name a server so many are listed.
_MOST_USERS = 8
# Fields that say what an agent may do, and are no lists of tools.
_OF_POWERS = ("permission", "permissions", "readonly", "sandbox_mode")


class Hover(NamedTuple):
    """``markdown`` about the text under ``span``."""

    span: Span
    markdown: str


def hover(context: Context, offset: int) -> Hover | None:
    """What to say about the place at ``offset``; None for nothing."""
    file, view = context.file, context.view
    place = file.at(offset)
    opening = file.document.opening
    if opening and offset in opening:
        return Hover(opening, report.readers_section(context))
    if place.field and place.on_key:
        markdown = _field(context, place.spec) if place.spec else ""
        return Hover(place.field.key, markdown) if markdown else None
    if link := file_links.file_link_at(file, offset):
        path = file_links.target(view, link)
        named = place.reference
        is_sure = named and named.kind in FILE_KINDS and "*" not in named.name
        if path or is_sure:
            return Hover(link.span, _file(view, path) if path else _nowhere(view, link.paths))
    if found := file.substitution_at(offset):
        return Hover(found.span, substitution_notes.note(file, found))
    reference = place.reference or symbols.prose_mention_at(context, offset)
    if reference and (markdown := _reference(context, reference)):
        return Hover(reference.span, markdown)
    if rule := permission_rules.rule_at(file, offset):
        return _permission_rule(context, *rule)
    if place.field and place.spec and place.spec.holds == "glob" and (note := _glob(context, offset)):
        return note
    if place.field and place.spec:
        return _inner(file, place.spec, offset) or _value(context, place.field, place.spec)
    return None


_EFFECTS = {
    "allow": "Such a call runs without a question.",
    "ask": "Each such call is asked for.",
    "deny": "Such a call is refused.",
}


def _permission_rule(context: Context, name: str, rule: Scalar) -> Hover | None:
    """What a rule of permissions is about, and what its tool may have in parentheses."""
    tool, content = permission_rules.parts(rule.value)
    known = context.file.dialect.tools.tool(tool)
    if known is None:
        return None
    which = (
        "Every call."
        if content in (None, "*")
        else f"Calls that fit `{markdown_escape.code(content or '')}`."
    )
    forms = "\n".join(f"- `{form.form}`: {form.doc}" for form in known.specifier)
    text = f"{markdown_escape.strong(known.name)} — {known.doc}\n\n{which} {_EFFECTS[name]}\n\n{forms}"
    return Hover(rule.inner, text.rstrip())


def _listed_server(context: Context, reference: Reference) -> str:
    """A server in the list that defines it: what is started or reached, and who uses it."""
    entry = next((e for e in server_entries.server_entries(context.file) if e.name == reference.name), None)
    if entry is None:
        return ""
    words = [text.value for key in ("command", "args") for text in server_entries.texts(entry.value(key))]
    words = words or [entry.text(key) for key in ("url", "httpUrl", "serverUrl") if entry.text(key)]
    own = context.view.summary(context.file.path).definitions
    found = tuple(d for d in own if (d.kind, d.name) == ("server", reference.name))
    symbol = symbols.Symbol("server", reference.name, reference.span, found)
    named = {path for path, _ in symbols.mentions(context.view, symbol) if path != context.file.path}
    users = ", ".join(_code(context.view, path) for path in sorted(named)[:_MOST_USERS])
    more = f" and {len(named) - _MOST_USERS} more" if len(named) > _MOST_USERS else ""
    parts = [f"{markdown_escape.strong(reference.name)} — MCP server of {context.file.dialect.product}"]
    parts += [f"`{markdown_escape.code(' '.join(words))}`"] if words else []
    return "\n\n".join([*parts, f"Used by {users}{more}." if users else "No known file names it."])


def _glob(context: Context, offset: int) -> Hover | None:
    """Which files a glob of a rule takes in."""
    found = reach(context.file)
    one = next((one for one in found.globs if offset in one.item.span), None) if found else None
    note = reach_words.glob_note(context.view, found, one) if found and one else ""
    return Hover(one.item.span, note) if one and note else None


def _inner(file: File, spec: FieldSpec, offset: int) -> Hover | None:
    """A key or a value further inside a field, as in the hooks of an agent."""
    place = cursor_path(file, offset)
    if place is None or place.field_name != spec.name:
        return None
    steps = (*place.path, *([place.key] if place.key else []))
    schemas = inside(file.dialect, spec.name, steps)
    words: list[Word | FieldSpec] = list(values(schemas) if place.key else keys(schemas))
    named = spec.names_at((*place.path, place.key or "keys"))
    if named and named.holds == "tool":
        words += file.dialect.tools.tools.values()
    name = file.text.slice(place.word)
    word = next((word for word in words if word.name == name and word.doc), None)
    if word is None:
        return None
    expects = f"\n\nExpects {word.expects}." if isinstance(word, FieldSpec) and word.expects else ""
    return Hover(place.word, f"{markdown_escape.strong(word.name)} — {word.doc}{expects}")


def _field(context: Context, spec: FieldSpec) -> str:
    file = context.file
    parts = [f"{markdown_escape.strong(spec.name)} — {spec.doc}", f"Expects {spec.expects}."]
    # What is said already, and what is accepted but nowhere documented, is no value to choose.
    words = [
        word
        for word in spec.words
        if not re.search(rf"\b{re.escape(word.name)}\b", spec.expects) and not word.status
    ]
    if words:
        parts.append("Values: " + ", ".join(f"`{markdown_escape.code(word.name)}`" for word in words))
    if "default" in spec.schema:
        parts.append(f"Default: `{_plain(spec.schema['default'])}`")
    if file.scope in spec.ignored_in:
        parts.append(f"{file.dialect.product} ignores this field in a {file.scope}.")
    if file.dialect.kind == "agent" and (spec.name in ("name", *_OF_POWERS) or spec.holds == "tool"):
        parts += filter(None, [report.tool_access_section(context)])
    if spec.name == "description" and (text := file.document.string("description")):
        sizes = f"This description has {_size(len(text))}."
        if rendered := prompt.prompt(file).text:
            sizes += f" The text that the model gets when it is used has {_size(len(rendered))}."
        parts.append(sizes)
    parts.append(_footer(file, spec))
    return "\n\n".join(parts)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _footer(file: File, spec: FieldSpec) -> str:
    notes = [file.dialect.product]
    if spec.since:
        notes.append(f"since {spec.since}")
    if spec.status not in ("", "documented"):
        notes.append(spec.status)
    if source := re.match(r"https?://\S+?(?=[;,]?(\s|$))", spec.source):
        notes.append(f"[documentation]({source.group()})")
    return f"*{' · '.join(notes)}*"


def _reference(context: Context, reference: Reference) -> str:
    file, view = context.file, context.view
    if reference.kind == "tool":
        return _tool(context, reference)
    if server_entries.is_own(file, reference):
        return _listed_server(context, reference)
    if (word := _word(file, reference)) and word.doc:
        return f"{markdown_escape.strong(word.name)} — {word.doc}"
    if definitions := view.resolve(reference.kind, reference.name):
        return "\n\n---\n\n".join(_definition(view, definition) for definition in definitions)
    if reference.name in file.dialect.bundled.of_kind(reference.kind):
        name = markdown_escape.strong(reference.name)
        return f"{name} — {reference.kind} included in {file.dialect.product}."
    return ""


def _word(file: File, reference: Reference) -> Word | None:
    spec = file.dialect.fields.get(reference.field.name) if reference.field else None
    return next((word for word in spec.words if word.name == reference.name), None) if spec else None


def _size(characters: int) -> str:
    return f"{characters:,} characters, about {token_count.estimate(characters):,} tokens"


def _file(view: View, path: str) -> str:
    """A file that is there, by what it defines."""
    found = view.summary(path).proper_definitions
    return _definition(view, found[0]) if found else _code(view, path)


def _nowhere(view: View, paths: tuple[str, ...]) -> str:
    tried = " or ".join(dict.fromkeys(_code(view, path) for path in paths))
    return f"Not found: {tried}."


def _code(view: View, path: str) -> str:
    return f"`{markdown_escape.code(view.display_path(path))}`"


def _definition(view: View, definition: Definition) -> str:
    doc = definition.doc
    if len(doc) > _LONGEST_DESCRIPTION:
        doc = f"{doc[:_LONGEST_DESCRIPTION]}…"
    kind = definition.kind.replace("foreign-skill", "skill of another product")
    scope = definition.scope.replace(INLINE, "this agent only")
    notes = [kind, *([scope] if scope else [])]
    if definition.size:
        notes.append(_size(definition.size))
    about = f" — {markdown_escape.prose(doc)}" if doc and definition.kind != "server" else ""
    name = markdown_escape.strong(definition.name)
    return f"{name}{about}\n\n*{' · '.join(notes)}*\n\n{_code(view, definition.path)}"


def _tool(context: Context, reference: Reference) -> str:
    file = context.file
    item = reference.item or ListItem(reference.name, reference.span)
    spec = file.dialect.fields.get(reference.field.name) if reference.field and reference.item else None
    forms = spec.entries if spec else tool_entries.ANY_FORM
    entry = tool_entries.classify(file.dialect.tools, item, forms)
    if entry.tool:
        old = f"`{item.name}` is an old name of " if entry.status is tool_entries.EntryStatus.ALIAS else ""
        facts = _tool_facts(file, entry.tool, forms)
        return f"{old}{markdown_escape.strong(entry.tool.name)} — {entry.tool.doc}\n\n{facts}".rstrip()
    if entry.status is tool_entries.EntryStatus.REMOVED:
        note = file.dialect.tools.removed[item.name].note
        return f"{markdown_escape.strong(item.name)} — no longer a tool. {note}"
    if entry.status is tool_entries.EntryStatus.EVERYTHING:
        return "**\\*** — every tool that the agent may have."
    if entry.status is tool_entries.EntryStatus.UNMATCHABLE:
        return f"{markdown_escape.strong(item.text)} — a pattern that matches no tool. {forms.doc}".rstrip()
    if entry.status is tool_entries.EntryStatus.CONDITIONAL:
        return f"{markdown_escape.strong(item.name)} — a tool that only some accounts or versions have."
    return _server(context, item.name) if entry.status is tool_entries.EntryStatus.SERVER else ""


def _tool_facts(file: File, tool: Word, forms: EntryForms) -> str:
    lines = []
    if tool.permission is not None:
        lines.append("asks for permission" if tool.permission else "runs without asking")
    reach = {
        "never": "never available to subagents",
        "plan": "available to subagents only with `permissionMode: plan`",
        "depth": "available to subagents up to the depth limit",
    }
    if tool.subagent in reach:
        lines.append(reach[tool.subagent])
    if tool.background is False:
        lines.append("not available to background agents")
    old_names = [name for name, alias in file.dialect.tools.aliases.items() if alias.of == tool.name]
    if old_names:
        lines.append("old names: " + ", ".join(f"`{name}`" for name in old_names))
    if not forms.specifier or tool.name in forms.counting:
        lines += [f"`{form.form}`: {form.doc}" for form in tool.specifier]
    elif tool.specifier:
        lines.append("what stands in parentheses behind it has no effect in this list")
    return "\n".join(f"- {line}" for line in lines)


def _server(context: Context, tool: str) -> str:
    file, view = context.file, context.view
    found = view.resolve("tool", tool)
    server = found[0].name if found else file.dialect.tools.server_of(tool)
    if server is None:
        return ""
    if owner := file.dialect.tools.servers.reserved.get(server):
        return f"{markdown_escape.strong(tool)} — a tool of {owner}."
    where = "".join(f"\n\n{_code(view, d.path)}" for d in found) or "\n\nThis server is not configured here."
    part = file.dialect.tools.servers.part(tool, server)
    is_whole = part and not (tool[: part.start] + tool[part.end :]).strip("_/*")
    what = "every tool" if is_whole else "a tool"
    name, server = markdown_escape.strong(tool), markdown_escape.code(server)
    return f"{name} — {what} of the MCP server `{server}`.{where}"


def _value(context: Context, field: Field, spec: FieldSpec) -> Hover | None:
    """A value by what it means, else by its field."""
    value = field.value
    word = next((w for w in spec.words if isinstance(value, Scalar) and w.name == value.value), None)
    if word and word.doc:
        return Hover(value.span, f"{markdown_escape.strong(word.name)} — {word.doc}")
    if spec.name == "name" and context.file.dialect.kind == "agent":
        said = report.tool_access_section(context) or report.loading_section(context)
        return Hover(value.span, said)
    return Hover(value.span, _field(context, spec))
