"""What may be written at the cursor: field names, values, names of tools, skills and agents.

Works on the line under the cursor and not on the parsed document, since a line that is being typed is
mostly not YAML yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from agentls import graph, names, toolbox
from agentls.escape import prose
from agentls.references import server_of
from agentls.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.catalogue import FieldSpec, Vocabulary
    from agentls.file import File
    from agentls.workspace import View

# By what stands between a field's name and its value.
_FIELD_LINES = {sign: re.compile(rf"([\"']?)([A-Za-z_][\w-]*)\1[ \t]*{sign}") for sign in (":", "=")}
# What a plain value of YAML must not start with.
_INDICATOR = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`]")
_WORD_BEFORE = re.compile(r"[^\s,()\[\]{}\"']*\Z")
_WORD_AFTER = re.compile(r"[^\s,()\[\]{}\"'#]*")
# A call in prose, as far as it is typed; a sign in a path or an address starts no word.
_CALL_BEFORE = re.compile(r"(?:^|(?<=[\s(`]))(?P<sign>[/@])[\w:-]*\Z")
_CALL_AFTER = re.compile(r"[\w:-]*")
_OPEN_CALL = re.compile(r"(?P<tool>[\w-]+)\((?P<names>[^()]*)\Z")
# Editors show the detail beside the label, on one line.
_LONGEST_DETAIL = 80


class Kind(Enum):
    FIELD = "field"
    VALUE = "value"
    COLOR = "color"
    TOOL = "tool"
    SKILL = "skill"
    AGENT = "agent"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Completion:
    """``text`` replaces ``span``; ``snippet`` is the same with tab stops, for editors that know them.

    ``detail`` is one line, ``doc`` Markdown. The order of the list is the order to show.
    """

    label: str
    kind: Kind
    span: Span
    text: str
    detail: str = ""
    doc: str = ""
    snippet: str = ""


def complete(view: View, file: File, offset: int) -> list[Completion]:
    """Everything that fits at the cursor, best first."""
    view = view.seen_with(file.dialect.sees)
    document = file.document
    if offset in document.body and offset > document.body.start:
        return list(_called(view, file, offset))
    if document.opening is None or not document.content.start <= offset <= document.content.end:
        return []
    line = file.text.line_span(file.text.line_at(offset))
    before = file.text.source[line.start : offset]
    held = document.field_at(offset)
    if file.dialect.reader == "toml" and held and held.span.start < line.start:
        return []  # a text or a table of several lines, where no field of ours stands
    if re.fullmatch(r"[\w-]*", before):
        return list(_fields(file, Span(line.start, offset), line.end))
    spec = _owner(file, offset)
    if spec is None or _is_comment(before):
        return []
    return list(_values(view, file, spec, offset))


def _called(view: View, file: File, offset: int) -> Iterator[Completion]:
    """``/`` at the start of a word offers skills and commands, ``@`` agents; real names and nothing else."""
    line = file.text.line_span(file.text.line_at(offset))
    before = _CALL_BEFORE.search(file.text.source[line.start : offset])
    if before is None or graph.is_code(file, Span(offset, offset)):
        return
    sign = before["sign"]
    after = _CALL_AFTER.match(file.text.source, offset, line.end)
    word = Span(line.start + before.start("sign"), after.end() if after else offset)
    # Of a command and a skill of one name the skill is called.
    kinds = ("command", "skill") if sign == "/" else ("agent",)
    found = {definition.name: definition for kind in kinds for definition in view.all(kind)}
    for name, definition in sorted(found.items()):
        kind = Kind.AGENT if sign == "@" else Kind.SKILL
        detail = _first_line(definition.doc) or definition.scope
        yield Completion(f"{sign}{name}", kind, word, f"{sign}{name}", detail, prose(definition.doc))


def _is_comment(before: str) -> bool:
    return re.search(r"(^|\s)#", before) is not None


def _owner(file: File, offset: int) -> FieldSpec | None:
    """The field whose value the cursor is in: the nearest line above that starts one."""
    for line in range(file.text.line_at(offset), -1, -1):
        span = file.text.line_span(line)
        if span.start < file.document.content.start:
            return None
        match = _FIELD_LINES[file.dialect.sign].match(file.text.source, span.start, span.end)
        if match:
            is_inside_key = offset < match.end()
            return None if is_inside_key else file.dialect.fields.get(match[2])
    return None


def _fields(file: File, before: Span, line_end: int) -> Iterator[Completion]:
    source = file.text.source
    after = re.compile(r"[\w-]*").match(source, before.end, line_end)
    span = Span(before.start, after.end() if after else before.end)
    sign = " =" if file.dialect.sign == "=" else ":"
    has_sign = re.compile(r"[ \t]*[:=]").match(source, span.end, line_end) is not None
    typed = source[span.start : span.end]
    present = {field.name for field in file.document.fields if field.key != span}
    specs = file.dialect.fields.values()
    for spec in sorted(specs, key=lambda spec: not spec.required):
        is_alias = "alias-of" in spec.facts or file.scope in spec.facts.get("ignored-in", ())
        if spec.name in present or (is_alias and spec.name != typed):
            continue
        detail = "required" if spec.required else spec.expects
        text = spec.name if has_sign else f"{spec.name}{sign} "
        value = _snippet(file, spec)
        space = "" if value.startswith("\n") else " "
        snippet = spec.name if has_sign else f"{spec.name}{sign}{space}{value}"
        yield Completion(spec.name, Kind.FIELD, span, text, detail, spec.doc, snippet)


def _snippet(file: File, spec: FieldSpec) -> str:
    if snippet := spec.facts.get("snippet"):
        return str(snippet)
    words = [word.name for word in spec.words]
    # A comma or a bar would end a choice, so such values are typed.
    if words and not re.search(r"[,|}$\\]", "".join(words)):
        return _quoted(file, "${1|" + ",".join(words) + "|}")
    return _quoted(file, "$1")


def _quoted(file: File, text: str) -> str:
    """A text where every text needs quotes."""
    return f'"{text}"' if file.dialect.reader == "toml" else text


def _values(view: View, file: File, spec: FieldSpec, offset: int) -> Iterator[Completion]:
    word = _word(file, offset)
    if spec.is_names:
        line = file.text.line_span(file.text.line_at(offset))
        if call := _OPEN_CALL.search(file.text.source, line.start, word.start):
            if call["tool"] in ("Agent", "Task") and spec.holds == "tool":
                others = call["names"] + file.text.source[word.end : line.end].partition(")")[0]
                yield from _named(view, file, "agent", word, re.findall(r"[^\s,]+", others))
            return
        taken = {item.text for item in _items(file, spec) if not (item.span.start <= offset <= item.span.end)}
        for one in _named(view, file, spec.holds, word, taken):
            text = _spaced(file, word, _entry(file, spec, word, one.label))
            yield one if one.text == text else replace(one, text=text)
        return
    for known in spec.words:
        kind = Kind.COLOR if spec.holds == "color" else Kind.VALUE
        is_open = file.text.source[word.start - 1 : word.start] in ('"', "'")
        text = known.name if is_open else _quoted(file, known.name)
        yield Completion(known.name, kind, word, _spaced(file, word, text), spec.name, known.doc)
    if not spec.words:
        yield from _named(view, file, spec.holds, word, ())


def _entry(file: File, spec: FieldSpec, word: Span, name: str) -> str:
    """A name as the field's syntax wants it; on the line of the field there may be no list or map yet."""
    if spec.syntax not in ("list", "map"):
        return name
    written = f'"{name}"' if _INDICATOR.match(name) else name
    entry = f"{written}: {spec.facts['entry']}" if spec.syntax == "map" else written
    opening, closing = "{}" if spec.syntax == "map" else "[]"
    return f"{opening}{entry}{closing}" if _is_bare(file, word) else entry


def _is_bare(file: File, word: Span) -> bool:
    """Whether nothing stands between a field's name and the word."""
    line = file.text.line_span(file.text.line_at(word.start))
    return (
        _FIELD_LINES[file.dialect.sign].fullmatch(file.text.source[line.start : word.start].rstrip())
        is not None
    )


def _word(file: File, offset: int) -> Span:
    """The word around the cursor; names may hold ``-``, ``_``, ``:`` and ``*``."""
    source = file.text.source
    line = file.text.line_span(file.text.line_at(offset))
    before = _WORD_BEFORE.search(source[line.start : offset])
    start = line.start + before.start() if before else offset
    # `color:red` without a space is no field yet: what follows the colon is the word.
    match = _FIELD_LINES[file.dialect.sign].match(source, line.start, line.end)
    start = max(start, match.end()) if match else start
    after = _WORD_AFTER.match(source, offset, line.end)
    return Span(start, after.end() if after else offset)


def _spaced(file: File, word: Span, text: str) -> str:
    return f" {text}" if file.text.source[word.start - 1 : word.start] == file.dialect.sign else text


def _items(file: File, spec: FieldSpec) -> Iterable[names.Item]:
    field = file.document.field(spec.name)
    return file.items(field) if field else ()


def _named(view: View, file: File, kind: str, word: Span, taken: Iterable[str]) -> Iterator[Completion]:
    sources = {"tool": _tools, "skill": _skills, "agent": _agents, "server": _servers}
    for completion in sources[kind](view, file, word) if kind in sources else ():
        if completion.label not in taken:
            yield completion


def _tools(view: View, file: File, word: Span) -> Iterator[Completion]:
    for tool in file.dialect.tools.tools.values():
        if not toolbox.is_out_of_reach(file, tool):
            text, detail = _spaced(file, word, tool.name), _first_line(tool.doc)
            yield Completion(tool.name, Kind.TOOL, word, text, detail, tool.doc)
    for name in _server_tools(view, file.dialect.tools):
        detail = f"MCP server {server_of(name)}"
        yield Completion(name, Kind.SERVER, word, _spaced(file, word, name), detail)


def _server_tools(view: View, tools: Vocabulary) -> list[str]:
    """Each configured server as a whole, and the tools of servers that are named anywhere."""
    servers = {f"mcp__{definition.doc}" for definition in view.all("server")}
    return sorted(name for name in servers | set(view.mcp_tools()) if tools.is_of_server(name))


def _skills(view: View, file: File, word: Span) -> Iterator[Completion]:
    for name, definition in {d.name: d for d in view.all("skill")}.items():
        detail = _first_line(definition.doc) or definition.scope
        yield Completion(name, Kind.SKILL, word, _spaced(file, word, name), detail, prose(definition.doc))
    for name in file.dialect.facts.get("bundled", {}).get("skills", ()):
        if not view.lookup("skill", name):
            detail = f"comes with {file.dialect.product}"
            yield Completion(name, Kind.SKILL, word, _spaced(file, word, name), detail)


def _agents(view: View, file: File, word: Span) -> Iterator[Completion]:
    for name, definition in {d.name: d for d in view.all("agent")}.items():
        detail = _first_line(definition.doc)
        yield Completion(name, Kind.AGENT, word, _spaced(file, word, name), detail, prose(definition.doc))
    for name in file.dialect.facts.get("bundled", {}).get("agents", ()):
        if not view.lookup("agent", name):
            detail = f"comes with {file.dialect.product}"
            yield Completion(name, Kind.AGENT, word, _spaced(file, word, name), detail)


def _servers(view: View, file: File, word: Span) -> Iterator[Completion]:
    for name in dict.fromkeys(d.name for d in view.all("server")):
        # Servers stand in a list; on the line of the field there is none yet.
        text = f"[{name}]" if _is_bare(file, word) else name
        yield Completion(name, Kind.SERVER, word, _spaced(file, word, text), "MCP server")


def _first_line(doc: str) -> str:
    line = doc.strip().split("\n", 1)[0]
    if len(line) > _LONGEST_DETAIL:
        # Half a sentence says less than one sentence.
        line = re.split(r"(?<=\.) ", line, maxsplit=1)[0]
    return line if len(line) <= _LONGEST_DETAIL else f"{line[: _LONGEST_DETAIL - 1]}…"
