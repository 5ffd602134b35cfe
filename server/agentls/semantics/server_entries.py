"""The MCP servers that a file lists, each with its keys; the schema says in which field (``servers``)."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import load, nested_values
from agentls.syntax.nodes import Mapping, Scalar, Sequence, entries_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.products import Dialect
    from agentls.products.facts import ServerVariables
    from agentls.semantics.file import File
    from agentls.semantics.file_references import Reference
    from agentls.syntax.nodes import Entry, Node
    from agentls.text.source import Span


# As products write them. What a program or a shell reads itself is mostly written otherwise.
_VARIABLE = re.compile(
    r"\$\{(?:env:)?(?P<braced>[A-Za-z_]\w*)(?::-[^{}]*)?\}"
    r"|\{env:(?P<other>[A-Za-z_]\w*)\}|^\$(?P<bare>[A-Z_][A-Z0-9_]*)$"
)
_SHELLS = re.compile(r"(?:.*[\\/])?(?:ba|z|fi|da|k)?sh|cmd(?:\.exe)?|pwsh|powershell(?:\.exe)?")
# Keys that authors write for themselves and others.
_FOR_PEOPLE = frozenset({"description", "version", "gallery", "dev"})


class ServerEntry(NamedTuple):
    """``key`` is its name, ``keys`` what is said of it; of several of one name the last counts."""

    key: Scalar
    node: Node
    keys: dict[str, Entry]

    @property
    def name(self) -> str:
        return self.key.value

    def key_of(self, name: str) -> Scalar | None:
        """Where a key stands."""
        entry = self.keys.get(name)
        return entry.key if entry and isinstance(entry.key, Scalar) else None

    def value(self, name: str) -> Node | None:
        entry = self.keys.get(name)
        return entry.value if entry else None

    def text(self, name: str) -> str:
        """The value of a key that is a text; empty for none."""
        node = self.value(name)
        return node.value if isinstance(node, Scalar) and isinstance(node.plain, str) else ""


def server_entries(file: File) -> list[ServerEntry]:
    """Those of a file in the order of the text, whatever stands in them."""
    table = file.dialect.servers
    field = file.document.field(table.at) if table else None
    found = {entry.name: entry for entry in _entries(entries_in(field.value))} if field else {}
    return list(found.values())


def is_own(file: File, reference: Reference) -> bool:
    """Whether a name is that of a server which the file lists, where it does."""
    table = file.dialect.servers
    field = reference.field
    return bool(table and field and reference.kind == "server" and field.name == table.at)


def known_keys(dialect: Dialect) -> frozenset[str]:
    """The keys that a product reads of a server."""
    at = dialect.servers.at if dialect.servers else ""
    # Any name of a server leads there.
    found = nested_values.keys(nested_values.inside(dialect, at, ("",))) if at else ()
    return frozenset(spec.name for spec in found)


@cache
def known_elsewhere(dialect: Dialect) -> dict[str, tuple[str, ...]]:
    """The keys that only other products read of a server, each with those products."""
    found: dict[str, tuple[str, ...]] = {}
    own = known_keys(dialect)
    for other in load().dialects.values() if own else ():
        for key in sorted(known_keys(other) - own - _FOR_PEOPLE):
            if other.product != dialect.product and other.product not in found.get(key, ()):
                found[key] = (*found.get(key, ()), other.product)
    return found


def texts(node: Node | None) -> Iterator[Scalar]:
    """The texts of a value: itself, the entries of a list, the values of a map."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Sequence):
        yield from (item for item in node.items if isinstance(item, Scalar))
    elif isinstance(node, Mapping):
        yield from (entry.value for entry in node.entries if isinstance(entry.value, Scalar))


def variables(known: ServerVariables, entry: ServerEntry) -> Iterator[tuple[re.Match[str], Span]]:
    """What is written as a variable of some product where the own product replaces its own."""
    # A shell replaces what is left.
    program = next(texts(entry.value("command")), None)
    is_shell = program is not None and _SHELLS.fullmatch(program.value) is not None
    for key in known.keys:
        for scalar in texts(entry.value(key)) if not (is_shell and key in ("command", "args")) else ():
            for found in _VARIABLE.finditer(scalar.value):
                if span := scalar.source_of(*found.span()):
                    yield found, span


def name_of_variable(found: re.Match[str]) -> str:
    """The name of a variable, however it is written."""
    return found["braced"] or found["other"] or found["bare"]


def _entries(listed: Iterable[Entry]) -> Iterator[ServerEntry]:
    for entry in listed:
        if isinstance(entry.key, Scalar):
            inner = {one.key.value: one for one in entries_in(entry.value) if isinstance(one.key, Scalar)}
            yield ServerEntry(entry.key, entry.value, inner)
