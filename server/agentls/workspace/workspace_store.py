"""The summaries of all files, by file and by name, and who asked for which name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from agentls.semantics.summary import FileSummary
from agentls.system import paths
from agentls.workspace import descriptions, queries
from agentls.workspace.usages import Usages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from agentls.semantics.matching_files import ProjectFiles
    from agentls.semantics.summary import Definition
    from agentls.workspace.descriptions import DescriptionTotal
    from agentls.workspace.queries import Query

_T = TypeVar("_T")
# Results kept for a kind; a name that is being typed is another one with every keystroke.
_MOST_DERIVED = 500


@dataclass
class Workspace:
    """``is_complete``: everything that could define a name has been read; only then is a name missing.

    ``path_exists`` answers for the paths that files link to; a path not in it is not known yet.
    ``files`` are those of the folders in which globs look for some.
    ``folders`` are those that are open, or where open files are; ``home`` is that of the user: paths are
    shown as seen from there. ``opened`` are the folders that an editor has opened together.
    """

    is_complete: bool = False
    folders: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    home: str = ""
    path_exists: dict[str, bool] = field(default_factory=dict)
    files: dict[str, ProjectFiles] = field(default_factory=dict)
    _summaries: dict[str, FileSummary] = field(default_factory=dict)
    _definitions: defaultdict[Query, dict[str, tuple[Definition, ...]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    # Names by each of their ends after a colon; names by kind in order, and what was made of them.
    _endings: defaultdict[Query, set[str]] = field(default_factory=lambda: defaultdict(set))
    _names: dict[str, list[str]] = field(default_factory=dict)
    _derived: defaultdict[str, dict[Any, Any]] = field(default_factory=lambda: defaultdict(dict))
    _usages: Usages = field(default_factory=Usages)
    _dependents: defaultdict[Query, set[str]] = field(default_factory=lambda: defaultdict(set))
    _dependencies: dict[str, frozenset[Query]] = field(default_factory=dict)

    def put(self, summary: FileSummary) -> set[str]:
        """Take in what a file says now; returns the paths of the files to check again."""
        key = paths.key(summary.path)
        old = self._summaries.get(key)
        if old == summary:
            return set()
        self._summaries[key] = summary
        return self._replace(key, old, summary)

    def drop(self, path: str) -> set[str]:
        """Forget a file; returns the paths of the files to check again."""
        key = paths.key(path)
        old = self._summaries.pop(key, None)
        return self._replace(key, old, FileSummary(path))

    def _replace(self, key: str, old: FileSummary | None, new: FileSummary) -> set[str]:
        before, after = _by_name(old.definitions if old else ()), _by_name(new.definitions)
        changed = {
            query
            for query in before.keys() | after.keys()
            if _identity(before.get(query, ())) != _identity(after.get(query, ()))
        }
        for query in before:
            self._definitions[query].pop(key, None)
        for query, definitions in after.items():
            self._definitions[query][key] = definitions
        added_or_removed = {
            query
            for query in changed
            if _visibility(before.get(query, ())) != _visibility(after.get(query, ()))
        }
        for query in added_or_removed:
            self._invalidate(query)
        itself = {queries.EVERYTHING}
        if old is None or key not in self._summaries:
            itself.add((queries.KNOWN, key))
        if old is None or old._replace(definitions=()) != new._replace(definitions=()) or changed:
            itself.add((queries.SUMMARY, key))
        affected = set().union(
            *(
                self._dependents.get(query, ())
                for query in changed | self._usages.replace(key, old, new) | itself
            )
        )
        for kind in {query[0] for query in changed if _lengths(before, query) != _lengths(after, query)}:
            self._derived.pop(f"{queries.DESCRIBED} {kind}", None)
            affected |= self._dependents.get((queries.DESCRIBED, kind), set())
        for kind, name in added_or_removed:
            for ending in ("", *_endings(name)):
                affected |= self._dependents.get((kind, ending), set())
        return affected

    def _invalidate(self, query: Query) -> None:
        """A definition has come or gone, or is seen from elsewhere."""
        kind, name = query
        self._names.pop(kind, None)
        self._derived.pop(kind, None)
        is_there = bool(self._definitions[query])
        if not is_there:
            del self._definitions[query]
        for ending in _endings(name):
            if is_there:
                self._endings[kind, ending].add(name)
            else:
                self._endings[kind, ending].discard(name)

    def summary(self, path: str) -> FileSummary:
        """What is known of one file; nothing of a file that nobody has read."""
        return self._summaries.get(paths.key(path)) or FileSummary(path)

    def is_known(self, path: str) -> bool:
        return paths.key(path) in self._summaries

    def summaries(self) -> Iterator[FileSummary]:
        yield from self._summaries.values()

    def usage_paths(self, kind: str, name: str) -> tuple[str, ...]:
        """The paths of the files with such a use; kind and name are a query of ``usages``."""
        found = self._usages.files((kind, name), self._summaries.items())
        return tuple(self._summaries[key].path for key in found)

    def paths(self) -> list[str]:
        return [summary.path for summary in self._summaries.values()]

    def set_dependencies(self, path: str, queries: frozenset[Query]) -> None:
        """Remember what the check of ``path`` asked, in place of what it asked before."""
        for query in self._dependencies.pop(path, frozenset()) - queries:
            self._dependents[query].discard(path)
        if queries:
            self._dependencies[path] = queries
        for query in queries:
            self._dependents[query].add(path)

    def set_complete(self, *, is_complete: bool) -> set[str]:
        """Say whether all has been read; returns the paths of the files to check again."""
        if self.is_complete == is_complete:
            return set()
        self.is_complete = is_complete
        return set(self._dependents.get(queries.COMPLETE, ()))

    def set_folders(self, opened: tuple[str, ...], folders: tuple[str, ...], home: str) -> set[str]:
        """Say which folders are open, and from where paths are shown; returns the files to check again."""
        before, self.opened, self.folders, self.home = self.opened, opened, folders, home
        return set() if before == opened else set(self._dependents.get(queries.OPENED, ()))

    def definitions(self, kind: str, name: str) -> tuple[Definition, ...]:
        return tuple(self._in_order(kind, name))

    def definitions_by_ending(self, kind: str, ending: str) -> tuple[Definition, ...]:
        """The definitions whose names end like this; ``ending`` starts with a colon."""
        names = sorted(self._endings.get((kind, ending), ()))
        return tuple(d for name in names for d in self._in_order(kind, name))

    def all(self, kind: str) -> list[Definition]:
        """Every definition of a kind, in the order of their names."""
        if kind not in self._names:
            self._names[kind] = sorted(name for other, name in self._definitions if other == kind)
        return [d for name in self._names[kind] for d in self._in_order(kind, name)]

    def _in_order(self, kind: str, name: str) -> Iterable[Definition]:
        found = [d for each in self._definitions.get((kind, name), {}).values() for d in each]
        return found if len(found) <= 1 else sorted(found, key=lambda d: d.path)

    def derive(self, kind: str, key: Any, make: Callable[[list[Definition]], _T]) -> _T:
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

    def description_totals(self, kind: str) -> tuple[DescriptionTotal, ...]:
        """How long the descriptions of a kind are, by where they are shown together."""
        kept = self._derived[f"{queries.DESCRIBED} {kind}"]
        if not kept:
            kept[""] = descriptions.totals(self.all(kind))
        found: tuple[DescriptionTotal, ...] = kept[""]
        return found

    def exists(self, path: str) -> bool | None:
        return self.path_exists.get(path)

    def forget_paths(self) -> list[str]:
        """Forget which paths exist that no check asks for; returns those that are left."""
        self.path_exists = {
            path: exists
            for path, exists in self.path_exists.items()
            if self._dependents.get(queries.of_path(path))
        }
        return list(self.path_exists)

    def update_paths(self, answers: dict[str, bool]) -> set[str]:
        """Take in which linked paths exist; returns the paths of the files to check again."""
        changed = {path for path, exists in answers.items() if self.path_exists.get(path) is not exists}
        self.path_exists.update(answers)
        return {asker for path in changed for asker in self._dependents.get(queries.of_path(path), set())}

    def forget_files(self) -> list[str]:
        """Forget the files of folders that no check asks for; returns the folders that are left."""
        asked = (folder for folder in self.files if self._dependents.get(queries.of_files(folder)))
        self.files = {folder: self.files[folder] for folder in asked}
        return list(self.files)

    def update_files(self, listed: Mapping[str, ProjectFiles]) -> set[str]:
        """Take in which files there are; returns the paths of the files to check again."""
        before = self.files
        changed = [
            folder
            for folder, now in listed.items()
            if folder not in before or before[folder].digest != now.digest
        ]
        self.files = {**before, **{folder: listed[folder] for folder in changed}}
        return {
            asker for folder in changed for asker in self._dependents.get(queries.of_files(folder), set())
        }


def _by_name(definitions: Iterable[Definition]) -> dict[Query, tuple[Definition, ...]]:
    """Several of one name, as in a list of the servers of several projects, stay in their order."""
    found: dict[Query, tuple[Definition, ...]] = {}
    for definition in definitions:
        query = definition.kind, definition.name
        found[query] = (*found.get(query, ()), definition)
    return found


def _identity(definitions: tuple[Definition, ...]) -> list[Definition]:
    """What checks see of them: a word more in a file's text changes no other file's findings."""
    return [definition._replace(size=0) for definition in definitions]


def _visibility(definitions: tuple[Definition, ...]) -> list[tuple[object, ...]]:
    """From where they are seen."""
    return [(d.scope, d.project, d.product, d.readers, d.enabled_in) for d in definitions]


def _lengths(found: Mapping[Query, tuple[Definition, ...]], query: Query) -> list[tuple[object, ...]]:
    """What counts of them for all descriptions together."""
    return [(len(d.doc), d.scope, d.project, d.product, d.lacks) for d in found.get(query, ())]


def _endings(name: str) -> Iterator[str]:
    """The name from each of its colons on."""
    place = name.find(":")
    while place >= 0:
        yield name[place:]
        place = name.find(":", place + 1)
