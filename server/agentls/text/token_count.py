"""What a text costs a model, roughly."""

from __future__ import annotations

# What a model reads as one token, on the average of English prose.
_CHARACTERS_PER_TOKEN = 4


def estimate(characters: int) -> int:
    """An estimate, and to be called one."""
    return characters // _CHARACTERS_PER_TOKEN
