"""The schemas for others: plain JSON Schema 2020-12, without a keyword of our own.

What a rule reports as an error or a warning does not fit them, either: misspelled fields, unknown tools.
They hold to what strict validators demand: one type in each place, no keyword without its type.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from agentls.findings import Severity
from agentls.products.catalogue import load, raw_schema
from agentls.products.records import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agentls.products.dialect import Dialect
    from agentls.products.fields import FieldSpec
    from agentls.products.vocabulary import Vocabulary

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# Nobody's domain, and nobody can have it: whoever hosts the schemas says where.
BASE = "https://agentls.example/schemas/"
# What stays out: our own keyword, and what names the document.
_OWN = frozenset({EXTENSION, "$schema", "$id", "$comment", "title"})
# An editor shows all of them with the field.
_EXAMPLES = 3
_MAPS = frozenset({"properties", "$defs", "patternProperties"})
_LISTS = frozenset({"anyOf", "allOf", "oneOf"})
_SINGLE = frozenset(
    {"items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else"}
)
# The keywords that say something about values of one type.
_OF_TYPE = {
    "string": ("minLength", "maxLength", "pattern", "format"),
    "number": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "minItems", "maxItems", "uniqueItems", "contains"),
    "object": (
        *("properties", "required", "additionalProperties", "patternProperties"),
        *("propertyNames", "minProperties", "maxProperties"),
    ),
}
_OF_TYPE["integer"] = _OF_TYPE["number"]
_TYPED = frozenset(keyword for keywords in _OF_TYPE.values() for keyword in keywords)


# What `agentls check --format json` prints.
REPORT = "check-report"


def kinds() -> list[str]:
    """The kinds of files that there are schemas for."""
    return sorted(load().dialects)


def published_report(base: str = BASE) -> dict[str, Any]:
    """The schema of what a check finds."""
    return {"$id": f"{base}{REPORT}.schema.json", **raw_schema(f"{REPORT}.schema")}


def published(kind: str, base: str = BASE) -> dict[str, Any]:
    """The schema of a kind of file for others; ``base`` is the address of the folder it is to lie in."""
    dialect = load().dialects[kind]
    schema = _plain(dialect.schema)
    properties, definitions = schema["properties"], schema.get("$defs", {})
    for name, spec in dialect.fields.items():
        if spec.holds == "tool" and spec.syntax in ("words", "commas", "list"):
            is_strict = not spec.denies and _reports(dialect, "unknown-tool")
            part = f"{name}-entry"
            definitions |= _tool_definitions(dialect.tools, spec, part, is_strict=is_strict)
            properties[name] = _with_entries(properties[name], part)
        if spec.deprecated or spec.alias_of:
            advice = spec.deprecated or f"Write `{spec.alias_of}`."
            properties[name] |= {"deprecated": True, "description": f"{spec.doc} Deprecated: {advice}"}
    others = _other_fields(dialect)
    return {
        "$schema": DRAFT,
        "$id": f"{base}{kind}.schema.json",
        "title": dialect.title,
        "description": schema["description"],
        "type": "object",
        **({"required": schema["required"]} if schema.get("required") else {}),
        "properties": properties,
        **({"patternProperties": others} if others else {}),
        "additionalProperties": not _reports(dialect, "unknown-field"),
        **({"$defs": definitions} if definitions else {}),
    }


def _reports(dialect: Dialect, rule: str) -> bool:
    """Whether a rule reports an error or a warning."""
    effect = dialect.effect(rule, "project")
    return effect is not None and effect.severity <= Severity.WARNING


def _other_fields(dialect: Dialect) -> dict[str, Any]:
    """What is wrong with names that are no fields, by patterns, so that no editor offers them."""
    found: dict[str, list[str]] = {}
    notes: dict[str, dict[str, Any]] = {}

    def add(name: str, text: str, rule: str) -> None:
        if name not in dialect.fields:
            found.setdefault(text, []).append(name)
            wrong: dict[str, Any] = {"not": {}} if _reports(dialect, rule) else {"deprecated": True}
            notes[text] = {"description": text, **wrong}

    for name, right in dialect.misspelled.items():
        add(name, f"Misspelled: write `{right}`.", "misspelled-field")
    for name, under in dialect.misplaced.items():
        add(name, f"This belongs under `{under}`.", "misplaced-field")
    for name, reason in dialect.ignored.items():
        add(name, reason, "ignored-field")
    patterns = {_any_of(names): notes[text] for text, names in found.items()}
    known = dialect.allowed_unknown - dialect.fields.keys()
    return patterns | ({_any_of(sorted(known)): True} if known and _reports(dialect, "unknown-field") else {})


def _any_of(names: Iterable[str]) -> str:
    return f"^(?:{'|'.join(map(_literal, names))})$"


def _literal(text: str) -> str:
    """A text as an expression that JavaScript reads as well."""
    return re.sub(r"[\\^$.*+?()[\]{}|]", r"\\\g<0>", text)


def _plain(schema: Any) -> Any:
    """A schema with nothing of our own in it, as strict validators want it."""
    if not isinstance(schema, dict):
        return schema
    plain: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _MAPS:
            plain[key] = {name: _plain(inner) for name, inner in value.items()}
        elif key in _LISTS:
            # Beside the own type of a value, a part that names types is there for its effect alone.
            if parts := [inner for inner in value if "type" not in schema or not _names_types(inner)]:
                plain[key] = [_plain(inner) for inner in parts]
        elif key in _SINGLE:
            plain[key] = _plain(value)
        elif key == "pattern":
            plain[key] = _portable(value)
        elif key == "examples":
            plain[key] = value[:_EXAMPLES]
        elif key not in _OWN:
            plain[key] = value
    return _strict(plain)


def _names_types(part: Any) -> bool:
    return isinstance(part, dict) and part.keys() - _OWN == {"type"}


# Word characters beyond ASCII, and some other signs among them, without a word that not all engines know.
_LETTERS = "ªµºÀ-ÖØ-öø-\U0010ffff"
_WORD_CHARACTERS = rf"0-9A-Za-z_{_LETTERS}"


def _portable(pattern: str) -> str:
    """A regular expression of Python for JavaScript as well, whose word characters are of ASCII only."""
    pattern = re.sub(r"\[\^\\W([^\]]*)\]", rf"(?:(?![\1])[{_WORD_CHARACTERS}])", pattern)
    inside = re.sub(r"\[[^\]]*\]", lambda found: found[0].replace(r"\w", _WORD_CHARACTERS), pattern)
    return inside.replace(r"\w", f"[{_WORD_CHARACTERS}]")


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """The same with one type in each place, and with all that is required among the properties."""
    types = schema.get("type")
    if isinstance(types, list):
        rest = _untyped(schema)
        branches = [_strict({"type": name, **_of_type(schema, name)}) for name in types]
        return (
            {**rest, "anyOf": branches} if "anyOf" not in rest else {**rest, "allOf": [{"anyOf": branches}]}
        )
    if isinstance(types, str):
        # What another schema says of a text means nothing where this one wants a list.
        schema = {**_untyped(schema), "type": types, **_of_type(schema, types)}
    if types is None and "object" in _implied(schema):
        schema = {"type": "object", **schema}
    missing = [name for name in schema.get("required", ()) if name not in schema.get("properties", {})]
    if missing:
        schema = {**schema, "properties": {**schema.get("properties", {}), **dict.fromkeys(missing, True)}}
    return schema


def _untyped(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in _TYPED and key != "type"}


def _of_type(schema: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: schema[key] for key in _OF_TYPE.get(name, ()) if key in schema}


def _implied(schema: Mapping[str, Any]) -> set[str]:
    return {name for name, keywords in _OF_TYPE.items() if not schema.keys().isdisjoint(keywords)}


# Tools: one entry of a list, and a text that holds several.


def _tool_definitions(tools: Vocabulary, spec: FieldSpec, part: str, *, is_strict: bool) -> dict[str, Any]:
    words: list[dict[str, Any]] = [
        {"const": word.name, **_described(word.doc)} for word in tools.tools.values()
    ]
    words += [
        {"const": name, "description": f"An old name of `{alias.of}`.", "deprecated": True}
        for name, alias in tools.aliases.items()
    ]
    words += [
        {"const": label, "description": f"Another name of `{name}`."} for label, name in tools.labels.items()
    ]
    wildcards = sorted(tools.wildcards) if spec.entries.everything else ()
    words += [{"const": name} for name in (*sorted(tools.conditional), *wildcards)]
    other: dict[str, Any] = {"type": "string"}
    if is_strict:
        names = [str(word["const"]) for word in words]
        other["pattern"] = f"^{_entries(names, spec, spec.entries.servers or tools.servers.pattern)}$"
    return {part: {"anyOf": [*words, other]}}


def _described(doc: str) -> dict[str, str]:
    return {"description": doc} if doc else {}


_PARENTHESES = r"\((?:[^()]|\([^()]*\))*\)"


def _entries(names: Iterable[str], spec: FieldSpec, servers: str | None) -> str:
    """A regular expression for one entry, or for the several that one text may hold."""
    known = [_literal(name) for name in names]
    if servers:
        # Neither any characters nor the end may reach beyond the entry: others may follow in the text.
        known.append(servers.replace(".+", r"[^\s,()]+").replace("$", r"(?![^\s,])"))
    entry = f"(?:{'|'.join(known)})"
    if spec.syntax == "list":
        return entry
    if spec.entries.specifier == "unknown":
        limited = "|".join(map(_literal, sorted(spec.entries.counting)))
        entry = f"(?:{entry}|(?:{limited}){_PARENTHESES})" if limited else entry
    else:
        entry += f"(?:{_PARENTHESES})?"
    between = r"(?:[ \t]*,[\s,]*|[ \t]+)" if spec.syntax == "words" else r"\s*,\s*"
    return rf"[\s,]*(?:{entry}(?:{between}|\s*$))*"


def _with_entries(schema: dict[str, Any], part: str) -> dict[str, Any]:
    """A field with its texts, and those in its lists, as entries."""
    if schema.get("type") == "string":
        rest = {key: value for key, value in schema.items() if key != "type"}
        reference: dict[str, Any] = {"$ref": f"#/$defs/{part}"}
        limits = {key: rest.pop(key) for key in _OF_TYPE["string"] if key in rest}
        return {**rest, **reference, **({"allOf": [{"type": "string", **limits}]} if limits else {})}
    found = dict(schema)
    if isinstance(found.get("items"), dict):
        found["items"] = _with_entries(found["items"], part)
    if "anyOf" in found:
        found["anyOf"] = [_with_entries(branch, part) for branch in found["anyOf"]]
    return found
