"""Whether a field counts in a file, as its scope and the other fields decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agentls.products import FieldSpec
    from agentls.semantics.file import File


def is_ignored(file: File, spec: FieldSpec) -> bool:
    """Whether the product never reads the field in such a file."""
    return file.scope in spec.ignored_in or _is_for_another(file, spec)


def _is_for_another(file: File, spec: FieldSpec) -> bool:
    """Whether another field says that the file is for a place that does not read this one."""
    for name, place in spec.only_for.items():
        chosen = file.document.string(name)
        if chosen and chosen != place:
            return True
    return False


def unmet(file: File, spec: FieldSpec) -> tuple[str, str] | None:
    """The other field and the value without which this one does nothing; None where all are there."""
    for name, value in spec.requires.items():
        if file.values.get(name) != value:
            return name, value
    return None
