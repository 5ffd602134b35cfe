"""The products and the kinds of files that each can be asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from judges import claude, codex, copilot, loaders
from judges.isolation import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from judges.answers import Loaded


class Kind(NamedTuple):
    """A kind of files: where one stands, which cases are about it, and how many are asked about in one run.

    ``opening`` begins such a file, ``name`` is how it names itself; ``named`` ones must have that field.
    """

    path: str
    cases: str
    ask: Callable[[Mapping[str, bytes], bool], list[Loaded]]
    batch: int
    opening: str = "---\n"
    name: str = "name: TOKEN"
    named: bool = True
    longest: int = 1200


def _claude(kind: str) -> Callable[[Mapping[str, bytes], bool], list[Loaded]]:
    def ask(files: Mapping[str, bytes], start: bool) -> list[Loaded]:  # noqa: FBT001
        with Place(files) as place:
            return claude.ask(place, start=start)[kind]

    return ask


def _by(answer: Callable[[Place], dict[str, list[Loaded]]], kind: str) -> Callable[..., list[Loaded]]:
    def ask(files: Mapping[str, bytes], _start: bool) -> list[Loaded]:  # noqa: FBT001
        with Place(files) as place:
            return answer(place)[kind]

    return ask


def _loader(product: str, kind: str) -> Callable[..., list[Loaded]]:
    return _by(lambda place: loaders.ask(place, product), kind)


# The same cases serve all skills.
_SKILLS = r"^\.\w+/skills/[^/]+/SKILL\.md$"

PRODUCTS: dict[str, dict[str, Kind]] = {
    "claude": {
        "agent": Kind(".claude/agents/TOKEN.md", r"^\.claude/agents/.*\.md$", _claude("agent"), 250),
        "skill": Kind(".claude/skills/TOKEN/SKILL.md", _SKILLS, _claude("skill"), 250, named=False),
    },
    "codex": {
        "agent": Kind(
            ".codex/agents/TOKEN.toml",
            r"^\.codex/agents/.*\.toml$",
            _by(codex.ask, "agent"),
            250,
            "",
            'name = "TOKEN"',
        ),
        "skill": Kind(".agents/skills/TOKEN/SKILL.md", _SKILLS, _by(codex.ask, "skill"), 50),
    },
    "copilot": {
        "agent": Kind(
            ".github/agents/TOKEN.agent.md", r"^\.(github|claude)/agents/", _by(copilot.ask, "agent"), 250
        ),
        "skill": Kind(".github/skills/TOKEN/SKILL.md", _SKILLS, _by(copilot.ask, "skill"), 250),
    },
    "gemini": {
        "agent": Kind(
            ".gemini/agents/TOKEN.md", r"^\.(gemini|claude)/agents/", _loader("gemini", "agent"), 250
        ),
        "skill": Kind(".gemini/skills/TOKEN/SKILL.md", _SKILLS, _loader("gemini", "skill"), 250),
    },
    "qwen": {
        "agent": Kind(".qwen/agents/TOKEN.md", r"^\.(qwen|claude)/agents/", _loader("qwen", "agent"), 250),
        "skill": Kind(".qwen/skills/TOKEN/SKILL.md", _SKILLS, _loader("qwen", "skill"), 250),
    },
}
