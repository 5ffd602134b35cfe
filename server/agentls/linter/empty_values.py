"""What a product does about a field without a value; the rules about missing fields ask here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.products.effects import invalid_effect

if TYPE_CHECKING:
    from agentls.products import Effect
    from agentls.semantics.file import File


def effect_of(file: File, name: str, missing: Effect) -> Effect:
    """The graver of two: nothing where a value of some type must be, and a field that is ``missing``."""
    for error in file.dialect.errors({name: file.values[name]}):
        invalid = invalid_effect(error.invalid, file.scope).effect(missing.cause)
        if invalid and invalid.severity < missing.severity:
            return invalid
    return missing
