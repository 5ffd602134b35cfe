"""What names mean where a file stands, and what is asked for that: the pages beside this module.

``resolve <kind> <name>``, ``lookup <kind> <name>``, ``all <kind>`` and ``foreign <name>`` are answered by
definitions, each as ``<name> in <path> (<scope>)``; ``asks <question>`` by the queries that it makes.
A line ``opened: <folders>`` says which folders the editor has opened together.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import cases
import made
from agentls.workspace import View

if TYPE_CHECKING:
    from agentls.semantics.summary import Definition
    from agentls.workspace import ScopedView

_OPENED = "opened: "
_ALL = [
    case
    for page in sorted(Path(__file__).parent.glob("*.md"))
    for case in cases.parse(page.stem, page.read_text("utf-8"))
]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in _ALL])
def test_a_name_means(case: cases.Case):
    assert case.questions, "the case asks nothing"
    workspace = made.make({source.path: source.content for source in case.sources})
    for path, lines in case.questions:
        file = {**workspace.pages, **workspace.files}[made.locate(path)]
        answered = []
        for line in lines:
            if line.startswith(_OPENED):
                folders = line.removeprefix(_OPENED).split(", ")
                workspace.view.workspace.opened = tuple(map(made.locate, folders))
                answered.append(line)
                continue
            question = line.partition(" ->")[0]
            view = View(workspace.view.workspace).within(file.resolution_context)
            answered.append(f"{question} -> {_answer(view, question)}")
        if answered != lines:
            pytest.fail(f"in {path} the answers are\n" + "\n".join(answered), pytrace=False)


def _answer(view: ScopedView, question: str) -> str:
    verb, *about = question.split(" ")
    if verb == "asks":
        _answer(view, " ".join(about))
        return ", ".join(sorted(f"{kind} {name or '*'}" for kind, name in view.queries)) or "nothing"
    found = {
        "resolve": view.resolve,
        "lookup": view.lookup,
        "all": view.all,
        "foreign": view.foreign_skills,
    }[verb](*about)
    return ", ".join(map(_shown, found)) or "nothing"


def _shown(definition: Definition) -> str:
    return f"{definition.name} in {made.shown(definition.path)} ({definition.scope})"
