"""The facts of all files and the way back from a name to the files that use it; no I/O.

Only the session changes a workspace. Rules and features see it through a ``View``, which writes down
what was asked, misses included: when a name appears or goes, exactly the files that asked are checked again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from agentls import paths
from agentls.catalogue import load
from agentls.facts import Facts
from agentls.nearest import squashed
from agentls.references import OWN_SERVER
from agentls.standpoint import Standpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from agentls.catalogue import Dialect
    from agentls.facts import Definition

# A question about the workspace: (kind, name); an empty name asks for all names of the kind.
Question = tuple[str, str]
_T = TypeVar("_T")
# Results kept for a kind; a name that is being typed is another one with every keystroke.
_MOST_DERIVED = 500
# Asked by who wants to know which names are in use, wherever that is.
_USES: Question = ("uses", "")


@dataclass
class Workspace:
    """``is_complete``: everything that could define a name has been read; only then is a name missing.

    ``path_exists`` answers for the paths that files link to; a path not in it is not known yet.
    ``folders`` are those that are open, ``home`` is that of the user: paths are shown as seen from there.
    """

    is_complete: bool = False
    folders: tuple[str, ...] = ()
    home: str = ""
    path_exists: dict[str, bool] = field(default_factory=dict)
    _facts: dict[str, Facts] = field(default_factory=dict)
    _definitions: defaultdict[Question, dict[str, Definition]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    # Names by each of their ends after a colon; names by kind in order, and what was made of them.
    _endings: defaultdict[Question, set[str]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[str, list[str]] = field(default_factory=dict)
    _derived: defaultdict[str, dict[Any, Any]] = field(default_factory=lambda: defaultdict(dict))
    _askers: defaultdict[Question, set[str]] = field(default_factory=lambda: defaultdict(set))
    _asked: dict[str, frozenset[Question]] = field(default_factory=dict)

    def put(self, facts: Facts) -> set[str]:
        """Take in what a file says now; returns the paths of the files to check again."""
        key = paths.key(facts.path)
        old = self._facts.get(key)
        if old == facts:
            return set()
        self._facts[key] = facts
        return self._replace(key, old, facts)

    def drop(self, path: str) -> set[str]:
        """Forget a file; returns the paths of the files to check again."""
        key = paths.key(path)
        old = self._facts.pop(key, None)
        return self._replace(key, old, Facts(path))

    def _replace(self, key: str, old: Facts | None, new: Facts) -> set[str]:
        before = {(d.kind, d.name): d for d in old.definitions} if old else {}
        after = {(d.kind, d.name): d for d in new.definitions}
        changed = {
            question
            for question in before.keys() | after.keys()
            if not _are_alike(before.get(question), after.get(question))
        }
        for question in before:
            self._definitions[question].pop(key, None)
        for question, definition in after.items():
            self._definitions[question][key] = definition
        come_or_gone = before.keys() ^ after.keys()
        for question in come_or_gone:
            self._note(question)
        affected: set[str] = set()
        if self._askers.get(_USES) and (old is None or _used(old) != _used(new)):
            affected |= self._askers[_USES]
        for kind, name in changed:
            affected |= self._askers.get((kind, name), set())
        for kind, name in come_or_gone:
            for asked in ("", *_endings(name)):
                affected |= self._askers.get((kind, asked), set())
        return affected

    def _note(self, question: Question) -> None:
        """A definition has come or gone."""
        kind, name = question
        self._names.pop(kind, None)
        self._derived.pop(kind, None)
        is_there = bool(self._definitions[question])
        if not is_there:
            del self._definitions[question]
        for ending in _endings(name):
            if is_there:
                self._endings[kind, ending].add(name)
            else:
                self._endings[kind, ending].discard(name)

    def facts(self, path: str) -> Facts:
        """What is known of one file; nothing of a file that nobody has read."""
        return self._facts.get(paths.key(path)) or Facts(path)

    def is_known(self, path: str) -> bool:
        return paths.key(path) in self._facts

    def all_facts(self) -> Iterator[Facts]:
        yield from self._facts.values()

    def paths(self) -> list[str]:
        return [facts.path for facts in self._facts.values()]

    def answer(self, path: str, asked: frozenset[Question]) -> None:
        """Remember what the check of ``path`` asked, in place of what it asked before."""
        for question in self._asked.pop(path, frozenset()) - asked:
            self._askers[question].discard(path)
        if asked:
            self._asked[path] = asked
        for question in asked:
            self._askers[question].add(path)

    def definitions(self, kind: str, name: str) -> tuple[Definition, ...]:
        return tuple(self._definitions.get((kind, name), {}).values())

    def ending(self, kind: str, ending: str) -> tuple[Definition, ...]:
        """The definitions whose names end like this; ``ending`` starts with a colon."""
        names = sorted(self._endings.get((kind, ending), ()))
        return tuple(d for name in names for d in self._in_order(kind, name))

    def all(self, kind: str) -> list[Definition]:
        """Every definition of a kind, in the order of their names."""
        if kind not in self._names:
            self._names[kind] = sorted(name for other, name in self._definitions if other == kind)
        return [d for name in self._names[kind] for d in self._in_order(kind, name)]

    def _in_order(self, kind: str, name: str) -> Iterable[Definition]:
        found = self._definitions[kind, name].values()
        return found if len(found) == 1 else sorted(found, key=lambda d: d.path)

    def derived(self, kind: str, key: Any, make: Callable[[list[Definition]], _T]) -> _T:
        """What ``make`` makes of the names and paths of a kind's definitions, kept until one comes or goes.

        ``key`` stands for ``make`` and for all else that it depends on.
        """
        kept = self._derived[kind]
        if key not in kept:
            if len(kept) >= _MOST_DERIVED:
                kept.clear()
            kept[key] = make(self.all(kind))
        found: _T = kept[key]
        return found

    def exists(self, path: str) -> bool | None:
        return self.path_exists.get(path)

    def learn_paths(self, answers: dict[str, bool]) -> set[str]:
        """Take in which linked paths exist; returns the paths of the files to check again."""
        changed = {path for path, exists in answers.items() if self.path_exists.get(path) is not exists}
        self.path_exists.update(answers)
        return {asker for path in changed for asker in self._askers.get(("path", path), set())}


@dataclass
class View:
    """A workspace as one check or one feature sees it; ``asked`` is what it depended on.

    Without a ``standpoint``, everything is seen.
    """

    workspace: Workspace
    asked: set[Question] = field(default_factory=set)
    standpoint: Standpoint = field(default_factory=Standpoint)

    def seen_from(self, standpoint: Standpoint) -> View:
        """The same view, of what can be meant there only."""
        return replace(self, standpoint=standpoint)

    def sees(self, definition: Definition) -> bool:
        """Whether a name can mean it."""
        return self._is_read(definition) and self.standpoint.reaches(definition.scope, definition.project)

    def _is_read(self, definition: Definition) -> bool:
        """Whether it is defined for one of the products, wherever that is."""
        if definition.readers:
            return self._dialect is None or self._dialect.product in definition.readers
        products = self.standpoint.products
        return not products or not definition.product or definition.product in products

    @property
    def _dialect(self) -> Dialect | None:
        return load().dialects.get(self.standpoint.dialect)

    @property
    def own(self) -> tuple[Definition, ...]:
        """The servers that come before all others, since the file that asks brings them along."""
        return self.facts(self.standpoint.owner).own if self.standpoint.owner else ()

    @property
    def is_complete(self) -> bool:
        return self.workspace.is_complete

    def lookup(self, kind: str, name: str) -> tuple[Definition, ...]:
        """The definitions of a name: the exact ones, else those of plugins, whose names end in ``:name``."""
        return self._first((kind,), name)

    def _first(self, kinds: Iterable[str], name: str) -> tuple[Definition, ...]:
        """As Claude Code looks: an exact name, one of the plugin whose file asks, one of any plugin."""
        for find in (self._exact, self._of_own_plugin, self._of_plugins, self._nested):
            for kind in kinds:
                if found := tuple(filter(self.sees, find(kind, name))):
                    return found
        return ()

    def _exact(self, kind: str, name: str) -> tuple[Definition, ...]:
        self.asked.add((kind, name))
        return self.workspace.definitions(kind, name)

    def _of_own_plugin(self, kind: str, name: str) -> tuple[Definition, ...]:
        if not (plugin := self.standpoint.plugin):
            return ()
        return tuple(d for d in self._of_plugins(kind, name) if d.name.startswith(f"{plugin}:"))

    def _of_plugins(self, kind: str, name: str) -> tuple[Definition, ...]:
        self.asked.add((kind, f":{name}"))
        return self.workspace.ending(kind, f":{name}")

    def _nested(self, kind: str, name: str) -> Iterator[Definition]:
        """Skills called by the folder of their project, as where two have one name: ``apps/web:deploy``."""
        folder, colon, own = name.rpartition(":")
        if colon and kind == "skill":
            end = f"/{folder}/.claude/skills/{own}/SKILL.md"
            for definition in self._exact(kind, own):
                if paths.posix(definition.path).endswith(end):
                    yield definition

    def elsewhere(self, name: str) -> tuple[Definition, ...]:
        """The skills of that name in folders of products that are not seen."""
        self.asked.add(("skill", name))
        others = (d for d in self.workspace.definitions("skill", name) if not self._is_read(d))
        return (*self.lookup("foreign-skill", name), *(replace(d, kind="foreign-skill") for d in others))

    def resolve(self, kind: str, name: str) -> tuple[Definition, ...]:
        """The definitions that a name means where it is used: a skill may be a command, a tool a server's."""
        if kind == "tool":
            return self._servers_of(name)
        if kind in ("server", OWN_SERVER) and (own := tuple(d for d in self.own if d.name == name)):
            return own
        if kind == "skill":
            return self._first(("skill", "command"), name) or self.elsewhere(name)
        found = self.lookup(kind, name)
        if kind == "agent" and not found:
            # Letter case and separators make no difference where an agent is asked for.
            alike = self.derived("agent", "alike", _by_spelling)
            found = tuple(d for other in alike.get(squashed(name), ()) for d in self.lookup("agent", other))
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

    def facts(self, path: str) -> Facts:
        return self.workspace.facts(path)

    def all_facts(self) -> Iterator[Facts]:
        self.asked.add(_USES)
        return self.workspace.all_facts()

    def is_known(self, path: str) -> bool:
        """Whether the file has been read, whatever it holds."""
        return self.workspace.is_known(path)

    def all(self, kind: str) -> list[Definition]:
        self.asked.add((kind, ""))
        return [definition for definition in self.workspace.all(kind) if self.sees(definition)]

    def derived(self, kind: str, key: Any, make: Callable[[list[Definition]], _T]) -> _T:
        """As of the workspace, of what is seen."""
        self.asked.add((kind, ""))
        return self.workspace.derived(
            kind,
            (self.standpoint.horizon, key),
            lambda found: make([d for d in found if self.sees(d)]),
        )

    def mcp_tools(self) -> set[str]:
        """The tools of servers that any file of the same product names."""
        dialects = load().dialects
        own = {name for name, d in dialects.items() if self._dialect and d.product == self._dialect.product}
        return {tool for f in self.all_facts() if f.standpoint.dialect in own for tool in f.mcp_tools}

    def shown(self, path: str) -> str:
        """The path in words for the user."""
        return paths.shown(path, self.workspace.folders, self.workspace.home)

    def exists(self, path: str) -> bool | None:
        """Whether a linked path exists; None when nobody has looked yet."""
        self.asked.add(("path", path))
        return self.workspace.exists(path)


def _used(facts: Facts) -> tuple[set[tuple[str, str]], tuple[str, ...]]:
    """The names in use, wherever they stand."""
    return {(mention.kind, mention.name) for mention in facts.mentions}, facts.spoken


def _are_alike(one: Definition | None, other: Definition | None) -> bool:
    """Whether no check sees a difference: a word more in its text changes no other file's findings."""
    if one is None or other is None:
        return one is other
    return one == other or replace(one, size=0) == replace(other, size=0)


def _endings(name: str) -> Iterator[str]:
    """The name from each of its colons on."""
    place = name.find(":")
    while place >= 0:
        yield name[place:]
        place = name.find(":", place + 1)


def _by_spelling(definitions: list[Definition]) -> dict[str, list[str]]:
    """Names by what is left of them without letter case and separators."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(definition.name for definition in definitions):
        found.setdefault(squashed(name), []).append(name)
    return found
