"""Another name for an argument that a file declares, where it is declared and wherever its text uses it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.findings import Change, Edit
from agentls.refactoring.new_names import NameRefusedError
from agentls.syntax.nodes import resolve

if TYPE_CHECKING:
    from agentls.semantics.declared_arguments import DeclaredArgument
    from agentls.semantics.file import File

_NAME = re.compile(r"[A-Za-z_][\w-]{0,63}", re.ASCII)


def rename_argument(file: File, argument: DeclaredArgument, new: str) -> Change:
    """The change; raises NameRefusedError for a name that the product would not take, or that is taken."""
    _check(file, argument, new)
    spans = sorted((*argument.declared, *argument.used))
    return Change({file.path: tuple(Edit(span, new) for span in spans)})


def _check(file: File, argument: DeclaredArgument, new: str) -> None:
    if new == argument.name:
        return
    if not _NAME.fullmatch(new):
        raise NameRefusedError(
            f"`{new}` is not a valid name for an argument: use letters, digits and underscores"
        )
    if not isinstance(resolve(new), str):
        raise NameRefusedError(f"`{new}` is not a valid name: YAML reads it as a number, true, false or null")
    if new in file.argument_names:
        raise NameRefusedError(f"an argument `{new}` is declared already")
    said = re.compile(rf"\$({re.escape(new)})(?![\[\w])", re.ASCII)
    if said.search(file.text.source, file.document.body.start, file.document.body.end):
        raise NameRefusedError(f"the text already says `${new}`, which would be replaced as well")
