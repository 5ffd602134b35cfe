"""What must be in a file for a rule to find something; what there is in it is found once for all rules."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from agentls.linter.unusual_characters import unusual
from agentls.outcome import tool_entries

if TYPE_CHECKING:
    from types import ModuleType

    from agentls.outcome.tool_entries import EntryStatus
    from agentls.semantics.file import File


class Needs(NamedTuple):
    """One of each kind is enough; what is empty asks for nothing. A rule names them in capital letters.

    ``characters``: a class of characters as regular expressions have it, of what is no plain ASCII.
    ``words``: parts of the text. ``fields``: names of fields. ``holds``: what fields hold.
    ``references``: kinds of references. ``entries``: what entries of tool lists may be.
    ``problems``: something that the reader could not read. ``unknown_fields``: those that are in no schema.
    """

    characters: str = ""
    words: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    entries: tuple[EntryStatus, ...] = ()
    problems: bool = False
    unknown_fields: bool = False

    @classmethod
    def of(cls, rule: ModuleType) -> Needs:
        return cls(**{name: found for name in cls._fields if (found := getattr(rule, name.upper(), None))})


class Content:
    """What is in a file."""

    def __init__(self, file: File) -> None:
        self._file = file

    def meets(self, needs: Needs) -> bool:
        """Whether a rule has to be called."""
        return (
            (not needs.problems or bool(self._file.document.problems))
            and (not needs.unknown_fields or not self._fields <= self._file.dialect.fields.keys())
            and (not needs.fields or not self._fields.isdisjoint(needs.fields))
            and (not needs.references or not self._references.isdisjoint(needs.references))
            and (not needs.words or any(word in self._file.text.source for word in needs.words))
            and (not needs.holds or not self._holds.isdisjoint(needs.holds))
            and (not needs.characters or self._has(needs.characters))
            and (not needs.entries or not self._entries.isdisjoint(needs.entries))
        )

    @cached_property
    def _fields(self) -> set[str]:
        return {field.name for field in self._file.document.fields}

    @cached_property
    def _references(self) -> set[str]:
        return {reference.kind for reference in self._file.references}

    @cached_property
    def _holds(self) -> set[str]:
        return {spec.holds for _, spec in self._file.specified_fields}

    @cached_property
    def _entries(self) -> set[EntryStatus]:
        return {entry.status for entries in tool_entries.lists(self._file) for entry in entries}

    def _has(self, characters: str) -> bool:
        return bool(self._unusual) and re.search(f"[{characters}]", self._unusual) is not None

    @cached_property
    def _unusual(self) -> str:
        return "".join(unusual(self._file.text.source))
