"""What is being typed: the line under the cursor, which is mostly not YAML yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.explain import prompt
from agentls.semantics import json_cursor
from agentls.semantics.file_references import resolve_path
from agentls.syntax.markdown_code import block_at
from agentls.system import paths
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentls.products import FieldSpec
    from agentls.semantics.file import File

# By what stands between a field's name and its value.
_FIELD_LINES = {sign: re.compile(rf"([\"']?)([A-Za-z_][\w-]*)\1[ \t]*{sign}") for sign in (":", "=")}
_UP_TO_WORD = re.compile(r"(?:.*[\s,()\[\]{}\"'])?", re.DOTALL)
_WORD_AFTER = re.compile(r"[^\s,()\[\]{}\"'#]*")
_HYPHEN = re.compile(r"[ \t]*-\Z")
# What may stand between a field's name and a list below it.
_NOTHING_YET = re.compile(r"[ \t]*(?:#.*)?")
# A path in the body, as far as it is typed: the target of a link, behind ``@``, or what begins like one.
_PATH = re.compile(
    r"(?:(?P<link>\]\(<?)|(?<![\w@/.~$}\\:-])(?:(?P<sign>@)|(?=\.{1,2}/|(?:references|scripts|assets)/)))"
    r"(?P<folder>(?:[\w.-]+/)*)(?P<name>[\w.-]*)\Z"
)
# One behind a variable, which is filled in code as well.
_BEHIND_VARIABLE = re.compile(
    r"\$\{(?P<variable>[A-Za-z_]\w*)\}/(?P<folder>(?:[\w.-]+/)*)(?P<name>[\w.-]*)\Z"
)
# One from the folder of the plugin, in a text of JSON.
_IN_FIELD = re.compile(r'"\./(?P<folder>(?:[\w.-]+/)*)(?P<name>[\w.-]*)\Z')
_REST_OF_NAME = re.compile(r"[\w.-]*")
_REST_OF_KEY = re.compile(r"(\")?[ \t]*(:)?")
# Nobody types a longer one.
_LONGEST_PATH = 300


class TypedPath(NamedTuple):
    """``name`` is its last part, as far as it is typed; ``folders`` are the absolute ones it may lie in."""

    name: Span
    folders: tuple[str, ...]


def owner(file: File, offset: int) -> FieldSpec | None:
    """The field whose value the cursor is in: the nearest line above that starts one."""
    match = _field_line(file, offset)
    # Not while the cursor is inside its name.
    return file.dialect.fields.get(match[2]) if match and offset >= match.end() else None


def _field_line(file: File, offset: int) -> re.Match[str] | None:
    for line in range(file.text.line_at(offset), -1, -1):
        span = file.text.line_span(line)
        if span.start < file.document.content.start:
            return None
        if match := _FIELD_LINES[file.dialect.format.sign].match(file.text.source, span.start, span.end):
            return match
    return None


def is_comment(before: str) -> bool:
    """Whether what is typed behind this belongs to a comment."""
    return re.search(r"(^|\s)#", before) is not None


def word(file: File, offset: int) -> Span:
    """The word around the cursor; names may hold ``-``, ``_``, ``:`` and ``*``."""
    source = file.text.source
    line = file.text.line_around(offset)
    typed = source[line.start : offset]
    before = _UP_TO_WORD.match(typed)
    start = line.start + before.end() if before and not _HYPHEN.match(typed) else offset
    # `color:red` without a space is no field yet: what follows the colon is the word.
    match = _FIELD_LINES[file.dialect.format.sign].match(source, line.start, line.end)
    start = max(start, match.end()) if match else start
    after = _WORD_AFTER.match(source, offset, line.end)
    return Span(start, after.end() if after else offset)


def spaced(file: File, place: Span, text: str) -> str:
    """The text with a space before it where a sign or a hyphen would touch it."""
    before = file.text.source[place.start - 1 : place.start]
    is_touched = before == "-" or (before in (":", "=") and before == file.dialect.format.sign)
    return f" {text}" if is_touched else text


def typed_key(file: File, place: Span, name: str, *, is_quoted: bool) -> str:
    """A key of JSON with what belongs to it and is not there yet: quotation marks and the colon."""
    rest = _REST_OF_KEY.match(file.text.source, place.end)
    has_end, has_sign = bool(rest and rest[1]), bool(rest and rest[2])
    if has_end:
        # Something stands behind the quotation mark, where nothing is inserted.
        return name if is_quoted else f'"{name}"'
    return f'{name if is_quoted else chr(34) + name}"{"" if has_sign else ": "}'


def typed_value(text: str, *, is_quoted: bool) -> str:
    """A value of JSON between quotation marks, where these are not there yet."""
    return text if is_quoted else f'"{text}"'


def entry(file: File, spec: FieldSpec, place: Span) -> Callable[[str], str]:
    """What makes of a name what the field's syntax wants there; there may be no list or map yet."""
    form = file.dialect.format
    if _begins_entry(file, spec, place):
        return form.item
    if spec.syntax not in ("list", "map") and spec.holds != "server":
        return lambda name: name
    after = f": {spec.entry}" if spec.syntax == "map" else ""
    opening, closing = "{}" if spec.syntax == "map" else "[]"
    if not _is_bare(file, place):
        opening = closing = ""
    return lambda name: f"{opening}{form.scalar(name, in_flow=True)}{after}{closing}"


def _is_bare(file: File, place: Span) -> bool:
    """Whether nothing stands between a field's name and the word."""
    line = file.text.line_around(place.start)
    return (
        _FIELD_LINES[file.dialect.format.sign].fullmatch(file.text.source[line.start : place.start].rstrip())
        is not None
    )


def _begins_entry(file: File, spec: FieldSpec, place: Span) -> bool:
    """Whether the word is alone on its line, below a field that may yet be a list with hyphens."""
    source = file.text.source
    line = file.text.line_around(place.start)
    above = _field_line(file, place.start)
    if not file.dialect.format.indents or above is None:
        return False
    if spec.syntax in ("commas", "map") or source[line.start : place.start].strip():
        return False
    rest = file.text.line_around(above.start())
    return rest.end < line.start and _NOTHING_YET.fullmatch(source, above.end(), rest.end) is not None


def typed_path(file: File, offset: int) -> TypedPath | None:
    """The path that is being typed in the body, as far as it stays in the project or the plugin."""
    line = file.text.line_around(offset)
    if file.dialect.format.quotes_keys:
        return _typed_in_field(file, offset)
    start = max(line.start, file.document.body.start, offset - _LONGEST_PATH)
    if offset < start:
        return None
    typed = file.text.source[start:offset]
    after = _REST_OF_NAME.match(file.text.source, offset, line.end)
    if behind := _BEHIND_VARIABLE.search(typed):
        value = prompt.variable_values(file).get(behind["variable"])
        name = Span(start + behind.start("name"), after.end() if after else offset)
        folder = resolve_path(f"{value}/-", behind["folder"] or ".") if value else ""
        return TypedPath(name, (folder,)) if value and paths.is_within(folder, value) else None
    found = _PATH.search(typed)
    if found is None or block_at(file.code_blocks, offset):
        return None
    here = resolve_path(file.path, found["folder"] or ".")
    from_root = resolve_path(f"{file.identity.root}/-", found["folder"] or ".")
    folders = (here,) if found["link"] else (from_root,) if found["sign"] else (here, from_root)
    inside = [folder for folder in folders if paths.is_within(folder, file.identity.root)]
    name = Span(start + found.start("name"), after.end() if after else offset)
    return TypedPath(name, tuple(dict.fromkeys(inside))) if inside else None


def _typed_in_field(file: File, offset: int) -> TypedPath | None:
    """The path that is being typed in a field of JSON that names files."""
    place = json_cursor.place_at(file.text.source, offset)
    if place is None or place.key is None or not place.is_quoted:
        return None
    steps = (*place.path, place.key)
    spec = file.dialect.fields.get(steps[0])
    named = spec.resources if spec else None
    if named is None or steps[1:] not in (named.at, named.also, ()):
        return None
    line = file.text.line_around(offset)
    found = _IN_FIELD.search(file.text.source, line.start, offset)
    if found is None:
        return None
    after = _REST_OF_NAME.match(file.text.source, offset, line.end)
    folder = resolve_path(f"{file.identity.root}/-", found["folder"] or ".")
    name = Span(found.start("name"), after.end() if after else offset)
    return TypedPath(name, (folder,)) if paths.is_within(folder, file.identity.root) else None
