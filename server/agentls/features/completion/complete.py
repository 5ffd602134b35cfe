"""What may be written at the cursor: field names, values, names of tools, skills and agents.

Works on the line under the cursor and not on the parsed document, see ``cursor``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.features.completion import cursor, placeholders
from agentls.features.completion.cursor import spaced, typed_key, typed_value
from agentls.features.completion.items import Completion, CompletionKind, by_name, first_line, names_of
from agentls.products.nested_values import ITEM, inside, keys, values
from agentls.refactoring import new_files
from agentls.semantics import json_cursor
from agentls.semantics.cursor_path import cursor_path
from agentls.text.markdown_escape import prose
from agentls.text.source import Span
from agentls.workspace import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.features.completion.cursor import TypedPath
    from agentls.products import FieldSpec, Word
    from agentls.semantics.cursor_path import CursorPath
    from agentls.semantics.file import File
    from agentls.syntax.name_lists import ListItem
    from agentls.workspace import Context

# A call in prose, as far as it is typed; a sign in a path or an address starts no word.
_CALL_BEFORE = re.compile(r"(?:^|(?<=[\s(`]))(?P<sign>[/@])[\w:-]*\Z")
_CALL_AFTER = re.compile(r"[\w:-]*")
_OPEN_CALL = re.compile(r"(?<![\w-])(?P<tool>[\w-]+)\((?P<names>[^()]*)\Z")
# What needs no brackets and no percent signs in a link.
_PLAIN_NAME = re.compile(r"[\w.-]+/?")


def complete(context: Context, offset: int) -> list[Completion]:
    """Everything that fits at the cursor, best first."""
    file, document = context.file, context.file.document
    if file.dialect.format.quotes_keys:
        return list(_in_json(context, offset))
    if offset in document.body and offset > document.body.start:
        return list(placeholders.placeholders(file, offset)) or list(_called(context, offset))
    if file.text.line_at(offset) == 0 and file.dialect.format.has_body:
        return list(_beginning(file))
    if document.opening is None or not document.content.start <= offset <= document.content.end:
        return []
    if document.closing and offset in document.closing:
        return []
    line = file.text.line_around(offset)
    before = file.text.source[line.start : offset]
    held = document.field_at(offset)
    if not file.dialect.format.indents and held and held.span.start < line.start:
        return []  # a text or a table of several lines, where no field of ours stands
    if re.fullmatch(r"[\w-]*", before):
        return list(_fields(file, Span(line.start, offset), line.end))
    spec = cursor.owner(file, offset)
    if spec is None or cursor.is_comment(before):
        return []
    return list(_inner(context, spec, offset)) or list(_values(context, spec, offset))


def _in_json(context: Context, offset: int) -> Iterator[Completion]:
    """Keys and values of a JSON file."""
    file = context.file
    place = json_cursor.place_at(file.text.source, offset)
    if place is None:
        return
    specs = file.dialect.fields
    name = place.path[0] if place.path else place.key
    if name is None:
        for spec in specs.values():
            if spec.name not in place.siblings:
                text = typed_key(file, place.word, spec.name, is_quoted=place.is_quoted)
                yield Completion(
                    spec.name,
                    kind=CompletionKind.FIELD,
                    span=place.word,
                    text=text,
                    detail=spec.expects,
                    doc=spec.doc,
                )
    elif place.path and name in specs:
        yield from _inner(context, specs[name], offset)
    elif name in specs:
        for word in specs[name].words:
            text = typed_value(word.name, is_quoted=place.is_quoted or not word.is_text)
            yield Completion(
                word.name,
                kind=CompletionKind.VALUE,
                span=place.word,
                text=text,
                detail=first_line(word.doc),
                doc=word.doc,
            )


def _inner(context: Context, spec: FieldSpec, offset: int) -> Iterator[Completion]:
    """Keys and values further inside a field, as in the hooks of an agent."""
    file = context.file
    place = cursor_path(file, offset)
    if place is None or place.field_name != spec.name:
        return
    named = spec.names_at((*place.path, place.key or "keys"))
    own = [one for one in file.references if one.field and one.field.name == spec.name]
    others = {reference.name for reference in own if offset not in reference.span}
    offered = list(names_of(context, named.holds if named else "", place.word, others))
    if place.key is not None:
        docs = {word.name: word.doc for word in spec.words}
        for word in values(inside(file.dialect, spec.name, (*place.path, place.key))):
            text, doc = _value_text(file, place, word), word.doc or docs.get(word.name, "")
            yield Completion(
                word.name,
                kind=CompletionKind.VALUE,
                span=place.word,
                text=text,
                detail=first_line(doc),
                doc=doc,
            )
        if file.dialect.format.quotes_keys:
            yield from (
                one._replace(text=typed_value(one.text, is_quoted=place.is_quoted)) for one in offered
            )
        else:
            yield from offered
        return
    # A tool says more of itself than that its permission has a form of its own.
    tools = {one.label for one in offered}
    yield from (key for key in _inner_keys(file, spec, place) if key.label not in tools)
    form = file.dialect.format
    for one in offered:
        entry = "" if _has_sign(file, place) else f"{form.separator}{named.entry if named else ''}"
        yield one._replace(text=f"{form.key(one.label)}{entry}")


def _inner_keys(file: File, spec: FieldSpec, place: CursorPath) -> Iterator[Completion]:
    below = (((*place.path, ITEM), "- "),) if file.dialect.format.indents else ()
    for path, dash in ((place.path, ""), *below):
        for key in keys(inside(file.dialect, spec.name, path)):
            is_other = key.types and place.siblings.get("type", key.types[0]) not in key.types
            if key.name not in place.siblings and not is_other:
                text = f"{dash}{key.name}{'' if _has_sign(file, place) else file.dialect.format.separator}"
                if file.dialect.format.quotes_keys:
                    text = typed_key(file, place.word, key.name, is_quoted=place.is_quoted)
                yield Completion(
                    key.name,
                    kind=CompletionKind.FIELD,
                    span=place.word,
                    text=text,
                    detail=key.expects,
                    doc=key.doc,
                )


def _value_text(file: File, place: CursorPath, word: Word) -> str:
    if file.dialect.format.quotes_keys:
        return typed_value(word.name, is_quoted=place.is_quoted or not word.is_text)
    return spaced(file, place.word, word.name)


def _has_sign(file: File, place: CursorPath) -> bool:
    """Whether what stands behind a key is there already."""
    return file.text.source[place.word.end : place.word.end + 1] == file.dialect.format.sign


def parts_of_path(file: File, typed: TypedPath, names: Iterable[str]) -> list[Completion]:
    """The files and folders that a path may go on with; hidden ones once a dot is typed."""
    begun = file.text.slice(typed.name)
    return [
        Completion(
            name,
            kind=CompletionKind.FOLDER if name.endswith("/") else CompletionKind.FILE,
            span=typed.name,
            text=name,
        )
        for name in names
        if _PLAIN_NAME.fullmatch(name) and (begun.startswith(".") or not name.startswith("."))
    ]


def _beginning(file: File) -> Iterator[Completion]:
    """All that a file needs, in place of the first line of one that has nothing yet."""
    source, first = file.text.source, file.text.line_span(0)
    if source.strip("-\ufeff\r\n\t ") or source[first.end :].strip():
        return
    made = new_files.starter(file.dialect, file.path, _name_by_place(file))
    if made is None:
        return
    if first.end < len(source):
        # The break at the end of the line is there already.
        made = made._replace(text=made.text.removesuffix("\n"))
    detail, doc = f"new {file.dialect.title}", f"```markdown\n{made.text}\n```"
    yield Completion(
        "---",
        kind=CompletionKind.TEMPLATE,
        span=first,
        text=made.text,
        detail=detail,
        doc=doc,
        snippet=new_files.snippet(made, ()),
    )


def _called(context: Context, offset: int) -> Iterator[Completion]:
    """``/`` at the start of a word offers skills and commands, ``@`` agents; real names and nothing else."""
    file, view = context.file, context.view
    line = file.text.line_around(offset)
    before = _CALL_BEFORE.search(file.text.source[line.start : offset])
    if before is None or symbols.is_code(file, Span(offset, offset)):
        return
    sign = before["sign"]
    after = _CALL_AFTER.match(file.text.source, offset, line.end)
    word = Span(line.start + before.start("sign"), after.end() if after else offset)
    # Of a command and a skill of one name the skill is called.
    kinds = ("command", "skill") if sign == "/" else ("agent",)
    found = by_name(view, (definition for kind in kinds for definition in view.all(kind)))
    for name, definition in sorted(found.items()):
        kind = CompletionKind.AGENT if sign == "@" else CompletionKind.SKILL
        detail = first_line(definition.doc) or definition.scope
        yield Completion(
            f"{sign}{name}",
            kind=kind,
            span=word,
            text=f"{sign}{name}",
            detail=detail,
            doc=prose(definition.doc),
        )


def _fields(file: File, before: Span, line_end: int) -> Iterator[Completion]:
    source = file.text.source
    after = re.compile(r"[\w-]*").match(source, before.end, line_end)
    span = Span(before.start, after.end() if after else before.end)
    sign = file.dialect.format.separator.rstrip()
    has_sign = re.compile(r"[ \t]*[:=]").match(source, span.end, line_end) is not None
    typed = source[span.start : span.end]
    present = {field.name for field in file.document.fields if field.key != span}
    specs = file.dialect.fields.values()
    for spec in sorted(specs, key=lambda spec: not spec.required):
        is_alias = spec.alias_of or file.scope in spec.ignored_in
        if spec.name in present or (is_alias and spec.name != typed):
            continue
        detail = "required" if spec.required else spec.expects
        text = spec.name if has_sign else f"{spec.name}{sign} "
        value = _snippet(file, spec)
        space = "" if value.startswith("\n") else " "
        snippet = spec.name if has_sign else f"{spec.name}{sign}{space}{value}"
        yield Completion(
            spec.name,
            kind=CompletionKind.FIELD,
            span=span,
            text=text,
            detail=detail,
            doc=spec.doc,
            snippet=snippet,
        )


def _snippet(file: File, spec: FieldSpec) -> str:
    if spec.name == "name":
        return _quoted(file, f"${{1:{_name_by_place(file)}}}")
    if spec.snippet:
        return spec.snippet
    words = [word.name for word in spec.words]
    # A comma or a bar would end a choice, so such values are typed.
    if words and not re.search(r"[,|}$\\]", "".join(words)):
        choice = "${1|" + ",".join(words) + "|}"
        return _quoted(file, choice) if all(word.is_text for word in spec.words) else choice
    return _quoted(file, "$1")


def _quoted(file: File, text: str) -> str:
    """A text where every text needs quotes."""
    quote = file.dialect.format.quote
    return f"{quote}{text}{quote}"


def _values(context: Context, spec: FieldSpec, offset: int) -> Iterator[Completion]:
    file = context.file
    word = cursor.word(file, offset)
    if spec.is_names:
        line = file.text.line_around(offset)
        if call := _OPEN_CALL.search(file.text.source, line.start, word.start):
            if (tool := file.dialect.tools.tool(call["tool"])) and tool.argument == "agent":
                others = call["names"] + file.text.source[word.end : line.end].partition(")")[0]
                yield from names_of(context, "agent", word, re.findall(r"[^\s,]+", others))
            return
        taken = {item.text for item in _items(file, spec) if not (item.span.start <= offset <= item.span.end)}
        yield from _listed(file, spec, word, names_of(context, spec.holds, word, taken))
        return
    for known in spec.words:
        kind = CompletionKind.COLOR if spec.holds == "color" else CompletionKind.VALUE
        is_bare = _is_open(file, word) or not known.is_text
        text = known.name if is_bare else _quoted(file, known.name)
        yield Completion(
            known.name,
            kind=kind,
            span=word,
            text=spaced(file, word, text),
            detail=first_line(known.doc),
            doc=known.doc,
        )
    if not spec.words:
        yield from _listed(file, spec, word, names_of(context, spec.holds, word, ()))
    if spec.name == "name":
        name = _name_by_place(file)
        text = name if _is_open(file, word) else _quoted(file, name)
        by = "folder" if file.dialect.identity == "folder" else "file"
        yield Completion(
            name,
            kind=CompletionKind.VALUE,
            span=word,
            text=spaced(file, word, text),
            detail=f"the name of the {by}",
        )


def _name_by_place(file: File) -> str:
    """The name of the file or folder, as a product takes it."""
    return next(new_files.names_like(file.dialect, file.place_name, file.place_name), file.place_name)


def _listed(file: File, spec: FieldSpec, word: Span, found: Iterable[Completion]) -> Iterator[Completion]:
    """The names as the field's syntax wants them."""
    entry = cursor.entry(file, spec, word)
    for one in found:
        text = spaced(file, word, entry(one.label))
        yield one if one.text == text else one._replace(text=text)


def _is_open(file: File, word: Span) -> bool:
    """Whether a quotation mark stands before the word."""
    return file.text.source[word.start - 1 : word.start] in ('"', "'")


def _items(file: File, spec: FieldSpec) -> Iterable[ListItem]:
    field = file.document.field(spec.name)
    return file.items(field) if field else ()
