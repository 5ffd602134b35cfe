"""The way back from a name to the files that use it, kept up to date one file at a time.

A use is told by a query: by what a mention can be found again (``of_mention``), or by a word of prose.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.text.similar_words import without_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.summary import FileSummary, Mention

# A query about the workspace: (kind, name); an empty name asks for all names of the kind.
Query = tuple[str, str]
# Where to look for the tools of servers.
ALL_TOOLS: Query = ("used-tool", "")
_PROSE = "prose"
# Words of prose whose files are known; those of open files are asked for again and again, and no others.
_MOST_WORDS = 500


def of_mention(mention: Mention) -> Query:
    """Where to look for a mention; all tools together, since each product spells them in its own way."""
    if mention.kind == "path":
        return of_path(mention.name)
    return ALL_TOOLS if mention.kind == "tool" else of_name(mention.name)


def of_path(path: str) -> Query:
    """Where to look for what leads to a file or a folder."""
    return "used-path", path


def of_name(name: str) -> Query:
    """Where to look for an agent, a skill, a command or a server, as whatever it is used."""
    return "used-name", without_style(name)


def of_word(word: str) -> Query:
    """Where to look for a word of prose."""
    return _PROSE, word


@dataclass
class Usages:
    """Files are told by their keys, as in the workspace."""

    _files: defaultdict[Query, set[str]] = field(default_factory=lambda: defaultdict(set))
    _words: dict[str, set[str]] = field(default_factory=dict)

    def replace(self, key: str, old: FileSummary | None, new: FileSummary) -> set[Query]:
        """Take in what a file says now; the queries whose answers are others, as far as it matters."""
        before, after = set(_mentioned(old)), set(_mentioned(new))
        for query in before - after:
            self._files[query].discard(key)
            if not self._files[query]:
                del self._files[query]
        for query in after - before:
            self._files[query].add(key)
        prose = old.prose_mentions if old else ()
        if prose == new.prose_mentions:
            return before ^ after
        for word in self._words.keys() & set(prose):
            self._words[word].discard(key)
        for word in self._words.keys() & set(new.prose_mentions):
            self._words[word].add(key)
        return (before ^ after).union(map(of_word, set(prose) ^ set(new.prose_mentions)))

    def files(self, query: Query, everything: Iterable[tuple[str, FileSummary]]) -> list[str]:
        """The files that have an answer; ``everything`` is looked through for a word that is new here."""
        kind, name = query
        if kind != _PROSE:
            return sorted(self._files.get(query, ()))
        if name not in self._words:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[name] = {key for key, summary in everything if name in summary.prose_mentions}
        return sorted(self._words[name])


def _mentioned(summary: FileSummary | None) -> Iterator[Query]:
    return map(of_mention, summary.mentions if summary else ())
