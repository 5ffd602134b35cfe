"""The descriptions of all agents of a project, which Claude Code puts into every conversation."""

from __future__ import annotations

import pytest

import made

_LENGTH = 800
_MOST = 15_000 * 4 // _LENGTH


def _agents(count: int, others: int = 0) -> dict[str, str]:
    names = [f".claude/agents/a{number:03}.md" for number in range(count)]
    names += [f"~/.claude/agents/u{number:03}.md" for number in range(others)]
    return {path: _agent(path, _LENGTH) for path in names}


def _agent(path: str, length: int) -> str:
    name = path.rpartition("/")[2].removesuffix(".md")
    return f"---\nname: {name}\ndescription: {('Reads the changes. ' * length)[: length - 1]}x\n---\nRead.\n"


def _found(files: dict[str, str]) -> dict[str, list[str]]:
    found = made.make(files).findings
    return {
        path: messages
        for path in files
        if (messages := [f.message for f in found[made.locate(path)] if "together" in f.message])
    }


@pytest.mark.parametrize(("own", "users"), [(_MOST, 0), (_MOST - 3, 3)])
def test_up_to_the_limit_nothing_is_said(own: int, users: int):
    assert _found(_agents(own, users)) == {}


@pytest.mark.parametrize(("own", "users"), [(_MOST + 1, 0), (_MOST - 2, 3)])
def test_above_the_limit_it_is_said_once(own: int, users: int):
    ((path, messages),) = _found(_agents(own, users)).items()
    assert path == ".claude/agents/a000.md"
    assert len(messages) == 1
    assert "about 15,200 tokens" in messages[0]


def test_it_is_said_at_the_longest():
    files = _agents(_MOST)
    longest = ".claude/agents/a007.md"
    files[longest] = _agent(longest, _LENGTH + 10)
    assert list(_found(files)) == [longest]
