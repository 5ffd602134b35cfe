"""What the agents of other products than Claude Code may use, as far as their own files say it.

What a product does about that is data of its schema (``powers``); where that is silent, the account says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.findings import Severity
from agentls.outcome import tool_entries
from agentls.outcome.tool_entries import EntryStatus
from agentls.syntax.document import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from agentls.semantics.file import File
    from agentls.syntax.document import Field


class Grants(NamedTuple):
    """``basis`` says in words what is there without a name; empty where the names say it all.

    ``tools`` pairs each entry that grants something with the tools that are known to be in it. ``asks`` are
    used only after a question, ``limited`` for some purposes only, ``denied`` never. ``unsure`` are names
    that only the product can know, ``dropped`` pairs the others that grant nothing with the reason.
    ``notes`` tell of other fields that count. ``unknown``: what about its tools is not known, in words.
    """

    basis: str = ""
    tools: tuple[tuple[str, tuple[str, ...]], ...] = ()
    servers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    limited: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    unknown: str = ""


def of(file: File) -> Grants:
    """The account for an agent file whose schema says what its product does about tools."""
    facts = file.dialect.facts["powers"]
    if (misfit := _misfit(file)) is not None:
        return Grants(notes=_notes(file), unknown=misfit)
    if switches := facts.get("switches"):
        return _switched(file, switches)
    denials = [item.text for field in tool_entries.denial_fields(file) for item in file.items(field)]
    spec, field = file.dialect.fields.get("tools"), file.document.field("tools")
    if spec is None or spec.holds != "tool" or field is None or (denials and "denial-beats-list" in facts):
        return _without(file, denials)
    if word := _word(file, field):
        return Grants(tools=((word, _inside(file, word)),), notes=_notes(file))
    return _listed(file, field, denials) if file.items(field) else _empty(file, denials)


def _misfit(file: File) -> str | None:
    """What the product does about a value that says nothing about tools, though it should."""
    names = ("tools", *file.dialect.facts["powers"].get("switches", ()))
    for name, _, expected in file.dialect.errors(file.values):
        if name in names:
            effect = file.dialect.fields[name].invalid(file.scope)
            return f"`{name}` expects {expected}. {effect.text}"
    return None


def _without(file: File, denials: list[str]) -> Grants:
    basis = file.dialect.facts["powers"].get("without", "")
    unknown = "" if basis else "which tools it has without a list is not known"
    return Grants(basis, denied=tuple(denials), notes=_notes(file), unknown=unknown)


def _empty(file: File, denials: list[str]) -> Grants:
    meaning = file.dialect.facts["powers"].get("empty", "")
    if meaning == "all":
        return _without(file, denials)
    unknown = "" if meaning == "none" else "what an empty list means is not known"
    return Grants(denied=tuple(denials), notes=_notes(file), unknown=unknown)


def _word(file: File, field: Field) -> str:
    """One word that stands for a group of tools."""
    value = file.values[field.name]
    words = [word.name for word in file.dialect.fields[field.name].words]
    return value if isinstance(field.value, Scalar) and isinstance(value, str) and value in words else ""


def _inside(file: File, name: str) -> tuple[str, ...]:
    """The tools that are known to be in a group."""
    spec = file.dialect.fields["tools"]
    own = next((word.facts.get("grants", ()) for word in spec.words if word.name == name), ())
    # Copilot's groups are the first part of the names of their tools.
    return (*own, *(tool for tool in file.dialect.tools.tools if tool.startswith(f"{name}/")))


def _listed(file: File, field: Field, denials: list[str]) -> Grants:
    effect = file.effect("unknown-tool")
    is_checked = effect is not None and effect.severity <= Severity.WARNING
    basis = ""
    tools: dict[str, tuple[str, ...]] = {}
    servers: dict[str, None] = {}
    unsure: dict[str, None] = {}
    dropped: dict[str, str] = {}
    for entry in tool_entries.entries(file, field):
        name = entry.item.text
        if name in denials:
            dropped[name] = "denied"
        elif entry.standing is EntryStatus.EVERYTHING:
            basis = file.dialect.facts["powers"].get("without", "") or "all that there are"
        elif entry.standing is EntryStatus.SERVER:
            servers[name] = None
        elif entry.standing is EntryStatus.REMOVED:
            dropped[name] = "removed"
        elif entry.standing is EntryStatus.UNKNOWN and is_checked:
            dropped[name] = "unknown"
        elif entry.standing is EntryStatus.UNKNOWN:
            unsure[name] = None
        else:
            tools[name] = _inside(file, entry.item.name)
    return Grants(
        basis,
        tuple(tools.items()),
        tuple(servers),
        denied=tuple(denials),
        unsure=tuple(unsure),
        dropped=tuple(dropped.items()),
        notes=_notes(file),
    )


def _notes(file: File) -> tuple[str, ...]:
    """What the schema says about other fields that count."""
    found = []
    for name, note in file.dialect.facts["powers"].get("fields", {}).items():
        value = file.values.get(name)
        is_meant = str(value).lower() == note["is"] if "is" in note else value not in (None, "", [], {})
        if is_meant:
            found.append(note["text"])
    return tuple(found)


# Switches: a map says for each tool, or for patterns of names, what becomes of it.


def _switched(file: File, fields: list[str]) -> Grants:
    rules = [rule for name in fields for rule in _rules(file, name)]
    if not rules:
        return _without(file, [])
    own, together = file.dialect.tools, file.dialect.facts["powers"].get("together", {})
    found: dict[str, list[str]] = {"allow": [], "ask": [], "deny": [], "limited": [], "": []}
    for name in own.tools:
        found[_action(rules, together.get(name, name))].append(name)
    # A pattern that means no tool of the product's means a server's, or nothing.
    for pattern, action in rules:
        if not any(_fits(pattern, together.get(name, name)) for name in own.tools):
            found[action].append(pattern)
    basis = file.dialect.facts["powers"].get("without", "") if found[""] else ""
    granted = tuple((name, ()) for name in dict.fromkeys(found["allow"]))
    asks, limited, denied = (tuple(dict.fromkeys(found[key])) for key in ("ask", "limited", "deny"))
    return Grants(basis, granted, asks=asks, limited=limited, denied=denied, notes=_notes(file))


def _rules(file: File, name: str) -> Iterator[tuple[str, str]]:
    """The patterns of a field in their order, each with what it says."""
    value = file.values.get(name)
    if isinstance(value, str):
        value = {"*": value}
    for pattern, said in value.items() if isinstance(value, dict) else ():
        yield str(pattern), _said(said)


def _said(value: object) -> str:
    if isinstance(value, dict):
        words = {_said(inner) for inner in value.values()}
        return words.pop() if len(words) == 1 else "limited"
    words_of_switches: Mapping[object, str] = {True: "allow", False: "deny"}
    known = words_of_switches.get(value, value) if isinstance(value, bool | str) else ""
    return known if isinstance(known, str) and known in ("allow", "ask", "deny") else ""


def _action(rules: list[tuple[str, str]], name: str) -> str:
    """What the last rule for a tool says; empty where none is about it."""
    return next((action for pattern, action in reversed(rules) if _fits(pattern, name)), "")


def _fits(pattern: str, name: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), name) is not None
