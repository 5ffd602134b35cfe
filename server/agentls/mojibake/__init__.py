"""Text damaged by a wrong decoding of UTF-8, and what it was. It guesses no encoding: it reports proofs."""

from agentls.mojibake.search import Run, damage, find

__all__ = ["Run", "damage", "find"]
