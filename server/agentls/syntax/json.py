"""JSON and JSONC to a ``Document``; never raises, whatever the text.

What strict JSON does not allow is a ``Problem``, comments and commas behind the last entry included; how much
of that a product tolerates is said by the format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.syntax.document import Document, Problem
from agentls.syntax.json_parser import Wanted, parse
from agentls.syntax.nodes import Mapping
from agentls.text.source import Span

if TYPE_CHECKING:
    from agentls.syntax.formats import Format
    from agentls.text.source import Text


def read(form: Format, text: Text, wanted: Wanted | None = None) -> Document:
    """A file whose fields are those of one object; ``form`` says which problems its products get over.

    ``wanted``: objects and lists that are of interest, by the keys that lead to them (``*`` for any key and
    any item); all others are empty in the tree, and are not checked either. None for all.
    """
    root, found = parse(text.source, wanted)
    whole = Span(0, len(text.source))
    if not isinstance(root, Mapping):
        if root is not None:
            found.append(Problem("not-an-object", root.span, root.span, "an object in braces is expected"))
        root = Mapping(whole, (), flow=True)
    problems = tuple(
        problem._replace(is_recoverable=True) if problem.kind in form.tolerates else problem
        for problem in found
    )
    is_recovered = all(problem.is_recoverable for problem in problems)
    body = Span(whole.end, whole.end)
    return Document(
        text,
        body=body,
        opening=Span(0, 0),
        content=whole,
        closing=None,
        root=root,
        problems=problems,
        is_recovered=is_recovered,
    )
