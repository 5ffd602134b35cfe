"""A file of a dialect: its identity, its document, where its bytes came from."""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from agentls import products
from agentls.products import identification
from agentls.semantics import claude_settings, file_references
from agentls.semantics.agent_calls import agent_calls
from agentls.semantics.imports import imports
from agentls.semantics.resolution import ResolutionContext
from agentls.semantics.text_references import text_references
from agentls.settings.layers import Settings
from agentls.syntax import markdown_code, name_lists, parsing, substitutions
from agentls.syntax.formats import YAML
from agentls.syntax.markdown_code import BodyCode
from agentls.syntax.nodes import Scalar, plain
from agentls.syntax.resolvers import RESOLVERS
from agentls.text.source import Span, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agentls.products import Dialect, Effect, FieldSpec
    from agentls.products.identification import Identity, Surroundings
    from agentls.semantics.file_references import CursorTarget, Reference
    from agentls.syntax.document import Document, Field
    from agentls.syntax.markdown_code import CodeBlock
    from agentls.syntax.name_lists import ListItem
    from agentls.syntax.substitutions import Grammar, Substitution
    from agentls.text.decoding import Origin

_T = TypeVar("_T")


@dataclass(frozen=True)
class File:
    """One file as one product reads it: a path and a dialect, since two products may read the same bytes.

    ``path`` is absolute; ``origin`` is None for a buffer that is no decoding of the bytes on disk.
    ``others`` is what it is to the other products that look for files at its place.
    """

    path: str
    identity: Identity
    document: Document
    origin: Origin | None = None
    settings: Settings = field(default_factory=Settings)
    others: tuple[Identity, ...] = ()

    @property
    def dialect(self) -> Dialect:
        return self.identity.dialect

    @property
    def scope(self) -> str:
        return self.identity.scope

    @property
    def text(self) -> Text:
        return self.document.text

    @cached_property
    def resolution_context(self) -> ResolutionContext:
        """What its names can mean."""
        identity = self.identity
        folder = identity.root if identity.scope == "project" else ""
        brings_servers = any(reference.kind == file_references.OWN_SERVER for reference in self.references)
        return ResolutionContext(
            self.dialect.sees,
            folder=folder,
            repository=identity.repository,
            plugin=identity.plugin,
            knows_user=self.settings.user_scope,
            dialect=self.dialect.name,
            owner=self.path if brings_servers else "",
            plugin_folder=identity.root if identity.plugin else "",
        )

    @cached_property
    def specified_fields(self) -> list[tuple[Field, FieldSpec]]:
        """The fields the dialect knows, in order."""
        specs = self.dialect.fields
        return [(field, specs[field.name]) for field in self.document.fields if field.name in specs]

    def items(self, field: Field) -> list[ListItem]:
        """The entries of a list-of-names field."""
        if field.span not in self._items:
            spec = self.dialect.fields.get(field.name)
            syntax = spec.syntax if spec else ""
            self._items[field.span] = list(name_lists.items(self.text.source, field.value, syntax))
        return self._items[field.span]

    def derive(self, key: tuple[object, ...], make: Callable[[], _T]) -> _T:
        """What ``make`` makes of the file alone, kept: each of thousands of findings may ask for it."""
        if key not in self._derived:
            self._derived[key] = make()
        found: _T = self._derived[key]
        return found

    @cached_property
    def _derived(self) -> dict[tuple[object, ...], Any]:
        return {}

    def item_at(self, field: Field, span: Span) -> ListItem | None:
        """The entry that stands there; a list may have thousands, and each may be asked for."""
        items = self.items(field)
        index = bisect_left(items, span, key=lambda item: item.span)
        return items[index] if index < len(items) and items[index].span == span else None

    def removal(self, field: Field, item: ListItem) -> Span | None:
        """What to delete so that an entry is gone from its list; None where it must stay."""
        syntax = self.dialect.fields[field.name].syntax
        return name_lists.removal(self.text.source, field.value, self.items(field), item, syntax)

    @cached_property
    def _items(self) -> dict[Span, list[ListItem]]:
        """What was asked for already; many rules ask for the same field."""
        return {}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Everything the file names, in the order of the text."""
        found = list(file_references.references(self.document, self.dialect, lambda: self.code_blocks))
        if self.dialect.kind in ("settings", "hooks"):
            found += claude_settings.references(self.document)
        if self.substitutions:
            found += text_references(self.document, self.identity, self.substitutions, self.code_blocks)
        if self.dialect.imports and "@" in self.text.source:
            found += imports(self.document, self.code_blocks)
        if self.dialect.agent_argument:
            found += agent_calls(self.document, self.dialect.agent_argument)
        found.sort(key=lambda reference: reference.span)
        return tuple(r for r in found if r.kind not in file_references.FILE_KINDS or self.target(r))

    @cached_property
    def text_grammar(self) -> Grammar:
        """How the product reads the text of this file on its way to the model."""
        return self.dialect.text.grammar_in(self.scope)

    @cached_property
    def argument_names(self) -> tuple[str, ...]:
        """The names of arguments that the file declares, in their order."""
        return substitutions.declared_names(self.values.get(self.dialect.text.names_field))

    @cached_property
    def substitutions(self) -> tuple[Substitution, ...]:
        """What the product replaces, runs or attaches in the body, in the order of the text."""
        return substitutions.find(
            self.text.source, self.document.body, self.text_grammar, self.argument_names
        )

    def substitutions_in(self, span: Span) -> Iterator[Substitution]:
        """Those within a stretch of the body, in their order."""
        first = bisect_left(self.substitutions, span.start, key=lambda found: found.span.start)
        for found in self.substitutions[first:]:
            if found.span.start >= span.end:
                return
            if found.span.end <= span.end:
                yield found

    def substitution_at(self, offset: int) -> Substitution | None:
        """The innermost one under the cursor."""
        after = bisect_right(self.substitutions, offset, key=lambda found: found.span.start)
        # A command may hold many, and none of those holds another one but a path its variables.
        around = (found for found in reversed(self.substitutions[:after]) if offset in found.span)
        return next(around, None)

    @cached_property
    def code_blocks(self) -> list[CodeBlock]:
        """The fenced code of the body, which names nothing."""
        return markdown_code.code_blocks(self.document)

    @cached_property
    def code(self) -> BodyCode:
        """All code of the body."""
        return BodyCode(self.text, self.code_blocks)

    @cached_property
    def _nested_blocks(self) -> list[Span]:
        return markdown_code.nested_blocks(self.document)

    def is_meant_as_example(self, span: Span) -> bool:
        """Whether a place is in code by its author's intent, although Markdown ends that before."""
        before = bisect_right(self._nested_blocks, span.start, key=lambda block: block.start) - 1
        return before >= 0 and span.start in self._nested_blocks[before]

    def at(self, offset: int) -> CursorTarget:
        """What is under the cursor at ``offset``."""
        return file_references.target_at(self.document, self.dialect, self.references, offset)

    def targets(self, reference: Reference) -> tuple[str, str]:
        """Where a link or a path leads, seen from this file and seen from the root of its scope.

        A file in no product's folder has no scope, and what it names is seen from the root of the repository.
        """
        identity = self.identity
        folder = (identity.repository if identity.scope == "unplaced" else "") or identity.root
        root = os.path.join(folder, os.path.basename(self.path))
        return self.target(reference), file_references.resolve_path(root, reference.name)

    def repository_target(self, reference: Reference) -> str | None:
        """Where a path leads from the root of the repository, from where the product may run as well."""
        folder = self.identity.repository
        return file_references.resolve_path(os.path.join(folder, "."), reference.name) if folder else None

    def target(self, reference: Reference) -> str:
        """Where a link, a path or a resource leads."""
        return file_references.resolve_address(self.identity.root, self.base_path(reference), reference)

    def walked_target(self, reference: Reference) -> str:
        """Where the system finds it: out of a folder that is a link, it goes up from the real one."""
        path = self.base_path(reference)
        return file_references.resolve_path(path, reference.name, is_simple=".." not in reference.name)

    def base_path(self, reference: Reference) -> str:
        """A path in the folder from which a reference is seen."""
        name = os.path.basename(self.path)
        return os.path.join(self.identity.root, name) if reference.is_from_root else self.path

    @cached_property
    def values(self) -> dict[str, object]:
        """Field values as plain data, as the product keeps them (the last of several)."""
        document, resolver = self.document, RESOLVERS[self.dialect.scalars]
        return {field.name: plain(field.value, document.anchors, resolver) for field in document.fields}

    @cached_property
    def name(self) -> str:
        """What the file is addressed by, as its product decides."""
        by = self.dialect.identity
        own = {
            "name": self.document.string("name") or self.place_name,
            "folder": self.place_name,
            "stem": self.place_name,
            "path": self.identity.subfolder + self.place_name,
            "colons": self.identity.subfolder.replace("/", ":") + self.place_name,
            "none": os.path.basename(self.path),
        }[by]
        if not (plugin := self.identity.plugin) or by == "none":
            return own
        # Of what comes with a plugin, agents are called by their folders, too, and skills as they say.
        if by == "name":
            own = self.identity.subfolder.replace("/", ":") + own
        elif by == "folder":
            own = self.document.string("name") or own
        return f"{plugin}:{own}"

    @property
    def place_name(self) -> str:
        """What its place calls it: the folder of a skill, else the file."""
        # A file that ought to lie in a folder of its name has the name already.
        by_folder = self.dialect.identity == "folder" and "/" not in self.identity.meant
        return os.path.basename(os.path.dirname(self.path)) if by_folder else self.identity.stem

    @property
    def name_span(self) -> Span:
        """Where the name is written: the value of ``name``, else the start of the file."""
        field = self.document.field("name")
        return getattr(field.value, "inner", field.value.span) if field else Span(0, 0)

    def effect(self, rule: str) -> Effect | None:
        """What the product does about a mistake of this kind in this file."""
        code, _, case = rule.partition(".")
        return self.effects(code).get(case)

    def effects(self, rule: str) -> Mapping[str, Effect]:
        """The same for all cases of a rule, by case; ``""`` for what is no case."""
        found = self.dialect.effects_in(self.scope).get(rule, {})
        excused = [case for case, effect in found.items() if effect.unless and self._has_any(effect.unless)]
        # Most have none, and each file is asked for all that its product does.
        return {case: found[case] for case in found if case not in excused} if excused else found

    def _has_any(self, fields: Iterable[str]) -> bool:
        return any(map(self.document.field, fields))


@dataclass(frozen=True)
class OtherFile:
    """A file of no dialect that a change may touch: a document with links, a list of servers."""

    path: str
    text: Text

    @property
    def resolution_context(self) -> ResolutionContext:
        """It has no names but those of files."""
        return ResolutionContext()

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The links and paths of a Markdown document."""
        if not self.path.endswith(".md"):
            return ()
        document = parsing.read(YAML, self.text, frozenset())
        found = file_references.body_references(document, lambda: markdown_code.code_blocks(document))
        return tuple(reference for reference in found if self.target(reference))

    def target(self, reference: Reference) -> str:
        """As that of a file."""
        return file_references.resolve_path(self.path, reference.name)

    def base_path(self, reference: Reference) -> str:  # noqa: ARG002
        """As that of a file."""
        return self.path


def read_file(
    path: str,
    source: str,
    surroundings: Surroundings,
    origin: Origin | None = None,
    settings: Settings | None = None,
) -> File | None:
    """The file at ``path`` with the text ``source``; None if it belongs to no dialect."""
    settings = settings or Settings()
    identity = identification.identify(
        path, surroundings, source[: identification.HEAD], settings.dialect(path)
    )
    if identity is None:
        return None
    others = identification.other_identities(identity, path, surroundings)
    identity, document = _as_read(identity, Text(source), settings)
    return File(path, identity, document, origin, settings, others)


def reread_as(file: File, identity: Identity) -> File:
    """The same text as another product reads it."""
    identity, document = _as_read(identity, file.text, file.settings)
    return File(file.path, identity, document, file.origin, file.settings)


def _as_read(identity: Identity, text: Text, settings: Settings) -> tuple[Identity, Document]:
    known = settings.known
    dialect = products.adapted(
        identity.dialect.name,
        known.tools,
        known.fields,
        known.models,
        settings.target(identity.dialect.product),
    )
    if dialect is not identity.dialect:
        identity = identity._replace(dialect=dialect)
    document = parsing.read(dialect.format, text, dialect.known)
    prompt = document.field(dialect.prompt)
    if prompt and isinstance(prompt.value, Scalar):
        # What the model is told is the body, wherever it stands.
        document = replace(document, body=prompt.value.inner)
    return identity, document
