"""What was found in a file the last time, and whether it still holds; JSON, and no I/O.

What a file says follows from its bytes, its path, its surroundings and its settings: together they are the
key. What other files have to do with it follows from the queries of its check: they are kept with the digests
of their answers, and answered again. Only if every answer is the same do the findings hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from agentls.indexing import json_codec
from agentls.semantics.summary import Definition, FileSummary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.disk import FileContent
    from agentls.findings import Finding
    from agentls.products.identification import Surroundings
    from agentls.settings.layers import Settings

_DIGEST_SIZE = 12
_MOST_ENTRIES = 20_000
# Below this share of news it takes longer to write all of it than to find the news once more.
_WORTH_WRITING = 0.02


class CachedFindings(NamedTuple):
    """What the check of a file came to; ``fixable`` are the places of those with just one plausible repair.

    ``answers`` are those that it depended on: the kind and the name of a query, and the digest of the answer.
    """

    findings: tuple[Finding, ...]
    fixable: tuple[int, ...]
    answers: tuple[tuple[str, str, str], ...]


class CachedFile(NamedTuple):
    """What a file said, and what was found in it; that may not hold any more."""

    summary: FileSummary
    result: CachedFindings


def digest(answer: object) -> str:
    """An answer in a few characters, without what no check looks at: how long the text of another file is."""
    return _digest(json.dumps(json_codec.encode(_without_sizes(answer))))


def _without_sizes(answer: Any) -> Any:
    if isinstance(answer, Definition):
        return answer._replace(size=0)
    if isinstance(answer, FileSummary):
        return answer._replace(definitions=_without_sizes(answer.definitions))
    return tuple(map(_without_sizes, answer)) if isinstance(answer, tuple) else answer


@dataclass
class Cache:
    """``entries`` are as JSON has them, by key, the longest unused first."""

    entries: dict[str, Any] = field(default_factory=dict)
    _seen: dict[str, Any] = field(default_factory=dict)
    _news: int = 0
    _is_damaged: bool = False

    @classmethod
    def read(cls, data: bytes | None) -> Cache:
        """What was kept; whatever else it may be counts for nothing."""
        try:
            entries = json.loads(data) if data else {}
        except (ValueError, RecursionError):
            entries = None
        return cls(entries) if isinstance(entries, dict) else cls(_is_damaged=True)

    def get(self, key: str) -> CachedFile | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        try:
            found = json_codec.decode(entry, CachedFile)
        except ValueError:
            self._is_damaged = True
            return None
        self._seen[key] = entry
        return found

    def add(self, key: str, file: CachedFile) -> None:
        self._seen[key] = json_codec.encode(file)
        self._news += 1

    def changes(self) -> bytes | None:
        """All of it, to be kept; None when there is too little that is new."""
        if self._news <= len(self.entries) * _WORTH_WRITING and not self._is_damaged:
            return None
        unseen = [item for item in self.entries.items() if item[0] not in self._seen]
        entries = [*unseen, *self._seen.items()][-_MOST_ENTRIES:]
        return json.dumps(dict(entries), separators=(",", ":")).encode("ascii")


def name(program: str, projects: Iterable[str]) -> str:
    """What the cache of some projects is kept under; another program has one of its own."""
    return _digest("\0".join((program, *projects)))


def key(found: FileContent, context: str) -> str:
    """Everything that a file's own findings follow from, in a few characters.

    ``context`` is that of its surroundings and settings.
    """
    origin = found.origin
    parts = (found.path, context, origin.encoding, str(origin.has_byte_order_mark), str(len(found.source)))
    return _digest("\0".join((*parts, found.source)), origin.data)


def context(surroundings: Surroundings, settings: Settings) -> str:
    """What all files with the same surroundings and settings share."""
    return f"{_identity(surroundings)}\0{settings!r}"


def _identity(surroundings: Surroundings) -> str:
    """The same in every process, which the order of a set is not."""
    values = (getattr(surroundings, one.name) for one in fields(surroundings))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


def _digest(text: str, data: bytes = b"") -> str:
    import hashlib  # noqa: PLC0415  of a few files nothing is remembered, and it loads a large library

    whole = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE)
    whole.update(data)
    return whole.hexdigest()
