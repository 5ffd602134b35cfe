"""The hooks of a file as far as they are well-formed: events, groups with a matcher, handlers.

Front matter, settings and files of hooks hold them in the same shape, under ``hooks``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from agentls.products import nested_values
from agentls.semantics.claude_settings import SPELT_OUT
from agentls.syntax.nodes import Mapping, Scalar, Sequence, entries_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Dialect
    from agentls.products.fields import FieldSpec, HookEvent
    from agentls.semantics.file import File
    from agentls.syntax.document import Document
    from agentls.syntax.nodes import Entry, Node
    from agentls.text.source import Span

FIELD = "hooks"
# A server of the project or the user; one of a plugin has the plugin's name before its own.
_OWN_SERVER = re.compile(r"[\w-]+")


class HookHandler(NamedTuple):
    """What an event starts."""

    node: Mapping

    @property
    def type(self) -> str:
        return self.text("type")

    def value(self, key: str) -> Node | None:
        """The value of a key; of several the last counts."""
        return value_of(self.node, key)

    def text(self, key: str) -> str:
        """The value of a key that is a text; empty for none."""
        node = self.value(key)
        return node.value if isinstance(node, Scalar) and isinstance(node.plain, str) else ""


class HookGroup(NamedTuple):
    """Handlers with a matcher, if there is one, below the name of an event that the product knows."""

    event: str
    spec: HookEvent
    matcher: Scalar | None
    handlers: tuple[HookHandler, ...]


def groups(file: File) -> tuple[HookGroup, ...]:
    """Those of a file that its product looks at."""
    spec = file.dialect.fields.get(FIELD)
    if spec is None or file.scope in spec.ignored_in:
        return ()
    return tuple(groups_in(file.document, file.dialect))


def groups_in(document: Document, dialect: Dialect) -> Iterator[HookGroup]:
    """All of a document."""
    field = document.field(FIELD)
    if field is None or not has_events(dialect):
        return
    known = events(dialect)
    for entry in entries_in(field.value):
        event = known.get(name_of(entry) or "")
        if event is None or event.event is None or not isinstance(entry.value, Sequence):
            continue
        for item in entry.value.items:
            matcher, inner = value_of(item, "matcher"), value_of(item, FIELD)
            handlers = inner.items if isinstance(inner, Sequence) else ()
            yield HookGroup(
                event.name,
                event.event,
                matcher if isinstance(matcher, Scalar) and isinstance(matcher.plain, str) else None,
                tuple(HookHandler(one) for one in handlers if isinstance(one, Mapping)),
            )


def server_tools(file: File) -> Iterator[tuple[str, Span]]:
    """The tools of MCP servers that matchers spell out, and where."""
    for group in groups(file):
        matcher = group.matcher
        if matcher is not None and group.spec.matches == "tool":
            for found in SPELT_OUT.finditer(matcher.value):
                yield found[0], matcher.source_of(*found.span()) or matcher.inner


def called_servers(file: File) -> Iterator[tuple[str, Span]]:
    """The MCP servers whose tools are called as hooks, and where; those of plugins have longer names."""
    for group in groups(file) if file.scope != "plugin" else ():
        for handler in group.handlers:
            node = handler.value("server") if handler.type == "mcp_tool" else None
            if isinstance(node, Scalar) and _OWN_SERVER.fullmatch(node.value):
                yield node.value, node.inner


def has_events(dialect: Dialect) -> bool:
    """Whether the product's hooks are described."""
    return any(spec.event for spec in events(dialect).values())


def events(dialect: Dialect) -> dict[str, FieldSpec]:
    """The events by their names; what starts a hook is the ``event`` of each."""
    found = nested_values.keys(nested_values.inside(dialect, FIELD, ())) if FIELD in dialect.fields else ()
    return {spec.name: spec for spec in found}


def handler_keys(dialect: Dialect) -> dict[str, FieldSpec]:
    """The keys of handlers of all types."""
    event = next(iter(events(dialect)))
    path = (event, nested_values.ITEM, FIELD, nested_values.ITEM)
    return {spec.name: spec for spec in nested_values.keys(nested_values.inside(dialect, FIELD, path))}


def value_of(node: Node, key: str) -> Node | None:
    """The value of a key of a map; of several the last counts."""
    values = [entry.value for entry in entries_in(node) if name_of(entry) == key]
    return values[-1] if values else None


def name_of(entry: Entry) -> str | None:
    """The key of an entry, if that is a name."""
    return entry.key.value if isinstance(entry.key, Scalar) else None
