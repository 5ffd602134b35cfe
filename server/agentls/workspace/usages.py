"""The way back from a name to the files that use it, kept up to date one file at a time.

A use is told by a query: by what a mention can be found again (``of_mention``), or by a word of prose.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from agentls.workspace import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.semantics.summary import FileSummary, Mention
    from agentls.workspace.queries import Query

# Words of prose whose files are known; those of open files are asked for again and again, and no others.
_MOST_WORDS = 500


def of_mention(mention: Mention) -> Query:
    """Where to look for a mention; all tools together, since each product spells them in its own way."""
    if mention.kind == "path":
        return queries.of_used_path(mention.name)
    return queries.ALL_TOOLS if mention.kind == "tool" else queries.of_used_name(mention.name)


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
        prose, new_prose = old.prose_mentions if old else (), new.prose_mentions
        if prose != new_prose:
            for word in self._words.keys() & set(prose):
                self._words[word].discard(key)
            for word in self._words.keys() & set(new_prose):
                self._words[word].add(key)
        if old and old.resolution_context != new.resolution_context:
            # The same names may mean something else.
            return {*before, *after, *map(queries.of_word, (*prose, *new_prose))}
        words = set(prose) ^ set(new_prose) if prose != new_prose else set()
        return (before ^ after).union(map(queries.of_word, words))

    def files(self, query: Query, everything: Iterable[tuple[str, FileSummary]]) -> list[str]:
        """The files that have an answer; ``everything`` is looked through for a word that is new here."""
        kind, name = query
        if kind != queries.PROSE:
            return sorted(self._files.get(query, ()))
        if name not in self._words:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[name] = {key for key, summary in everything if name in summary.prose_mentions}
        return sorted(self._words[name])


def _mentioned(summary: FileSummary | None) -> Iterator[Query]:
    return map(of_mention, summary.mentions if summary else ())
