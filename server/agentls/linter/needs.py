"""What must be in a file for a rule to find something, so that no time is lost on calling it elsewhere.

A rule says it with one of the constants in ``_FOUND``, and means any of what it lists there. What there is in
a file is found once for all rules.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.linter.unusual_characters import unusual
from agentls.outcome import tool_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from types import ModuleType

    from agentls.outcome.tool_entries import EntryStatus
    from agentls.semantics.file import File


class Need(NamedTuple):
    """One of the constants, and what it lists."""

    kind: str
    any_of: tuple[Any, ...]

    def is_met(self, file: File) -> bool:
        return any(True for _ in _FOUND[self.kind](file, self.any_of))


def need_of(rule: ModuleType) -> Need | None:
    """What a rule needs; None for one that may always find something."""
    found = {kind: getattr(rule, kind) for kind in _FOUND if hasattr(rule, kind)}
    assert len(found) <= 1, f"{rule.__name__} needs several kinds of things"
    for kind, any_of in found.items():
        return Need(kind, any_of if isinstance(any_of, tuple) else (any_of,))
    return None


class CodesByNeed:
    """The codes of rules by what these need."""

    def __init__(self, needs: Mapping[str, Need | None]) -> None:
        self._always = [code for code, need in needs.items() if need is None]
        self._by_kind: dict[str, dict[Any, list[str]]] = {}
        for code, need in needs.items():
            if need:
                codes = self._by_kind.setdefault(need.kind, {})
                for one in need.any_of:
                    codes.setdefault(one, []).append(code)

    def met_by(self, file: File) -> list[str]:
        """Those whose needs a file meets, each once."""
        found = dict.fromkeys(self._always)
        for kind, codes in self._by_kind.items():
            for one in _FOUND[kind](file, codes.keys()):
                found.update(dict.fromkeys(codes[one]))
        return list(found)


def _characters(file: File, classes: Collection[str]) -> Iterator[str]:
    if present := "".join(unusual(file.text.source)):
        yield from (one for one in classes if re.search(f"[{one}]", present))


def _words(file: File, words: Collection[str]) -> Iterator[str]:
    return (word for word in words if word in file.text.source)


def _fields(file: File, names: Collection[str]) -> Iterator[str]:
    return (name for name in names if file.document.field(name))


def _holds(file: File, kinds: Collection[str]) -> Iterable[str]:
    return {spec.holds for _, spec in file.specified_fields}.intersection(kinds)


def _references(file: File, kinds: Collection[str]) -> Iterable[str]:
    return {reference.kind for reference in file.references}.intersection(kinds)


def _entries(file: File, statuses: Collection[EntryStatus]) -> Iterable[EntryStatus]:
    found = {entry.status for _, entries in tool_entries.lists(file) for entry in entries}
    return found.intersection(statuses)


def _problems(file: File, kinds: Collection[str]) -> Iterator[str]:
    """By how their names begin."""
    present = [problem.kind for problem in file.document.problems]
    return (kind for kind in kinds if any(one.startswith(kind) for one in present))


def _unknown_fields(file: File, wanted: Collection[bool]) -> Iterable[bool]:
    known = file.dialect.fields
    return wanted if any(field.name not in known for field in file.document.fields) else ()


_FOUND: Mapping[str, Callable[[File, Collection[Any]], Iterable[Any]]] = {
    # classes of characters beyond plain ASCII, as regular expressions have them: "\x00-\x08"
    "CHARACTERS": _characters,
    # parts of the text
    "WORDS": _words,
    # names of fields
    "FIELDS": _fields,
    # what fields hold: "tool", "color"
    "HOLDS": _holds,
    # kinds of references: "skill", "link"
    "REFERENCES": _references,
    # what entries of tool lists are
    "ENTRIES": _entries,
    # what could not be read, by how the names of the problems begin: "misplaced-"
    "PROBLEMS": _problems,
    # fields that are in no schema
    "UNKNOWN_FIELDS": _unknown_fields,
}
