"""Text damaged by a wrong decoding of UTF-8, and what it was. It guesses no encoding: it reports proofs."""

from agentls.mojibake.plausible import is_east_asian, is_plausible, is_typography
from agentls.mojibake.search import Run, damage, find
from agentls.mojibake.tables import misread, title

__all__ = ["Run", "damage", "find", "is_east_asian", "is_plausible", "is_typography", "misread", "title"]
