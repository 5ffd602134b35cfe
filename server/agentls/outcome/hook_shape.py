"""Hooks that the product does not take as they are written: unknown events and types, values of a wrong kind.

An entry that cannot be read costs itself; below an event that guards, it costs all that it stands in.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.outcome.consequences import Consequence
from agentls.products.quick_validation import fits
from agentls.semantics import hooks
from agentls.semantics.hooks import FIELD, name_of, value_of
from agentls.syntax.nodes import Alias, Mapping, Opaque, Scalar, Sequence, entries_in, plain
from agentls.text.similar_words import closest, equal_ignoring_style, is_one_edit_away

if TYPE_CHECKING:
    from collections import abc
    from collections.abc import Iterable, Iterator

    from agentls.products import Dialect, FieldSpec
    from agentls.semantics.file import File
    from agentls.syntax.nodes import Entry, Node
    from agentls.text.source import Span

INVALID = "invalid-hook"
UNKNOWN = "unknown-hook-event"
MISSPELLED = "misspelled-hook-key"
_LONGEST_SHOWN = 40
# Shorter keys are one letter away from too many others.
_SHORTEST = 4
# What the keys of handlers are called elsewhere.
_SYNONYMS = {
    "bash": "command",
    "cmd": "command",
    "run": "command",
    "script": "command",
    "shellcommand": "command",
    "timeoutms": "timeout",
    "timeoutsec": "timeout",
    "timeoutseconds": "timeout",
    "matchers": "matcher",
    "pattern": "matcher",
    "condition": "if",
}


class HookFacts(NamedTuple):
    """What a schema says of hooks: events, the keys of groups and of handlers, types with what they need."""

    events: dict[str, FieldSpec]
    group_keys: tuple[str, ...]
    keys: dict[str, FieldSpec]
    needs: dict[str, tuple[str, ...]]


def _has_value(entry: Entry) -> bool:
    """Without one, or with an empty list, even an event that guards guards nothing."""
    return plain(entry.value, {}) not in (None, [])


def of(file: File) -> tuple[Consequence, ...]:
    """In the order of the text."""
    field, spec = file.document.field(FIELD), file.dialect.fields.get(FIELD)
    if field is None or spec is None or file.scope in spec.ignored_in or not hooks.has_events(file.dialect):
        return ()
    return tuple(_Shape(file).of_hooks(field.value, field.key, spec))


class _Shape:
    def __init__(self, file: File) -> None:
        self._file = file
        self._facts = facts(file.dialect)

    def of_hooks(self, node: Node, key: Span, spec: FieldSpec) -> Iterator[Consequence]:
        if not isinstance(node, Mapping):
            # Nothing at all is no mistake in front matter; JSON has no such value by chance.
            is_null = isinstance(node, Scalar) and node.plain is None
            is_list = isinstance(node, Sequence)
            if not isinstance(node, Alias) and not (is_null and self._file.dialect.format.has_body):
                cause = f"{INVALID}.{'list' if is_list else 'all'}"
                message = f"`{FIELD}` expects {spec.expects}, {self._got(node)}."
                yield Consequence(cause, node.span if not is_list and node.span.length else key, message)
            return
        for entry in node.entries:
            if (name := name_of(entry)) is not None:
                event = self._facts.events.get(name)
                yield from self._of_event(entry, event) if event else self._unknown(entry, name)

    def _unknown(self, entry: Entry, name: str) -> Iterator[Consequence]:
        assert isinstance(entry.key, Scalar)
        described = {own: spec.event for own, spec in self._facts.events.items() if spec.event}
        elsewhere = {other: own for own, event in described.items() for other in event.elsewhere}
        guess = equal_ignoring_style(name, [*self._facts.events, *elsewhere])
        guess = guess or closest(name, self._facts.events)
        guess = elsewhere.get(guess, guess) if guess else None
        message = f"`{name}` is not a hook event of {self._file.dialect.product}."
        guards = [own for own, event in described.items() if event.guards]
        is_strict = not self._file.dialect.format.has_body
        is_guard = any(
            name_of(inner) in guards and (is_strict or _has_value(inner)) for inner in entries_in(entry.value)
        )
        if is_guard:
            message = f"`{name}` is not a hook event, but it contains hooks of one that guards."
        yield Consequence(
            f"{UNKNOWN}.guard" if is_guard else UNKNOWN, entry.key.inner, message, (guess,) if guess else ()
        )

    def _of_event(self, entry: Entry, spec: FieldSpec) -> Iterator[Consequence]:
        node = entry.value
        if isinstance(node, Alias):
            return
        guards = bool(spec.event and spec.event.guards)
        # Without a value, even such an event guards nothing.
        is_null = isinstance(node, Scalar) and node.plain is None
        if not isinstance(node, Sequence):
            cause = f"{INVALID}.guard" if guards and not is_null else INVALID
            yield self._misfit(cause, spec.name, node, "a list of groups, each with `hooks`", entry)
            return
        for item in node.items:
            yield from self._of_group(item, f"{INVALID}.guard" if guards else INVALID, spec.name)

    def _of_group(self, node: Node, cause: str, event: str) -> Iterator[Consequence]:
        if isinstance(node, Alias):
            return
        if not isinstance(node, Mapping):
            message = f"An entry of `{event}` is a map with `{FIELD}`, {self._got(node)}."
            yield Consequence(cause, node.span, message)
            return
        last = {name_of(entry): entry for entry in node.entries}
        matcher = last.get("matcher")
        if matcher and not isinstance(matcher.value, Alias) and not _is_text(matcher.value):
            yield self._misfit(cause, "matcher", matcher.value, "a string", matcher)
        if entry := last.get(FIELD):
            yield from self._of_handlers(entry, cause)
            yield from self._misspelled(node, self._facts.group_keys, "a group of hooks")
        else:
            yield self._without_handlers(node, cause, event)

    def _of_handlers(self, entry: Entry, cause: str) -> Iterator[Consequence]:
        if isinstance(entry.value, Sequence):
            for item in entry.value.items:
                yield from self._of_handler(item, cause)
        elif not isinstance(entry.value, Alias):
            yield self._misfit(cause, FIELD, entry.value, "a list of handlers", entry)

    def _without_handlers(self, node: Mapping, cause: str, event: str) -> Consequence:
        names = [name_of(entry) for entry in node.entries]
        if "type" in names or "command" in names:
            message = f"A handler of `{event}` belongs into a list `{FIELD}`, beside its `matcher`."
            return Consequence(cause, _start(node), message)
        meant = next((n for n in names if n and _meant(n, (FIELD,))), None)
        more = f"; `{meant}` is not a key" if meant else ""
        return Consequence(cause, _start(node), f"A group of hooks needs a list `{FIELD}`{more}.")

    def _of_handler(self, node: Node, cause: str) -> Iterator[Consequence]:
        if isinstance(node, Alias):
            return
        if not isinstance(node, Mapping):
            yield Consequence(cause, node.span, f"A handler is a map with a `type`, {self._got(node)}.")
            return
        kind = value_of(node, "type")
        if kind is None:
            words = self._listed(self._facts.needs)
            yield Consequence(cause, _start(node), f"The hook has no `type`; it is {words}.")
            return
        if isinstance(kind, Alias):
            return
        said = kind.value if isinstance(kind, Scalar) else ""
        if said not in self._facts.needs or not _is_text(kind):
            guess = equal_ignoring_style(said, self._facts.needs) or closest(said, self._facts.needs)
            words = self._listed(self._facts.needs)
            message = f"`type` of a hook is {words}, {self._got(kind)}."
            yield Consequence(cause, kind.span, message, ("word", guess) if guess else ())
            return
        yield from self._of_keys(node, said, cause)

    def _of_keys(self, node: Mapping, kind: str, cause: str) -> Iterator[Consequence]:
        known = {
            name: spec for name, spec in self._facts.keys.items() if not spec.types or kind in spec.types
        }
        present = {name_of(entry) for entry in node.entries}
        last = {name_of(entry): entry for entry in node.entries}
        for name, entry in last.items():
            spec = known.get(name or "")
            if spec and (misfit := self._misfit_in(entry.value, spec.schema)):
                yield self._misfit(cause, spec.name, misfit, spec.expects, entry)
        lacking = [name for name in self._facts.needs[kind] if name not in present]
        misspelled = list(self._misspelled(node, known, f"a hook of the type `{kind}`"))
        for name in lacking:
            meant = next((one for one in misspelled if one.data == (name,)), None)
            if meant:
                misspelled.remove(meant)
                message = f"{meant.message} Without `{name}`, the hook is incomplete."
                yield Consequence(cause, meant.span, message, ("key", name))
            else:
                message = f"A hook of the type `{kind}` needs `{name}`."
                yield Consequence(cause, _start(node), message)
        yield from misspelled

    def _misspelled(self, node: Mapping, known: Iterable[str], what: str) -> Iterator[Consequence]:
        present = {name_of(entry) for entry in node.entries}
        for entry in node.entries:
            name = name_of(entry)
            if name and name not in known and name not in self._facts.keys and isinstance(entry.key, Scalar):
                guess = _meant(name, [one for one in known if one not in present])
                if guess:
                    message = f"`{name}` is not a key of {what}; use `{guess}`."
                    yield Consequence(MISSPELLED, entry.key.inner, message, (guess,))

    def _misfit_in(self, node: Node, schema: abc.Mapping[str, Any]) -> Node | None:
        """What does not fit: the value, or one inside a list or a map that fits itself."""
        value = plain(node, self._file.document.anchors)
        if _is_opaque(value) or fits(value, schema, self._file.dialect.schema):
            return None
        inner: tuple[Node, ...] = ()
        if isinstance(node, Sequence) and schema.get("type") == "array":
            inner, schema = node.items, schema["items"]
        elif isinstance(node, Mapping) and schema.get("type") == "object":
            inner, schema = tuple(e.value for e in node.entries), schema["additionalProperties"]
        return next((found for one in inner if (found := self._misfit_in(one, schema))), node)

    def _misfit(self, cause: str, name: str, node: Node, expects: str, entry: Entry) -> Consequence:
        is_long = isinstance(node, Sequence | Mapping) and self._file.text.slice(node.span).count("\n") > 0
        span = entry.key.span if is_long or not node.span.length else node.span
        data = ("plain",) if _is_quoted_value(node, self._facts.keys.get(name), self._file.dialect) else ()
        return Consequence(cause, span, f"`{name}` expects {expects}, {self._got(node)}.", data)

    def _got(self, node: Node) -> str:
        if isinstance(node, Sequence | Mapping):
            return "not a list" if isinstance(node, Sequence) else "not a map"
        shown = " ".join(self._file.text.slice(node.span).split())
        if not shown:
            return "but there is no value"
        return f"not `{shown}`" if len(shown) <= _LONGEST_SHOWN else f"not `{shown[:_LONGEST_SHOWN]}…`"

    def _listed(self, names: Iterable[str]) -> str:
        *others, last = (f"`{name}`" for name in names)
        return f"{', '.join(others)} or {last}"


@lru_cache(maxsize=16)
def facts(dialect: Dialect) -> HookFacts:
    """What the schema of a kind of file says of hooks."""
    definitions = dialect.schema["$defs"]
    kinds = definitions["hook"]["properties"]["type"]["anyOf"]
    needs: dict[str, tuple[str, ...]] = {kind["const"]: () for kind in kinds}
    for part in definitions["hook"].get("allOf", ()):
        needs[part["if"]["properties"]["type"]["const"]] = tuple(part["then"]["required"])
    return HookFacts(
        hooks.events(dialect),
        tuple(definitions["matcher-group"]["properties"]),
        hooks.handler_keys(dialect),
        needs,
    )


def _meant(name: str, known: Iterable[str]) -> str | None:
    """The key that was meant, if there is no doubt."""
    known = list(known)
    if same := equal_ignoring_style(name, known):
        return same
    if (synonym := _SYNONYMS.get(name.replace("-", "").replace("_", "").casefold())) in known:
        return synonym
    close = [one for one in known if len(one) >= _SHORTEST and is_one_edit_away(name, one)]
    return close[0] if len(close) == 1 and len(name) >= _SHORTEST else None


def _is_quoted_value(node: Node, spec: FieldSpec | None, dialect: Dialect) -> bool:
    """Whether the value would fit without its quotes."""
    if spec is None or not isinstance(node, Scalar) or not isinstance(node.plain, str):
        return False
    bare = node._replace(style=type(node.style).PLAIN, raw="")
    return not isinstance(bare.plain, str) and fits(bare.plain, spec.schema, dialect.schema)


def _is_text(node: Node) -> bool:
    return isinstance(node, Scalar) and isinstance(node.plain, str)


def _start(node: Mapping) -> Span:
    """Where a map begins: its first key."""
    return node.entries[0].key.span if node.entries else node.span


def _is_opaque(value: object) -> bool:
    if isinstance(value, dict):
        return any(_is_opaque(item) for item in value.values())
    if isinstance(value, list):
        return any(_is_opaque(item) for item in value)
    return isinstance(value, Opaque)
