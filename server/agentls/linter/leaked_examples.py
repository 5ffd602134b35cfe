"""Examples in a description whose lines became fields; two rules must agree on which fields those are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.syntax.nodes import Scalar

if TYPE_CHECKING:
    from agentls.semantics.file import File
    from agentls.syntax.document import Field


def leaked(file: File) -> list[Field]:
    """The fields behind the description that are the labels of a dialogue; two make a dialogue."""
    labels = file.dialect.example_labels
    fields = file.document.fields
    description = file.document.field("description")
    if description is None or not isinstance(description.value, Scalar):
        return []
    found: list[Field] = []
    for field in fields[fields.index(description) + 1 :]:
        if field.name.lower() not in labels or field.name in file.dialect.fields:
            break
        found.append(field)
    return found if len({field.name.lower() for field in found}) > 1 else []
