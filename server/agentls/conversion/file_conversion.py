"""The same agent or skill for another product, and what gets lost on the way.

Nothing is lost in silence: what the other product cannot say, or says in another way, is a ``Loss``.
``field_conversion`` goes through the fields, ``tools`` and ``powers`` through what an agent may use;
``losses`` says what is lost.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from agentls.conversion.field_conversion import convert_fields
from agentls.conversion.losses import Loss
from agentls.explain import loading
from agentls.explain.loading import LoadState
from agentls.products import configuration, load
from agentls.refactoring import new_files
from agentls.refactoring.new_files import Destination
from agentls.syntax.writing import render
from agentls.text.similar_words import without_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.products import Dialect
    from agentls.semantics.file import File
    from agentls.workspace import Context

__all__ = [
    "Conversion",
    "ConversionRefusedError",
    "Loss",
    "convert_file",
    "path_below",
    "target_named",
    "targets",
]


class ConversionRefusedError(Exception):
    """Why something is not converted, in words for the user."""


class Conversion(NamedTuple):
    """A new file for ``dialect``; ``path`` is where its product looks for it."""

    dialect: Dialect
    name: str
    path: str
    text: str
    losses: tuple[Loss, ...]


def targets(file: File) -> Iterator[Dialect]:
    """What the file can be converted to."""
    tables = load().conversions
    for dialect in load().dialects.values() if tables.knows(file.dialect.name) else ():
        is_other = dialect.name != file.dialect.name
        if is_other and dialect.kind == file.dialect.kind and tables.knows(dialect.name):
            yield dialect


def target_named(file: File, product: str) -> Dialect | None:
    """The target of that name; a word of the name that no other has is enough, in any letter case."""
    found = list(targets(file))
    wanted = without_style(product)
    same = [dialect for dialect in found if without_style(dialect.product) == wanted]
    alike = [dialect for dialect in found if wanted in map(without_style, dialect.product.split())]
    return next((dialects[0] for dialects in (same, alike) if len(dialects) == 1), None)


def convert_file(context: Context, target: Dialect) -> Conversion:
    """The file as the target's product would have it.

    Raises ConversionRefusedError where the file's own product does not read it.
    """
    file = context.file
    found = loading.outcome(context)
    if found.state is LoadState.SKIPPED:
        reasons = (found.note, *(finding.message for finding in found.reasons))
        reason = next(filter(None, reasons), "")
        raise ConversionRefusedError(
            f"{file.dialect.product} does not load this file, so fix it first. {reason}"
        )
    new = convert_fields(file, target)
    text = render(target.format, new.values, new.body)
    if text is None:
        raise ConversionRefusedError(f"it cannot be written so that {target.product} reads it correctly")
    losses = sorted(new.losses, key=lambda loss: loss.span)
    return Conversion(target, new.name, _path(file, target, new.name), text, tuple(losses))


def _path(file: File, target: Dialect, name: str) -> str:
    root = file.identity.root
    if file.scope != "user":
        return path_below(root, target, name)
    home = configuration.home_of_root(file.dialect.product, root)
    place = Destination(target.product, "user", configuration.root_of_user(target.product, home))
    return new_files.path_of(target, name, place) or path_below(home, target, name)


def path_below(folder: str, target: Dialect, name: str) -> str:
    """Where a file of that name belongs in a project."""
    path = new_files.path_of(target, name, Destination(target.product, "project", folder))
    return path or os.path.join(folder, f"{name}.md")
