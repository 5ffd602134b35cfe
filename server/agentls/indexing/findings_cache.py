"""What was found in a file the last time, and whether it still holds; JSON, and no I/O.

What a file says follows from its bytes, its path, its surroundings and its settings: together they are the
key. What other files have to do with it follows from what its rules asked the workspace: the questions are
kept with their answers, and asked again. Only if every answer is the same do the findings hold.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from agentls.indexing import json_codec
from agentls.semantics.summary import Definition, FileSummary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from agentls.disk import FileContent
    from agentls.findings import Finding
    from agentls.products.identification import Surroundings
    from agentls.settings.layers import Settings
    from agentls.workspace import Workspace

_DIGEST_SIZE = 12
_MOST_ENTRIES = 20_000
# Below this share of news it takes longer to write all of it than to find the news once more.
_WORTH_WRITING = 0.02

# What may be asked of a workspace; findings that follow from anything else are not kept.
_QUESTIONS = frozenset(
    {
        "definitions", "definitions_by_ending", "all", "summary", "summaries", "usage_paths", "is_known",
        "exists", "is_complete", "opened",
    }
)  # fmt: skip

Question = tuple[str, ...]


class CachedFindings(NamedTuple):
    """What the check of a file came to; the ``fixable`` among the findings have just one plausible repair.

    ``questions`` are those that it depended on.
    """

    findings: tuple[Finding, ...]
    fixable: tuple[Finding, ...]
    questions: tuple[Question, ...]


class CachedSummary(NamedTuple):
    """What is remembered of a file; ``result`` is as JSON has it, since it may not hold any more."""

    summary: FileSummary
    questions: dict[Question, str]
    result: Any


class Witness:
    """Stands for a workspace, and writes down what it is asked."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.questions: dict[Question, None] = {}

    def __getattr__(self, name: str) -> Any:
        answer = getattr(self._workspace, name)
        if not callable(answer):
            self.questions[name,] = None
            return answer

        def ask(*about: str) -> Any:
            self.questions[name, *about] = None
            return answer(*about)

        return ask

    def derive(self, kind: str, key: Any, make: Callable[[list[Definition]], Any]) -> Any:
        """What depends on all definitions of a kind, which is the question; made once for all files."""
        self.questions["all", kind] = None
        return self._workspace.derive(kind, key, make)

    def update_paths(self, answers: dict[str, bool]) -> None:
        self._workspace.update_paths(answers)

    def as_workspace(self) -> Workspace:
        return cast("Workspace", self)


class Answers:
    """The digests of a workspace's answers; it must not change meanwhile."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[Question, str] = {}

    def are(self, questions: dict[Question, str]) -> bool:
        """Whether the answers are still the same."""
        return all(self.digest(question) == digest for question, digest in questions.items())

    def digest(self, question: Question) -> str:
        if question not in self._known:
            name, *about = question
            answer = getattr(self._workspace, name)
            answer = answer(*about) if callable(answer) else answer
            self._known[question] = _digest(json.dumps(json_codec.encoded(_as_seen(answer))))
        return self._known[question]


def _as_seen(answer: Any) -> Any:
    """An answer without what no check looks at: how long the text of another file is."""
    if isinstance(answer, Definition):
        return answer._replace(size=0)
    if isinstance(answer, FileSummary):
        return answer._replace(definitions=tuple(map(_as_seen, answer.definitions)))
    if isinstance(answer, str | bool | None):
        return answer
    return tuple(map(_as_seen, sorted(answer) if isinstance(answer, set | frozenset) else answer))


@dataclass
class Cache:
    """``entries`` are as JSON has them, by key, the longest unused first."""

    entries: dict[str, Any] = field(default_factory=dict)
    _seen: dict[str, Any] = field(default_factory=dict)
    _news: int = 0

    @classmethod
    def read(cls, data: bytes | None) -> Cache:
        return cls(json.loads(data) if data else {})

    def recall(self, key: str) -> CachedSummary | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        self._seen[key] = entry
        summary, questions, result = entry
        return CachedSummary(
            json_codec.decoded(summary), {tuple(question): digest for *question, digest in questions}, result
        )

    def learn(self, key: str, summary: FileSummary, questions: list[list[str]], result: Any) -> None:
        """``questions``, each with the digest of its answer, and ``result`` as JSON has them."""
        if all(name in _QUESTIONS for name, *_ in questions):
            self._seen[key] = [json_codec.encoded(summary), questions, result]
            self._news += 1

    def news(self) -> bytes | None:
        """All of it, to be kept; None when there is too little that is new."""
        if self._news <= len(self.entries) * _WORTH_WRITING:
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
    parts = (found.path, context, origin.encoding, str(origin.byte_order_mark))
    return _digest("\0".join((*parts, found.source, "")), origin.data)


def context(surroundings: Surroundings, settings: Settings) -> str:
    """What all files with the same surroundings and settings share."""
    return f"{_identity(surroundings)}\0{settings!r}"


def _identity(surroundings: Surroundings) -> str:
    """The same in every process, which the order of a set is not."""
    values = (getattr(surroundings, one.name) for one in fields(surroundings))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


def encoded(result: CachedFindings) -> Any:
    """A result for JSON."""
    places = {finding: place for place, finding in enumerate(result.findings)}
    return [json_codec.encoded(result.findings), [places[finding] for finding in result.fixable]]


def decoded(result: Any) -> tuple[tuple[Finding, ...], frozenset[Finding]]:
    """The findings, and which of them are fixable."""
    listed, fixable = result
    findings = json_codec.decoded(listed)
    return findings, frozenset(findings[place] for place in fixable)


def _digest(text: str, data: bytes = b"") -> str:
    import hashlib  # noqa: PLC0415  of a few files nothing is remembered, and it loads a large library

    whole = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_SIZE)
    whole.update(data)
    return whole.hexdigest()
