"""Agents that a text tells the model to start: ``Agent(subagent_type: "reviewer")``, in prose and in code."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from agentls.semantics.file_references import Reference
from agentls.text.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.syntax.document import Document

# The name of the argument may have quotes, as in JSON, and so may the value.
_VALUE = (
    r"""["'`]?[ \t]{0,9}[:=][ \t]{0,9}(?P<quote>["'`]?)"""
    r"(?P<name>[^\W_](?:[\w:-]{0,254}\w)?)(?P=quote)(?![\w:<{*-])"
)


def agent_calls(document: Document, argument: str) -> Iterator[Reference]:
    """The agents behind the ``argument``, in the order of the text; code is read by the model as well."""
    source, body = document.text.source, document.body
    for match in _call(argument).finditer(source, body.start, body.end):
        yield Reference("agent", match["name"], Span(*match.span("name")))


@cache
def _call(argument: str) -> re.Pattern[str]:
    return re.compile(re.escape(argument) + _VALUE)
