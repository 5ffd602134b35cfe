"""The workspace as one check or one feature sees it, and what it asked.

What a name means depends on where it stands: only a ``ScopedView`` looks names up, and ``Context`` binds
one to its file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from agentls.products import configuration, load, locations
from agentls.semantics.file_references import OWN_SERVER
from agentls.system import paths
from agentls.text.similar_words import without_style
from agentls.workspace import queries
from agentls.workspace.precedence import effective_definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.products import Dialect
    from agentls.semantics.file import File
    from agentls.semantics.matching_files import ProjectFiles
    from agentls.semantics.resolution import ResolutionContext
    from agentls.semantics.summary import Definition, FileSummary
    from agentls.workspace.descriptions import DescriptionTotal
    from agentls.workspace.queries import Query
    from agentls.workspace.workspace_store import Workspace

    _Find = Callable[[str, str], Iterable[Definition]]

_T = TypeVar("_T")


@dataclass
class View:
    """What is the same wherever one stands; ``queries`` is what the check or the feature depended on.

    Every lookup records its queries, and ``answer`` answers any of them again: as long as all answers are the
    same, so is what was made of them.
    """

    workspace: Workspace
    queries: set[Query] = field(default_factory=set)

    @property
    def queried_paths(self) -> set[str]:
        """The paths that it was asked for."""
        return {name for kind, name in self.queries if kind == queries.PATH}

    @property
    def unknown_paths(self) -> set[str]:
        """Those of them that nobody has looked up: what was said without them is to be asked again."""
        return {path for path in self.queried_paths if self.workspace.exists(path) is None}

    @property
    def queried_folders(self) -> set[str]:
        """The folders of whose files it was asked."""
        return {name for kind, name in self.queries if kind == queries.FILES}

    @property
    def unknown_folders(self) -> set[str]:
        """Those of them whose files nobody has looked up."""
        return {folder for folder in self.queried_folders if folder not in self.workspace.files}

    def within(self, resolution_context: ResolutionContext) -> ScopedView:
        """The same view, of what can be meant there; what that is asked counts for both."""
        return ScopedView(self.workspace, self.queries, resolution_context=resolution_context)

    def answer(self, query: Query) -> object:
        """The answer to a query, as the workspace is now."""
        workspace = self.workspace
        match query:
            case queries.EVERYTHING:
                return tuple(workspace.summaries())
            case queries.COMPLETE:
                return workspace.is_complete
            case queries.OPENED:
                return workspace.opened
            case queries.FOLDERS:
                return workspace.folders, workspace.home
            case (queries.PATH, path):
                return workspace.exists(path)
            case (queries.FILES, folder):
                listed = workspace.files.get(folder)
                return listed.digest if listed else None
            case (queries.SUMMARY, path):
                return workspace.summary(path)
            case (queries.KNOWN, path):
                return workspace.is_known(path)
        return self._answer_about_names(*query)

    def _answer_about_names(self, kind: str, name: str) -> object:
        workspace = self.workspace
        if kind == queries.DESCRIBED:
            return tuple(map(tuple, workspace.description_totals(name)))
        if kind in queries.USES:
            return tuple(map(workspace.summary, workspace.usage_paths(kind, name)))
        if name == "":
            return tuple(workspace.all(kind))
        found = workspace.definitions_by_ending if name.startswith(":") else workspace.definitions
        return found(kind, name)

    def description_totals(self, kind: str) -> tuple[DescriptionTotal, ...]:
        """As the workspace says."""
        self.queries.add((queries.DESCRIBED, kind))
        return self.workspace.description_totals(kind)

    @property
    def is_complete(self) -> bool:
        self.queries.add(queries.COMPLETE)
        return self.workspace.is_complete

    def summary(self, path: str) -> FileSummary:
        self.queries.add(queries.of_summary(path))
        return self.workspace.summary(path)

    def summaries(self) -> Iterator[FileSummary]:
        self.queries.add(queries.EVERYTHING)
        return self.workspace.summaries()

    def usage_summaries(self, uses: Iterable[Query]) -> Iterator[FileSummary]:
        """What is known of the files with one of these uses, in the order of their paths."""
        wanted = set(uses)
        self.queries |= wanted
        found = {path for query in wanted for path in self.workspace.usage_paths(*query)}
        return map(self.workspace.summary, sorted(found))

    def is_known(self, path: str) -> bool:
        """Whether the file has been read, whatever it holds."""
        self.queries.add(queries.of_knowledge(path))
        return self.workspace.is_known(path)

    def exists(self, path: str) -> bool | None:
        """Whether a linked path exists; None when nobody has looked yet."""
        self.queries.add(queries.of_path(path))
        return self.workspace.exists(path)

    def files(self, folder: str) -> ProjectFiles | None:
        """The files in a folder and below; None when nobody has looked yet."""
        self.queries.add(queries.of_files(folder))
        return self.workspace.files.get(folder)

    def display_path(self, path: str) -> str:
        """The path in words for the user."""
        self.queries.add(queries.FOLDERS)
        return paths.display_path(path, self.workspace.folders, self.workspace.home)


@dataclass
class ScopedView(View):
    """What names mean at a place."""

    resolution_context: ResolutionContext = field(kw_only=True)

    def is_in_scope(self, definition: Definition) -> bool:
        """Whether a name can mean it."""
        if not self._is_read(definition):
            return False
        return self._reaches(definition) or self.resolution_context.is_opened_with(
            definition.project, self._opened
        )

    @property
    def _opened(self) -> tuple[str, ...]:
        self.queries.add(queries.OPENED)
        return self.workspace.opened

    def _reaches(self, definition: Definition) -> bool:
        return self.resolution_context.reaches(definition.scope, definition.project, definition.enabled_in)

    def _is_read(self, definition: Definition) -> bool:
        """Whether it is defined for one of the products, wherever that is."""
        if definition.readers:
            return self._dialect is None or self._dialect.product in definition.readers
        products = self.resolution_context.products
        return not products or not definition.product or definition.product in products

    @property
    def _dialect(self) -> Dialect | None:
        return load().dialects.get(self.resolution_context.dialect)

    @property
    def own(self) -> tuple[Definition, ...]:
        """The servers that come before all others, since the file that asks brings them along."""
        return self.summary(self.resolution_context.owner).own if self.resolution_context.owner else ()

    def lookup(self, kind: str, name: str) -> tuple[Definition, ...]:
        """All definitions of a name: the exact ones, else those of plugins, whose names end in ``:name``.

        Some may never be taken, since another one is; ``resolve`` knows that.
        """
        return self._first((kind,), name)

    def _first(self, kinds: Iterable[str], name: str) -> tuple[Definition, ...]:
        """As Claude Code looks: an exact name, one of the plugin whose file asks, one of any plugin."""
        found = self._seen(self._around, kinds, name)
        if self._is_bundled(kinds, name):
            # It is there wherever somebody works, unlike what lies further in.
            return tuple(d for d in found if not self.resolution_context.is_inside(d.project))
        if found:
            return found
        others = (self._of_own_plugin, self._exact, self._of_plugins, self._nested)
        return next(filter(None, (self._seen(find, kinds, name) for find in others)), ())

    def _seen(self, find: _Find, kinds: Iterable[str], name: str) -> tuple[Definition, ...]:
        """What there is of the first of the kinds of which there is something."""
        for kind in kinds:
            if found := tuple(filter(self.is_in_scope, find(kind, name))):
                # What is in the other opened folders comes last.
                return tuple(filter(self._reaches, found)) or found
        return ()

    def _is_bundled(self, kinds: Iterable[str], name: str) -> bool:
        """Whether the product brings along something that is called exactly so."""
        dialect = self._dialect
        return dialect is not None and any(name in dialect.bundled.of_kind(kind) for kind in kinds)

    def _around(self, kind: str, name: str) -> Iterator[Definition]:
        """Exact names that are there wherever the file is: not those of projects beside a plugin."""
        found = self._exact(kind, name)
        return (d for d in found if not d.project or self.resolution_context.is_around(d.project))

    def _exact(self, kind: str, name: str) -> tuple[Definition, ...]:
        self.queries.add((kind, name))
        return self.workspace.definitions(kind, name)

    def _of_own_plugin(self, kind: str, name: str) -> tuple[Definition, ...]:
        if not (plugin := self.resolution_context.plugin):
            return ()
        return tuple(d for d in self._of_plugins(kind, name) if d.name.startswith(f"{plugin}:"))

    def _of_plugins(self, kind: str, name: str) -> tuple[Definition, ...]:
        self.queries.add((kind, f":{name}"))
        return self.workspace.definitions_by_ending(kind, f":{name}")

    def _nested(self, kind: str, name: str) -> Iterator[Definition]:
        """Skills called by the folder of their project, as where two have one name: ``apps/web:deploy``."""
        folder, colon, own = name.rpartition(":")
        if colon and kind == "skill":
            skill = load().dialect_of("skill", configuration.owner().product)
            end = f"/{folder}/{locations.path_in(skill, 'project', own)}" if skill else ""
            for definition in self._exact(kind, own):
                if paths.posix(definition.path).endswith(end):
                    yield definition

    def foreign_skills(self, name: str) -> tuple[Definition, ...]:
        """The skills of that name in folders of products that are not seen."""
        self.queries.add(("skill", name))
        others = (d for d in self.workspace.definitions("skill", name) if not self._is_read(d))
        return (*self.lookup("foreign-skill", name), *(d._replace(kind="foreign-skill") for d in others))

    def resolve(self, kind: str, name: str) -> tuple[Definition, ...]:
        """The definitions that a name means where it is used: a skill may be a command, a tool a server's.

        Several are left only where nobody knows which of them is taken.
        """
        return self.effective_definitions(self._meant(kind, name))

    def effective_definitions(self, found: tuple[Definition, ...]) -> tuple[Definition, ...]:
        """Of definitions of one name, those that count for the file that asks."""
        return effective_definitions(found, self.resolution_context, self._dialect)

    def _meant(self, kind: str, name: str) -> tuple[Definition, ...]:
        if kind == "tool":
            return self._servers_of(name)
        if kind in ("server", OWN_SERVER) and (own := tuple(d for d in self.own if d.name == name)):
            return own
        if kind == "skill":
            kinds = ("skill", "command", "skill-name")
            found = self._first(kinds, name)
            return found if found or self._is_bundled(kinds, name) else self.foreign_skills(name)
        found = self._first(("agent", "agent-name") if kind == "agent" else (kind,), name)
        if kind == "agent" and not found:
            # Letter case and separators make no difference where an agent is asked for.
            alike = self.derive("agent", "alike", _by_spelling)
            found = tuple(
                d for other in alike.get(without_style(name), ()) for d in self.lookup("agent", other)
            )
        return found

    def server_of(self, tool: str) -> str | None:
        """The server that a tool's name tells by its look, where the file that asks stands."""
        return self._dialect.tools.server_of(tool) if self._dialect else None

    def _servers_of(self, tool: str) -> tuple[Definition, ...]:
        """The servers of a tool; where one's name begins with another one's, the longer one is meant."""
        tools = self._dialect.tools.servers if self._dialect else None
        for known in (self.own, self.all("server")) if tools else ():
            found = [(d, part) for d in known if tools and (part := tools.part(tool, d.name))]
            longest = max((part.end - part.start for _, part in found), default=0)
            if found:
                return tuple(d for d, part in found if part.end - part.start == longest)
        return ()

    def declaration(self, path: str) -> Definition | None:
        """What a configuration says of an agent's file; the file need not say it again."""
        return next(iter(self.lookup("declaration", paths.key(path))), None)

    def all(self, kind: str) -> list[Definition]:
        self.queries.add((kind, ""))
        return [definition for definition in self.workspace.all(kind) if self.is_in_scope(definition)]

    def derive(self, kind: str, key: Any, make: Callable[[list[Definition]], _T]) -> _T:
        """As of the workspace, of what is seen."""
        self.queries.add((kind, ""))
        return self.workspace.derive(
            kind,
            (self.resolution_context.horizon, self._opened, key),
            lambda found: make([d for d in found if self.is_in_scope(d)]),
        )

    def mcp_tools(self) -> set[str]:
        """The tools of servers that any file of the same product names."""
        dialects = load().dialects
        own = {name for name, d in dialects.items() if self._dialect and d.product == self._dialect.product}
        return {tool for f in self.summaries() if f.resolution_context.dialect in own for tool in f.mcp_tools}


class Context:
    """A file, and the view of what its names can mean; nobody can have the one without the other."""

    __slots__ = ("file", "view")

    def __init__(self, view: View, file: File) -> None:
        self.file = file
        self.view = view.within(file.resolution_context)


def _by_spelling(definitions: list[Definition]) -> dict[str, list[str]]:
    """Names by what is left of them without letter case and separators."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(definition.name for definition in definitions):
        found.setdefault(without_style(name), []).append(name)
    return found
