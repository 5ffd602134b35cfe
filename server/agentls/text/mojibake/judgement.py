"""Whether one restoration is certain, possible or refused. It sees one place and no support for it."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from agentls.text.mojibake.everyday import is_everyday, is_picture
from agentls.text.mojibake.kinds import is_common_han, kind
from agentls.text.mojibake.oddness import (
    are_of_one_alphabet,
    is_foreign,
    is_formula,
    is_latin,
    is_romanian,
    may_end_word,
    oddness,
)


class Certainty(IntEnum):
    REFUSED = 0
    POSSIBLE = 1  # good enough where the same codec is certain
    CERTAIN = 2


class _Case(NamedTuple):
    before: str  # the character next to the damage, or ""
    damaged: str
    after: str
    original: str
    odd: int

    @property
    def begins(self) -> bool:
        return not self.before.isalpha()


_QUOTE_PAIRS = frozenset(("“”", "‘’", "«»", "»«", "„“", "„”", "‚‘", "‚’", "””", "’’", "‹›", "›‹", "“’"))
# What the leads of Latin-1 letters and signs turn into. None of them begins a word, or stands alone, in
# any real text that goes on with the second half of such a pair.
_LATIN_LEADS = frozenset("ÃÂ├┬Ă")
# In a word of its own alphabet, a stretch that is not odder than this is a part of the word.
_ODD_IN_WORD = 6
# As odd as another alphabet is between two Latin letters.
_ODD_WITHIN_LATIN = 4
_WORD_START = re.compile("[a-z]{2}")
# Lines that are drawn below and beside others.
_LINES = frozenset("│┤┐║╣╗╝╡")
# Lines with an end, as in `A─┐B`; the letters they may stand for, as `Ŀ`, are of hardly any language.
_DRAWN = frozenset(("─│", "─┤", "─┐"))
_EAST_ASIAN = frozenset(("kana", "han"))


@lru_cache(maxsize=8192)
def judge(before: str, damaged: str, after: str, original: str) -> Certainty:
    """`before` and `after` are up to two characters next to the damage."""
    kinds = {kind(char) for char in original}
    # A letter between quotation marks is being quoted.
    if None in kinds or before[-1:] + damaged[1:2] in _QUOTE_PAIRS:
        return Certainty.REFUSED
    odd = oddness(before[-1:], damaged, after[:1])
    # A root sign within a word is no root.
    if damaged[0] == "√" and _WORD_START.fullmatch(after):
        odd += _ODD_IN_WORD
    case = _Case(before[-1:], damaged, after[:1], original, odd)
    if _is_within_word(case) and odd < _ODD_IN_WORD:
        return Certainty.REFUSED
    verdict = _by_kind(case, kinds - {"symbol"})
    if is_formula(damaged) and odd < _ODD_IN_WORD:
        return min(verdict, Certainty.POSSIBLE)
    # Words of letters without case, as in Thai, stand beside Latin ones without a space, but not within them.
    is_caseless = damaged.isalpha() and damaged.upper() == damaged.lower()
    if is_caseless and odd < _ODD_WITHIN_LATIN and not any(map(is_picture, original)):
        return min(verdict, Certainty.POSSIBLE)
    # Damage comes in whole islands; tables of characters and ornaments do not.
    if is_foreign(case.before) or is_foreign(case.after):
        return min(verdict, Certainty.POSSIBLE)
    return verdict


def _is_within_word(case: _Case) -> bool:
    return are_of_one_alphabet(case.before, case.damaged[0]) or are_of_one_alphabet(
        case.damaged[-1], case.after
    )


def _by_kind(case: _Case, kinds: set[str | None]) -> Certainty:
    alphabets = kinds - {"mark"}
    # A mark needs a letter to stand on.
    if "mark" in kinds and not alphabets and case.begins:
        return Certainty.REFUSED
    if len(alphabets) > 1 and not alphabets <= _EAST_ASIAN:
        return Certainty.REFUSED
    if not alphabets:
        return _signs(case)
    if alphabets == {"latin"}:
        return _latin(case)
    return _letters(case, alphabets)


def _signs(case: _Case) -> Certainty:
    if any(map(is_picture, case.original)):
        return Certainty.CERTAIN
    stands_alone = case.begins and (is_everyday(case.original[0]) or case.damaged[0] in _LATIN_LEADS)
    # A word of another alphabet stands alone by right, and so does a drawing.
    is_word = case.damaged.isalpha() and not is_latin(case.damaged[0])
    stands_alone = stands_alone and not is_word and case.damaged[1] not in _LINES
    return Certainty.CERTAIN if case.odd + stands_alone else Certainty.POSSIBLE


def _latin(case: _Case) -> Certainty:
    if case.damaged in _DRAWN:
        return Certainty.POSSIBLE
    if case.damaged[0] in _LATIN_LEADS and case.original[0] <= "\xff":
        begins_word = case.begins and (case.after.isalpha() or not may_end_word(case.damaged[1]))
        begins_word = begins_word and not is_romanian(case.damaged[:2])
        return Certainty.CERTAIN if case.odd + begins_word else Certainty.POSSIBLE
    return Certainty.CERTAIN if case.odd > 1 else Certainty.POSSIBLE


def _letters(case: _Case, alphabets: set[str | None]) -> Certainty:
    if alphabets == {"kana"} and case.odd:
        return Certainty.CERTAIN
    are_met_singly = all(map(_is_met_singly, case.original))
    odd = case.odd + (case.begins and are_met_singly)
    is_single = sum(kind(char) in alphabets for char in case.original) == 1
    if not is_single or (are_met_singly and alphabets != {"greek"}):
        return Certainty.CERTAIN if odd > 1 else Certainty.POSSIBLE
    # Single Greek letters are formulas; the damage has to be in Latin letters to be told from those.
    if are_met_singly and odd > (not is_latin(case.damaged[0])):
        return Certainty.CERTAIN
    return Certainty.POSSIBLE


def _is_met_singly(char: str) -> bool:
    return is_common_han(char) or is_everyday(char)
