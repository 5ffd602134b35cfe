"""Whether one restoration is certain, possible or refused. It sees one piece of text; what supports it elsewhere is for search."""

from enum import IntEnum
from functools import lru_cache

from agentls.mojibake.everyday import is_everyday
from agentls.mojibake.kinds import is_common_han, kind
from agentls.mojibake.oddness import is_foreign, is_latin, may_end_word, oddness, same_script


class Verdict(IntEnum):
    REFUSED = 0
    POSSIBLE = 1
    CERTAIN = 2


_QUOTE_PAIRS = frozenset(("“”", "‘’", "«»", "»«", "„“", "„”", "‚‘", "‚’", "””", "’’", "‹›", "›‹", "“’"))
# What the leads of Latin-1 letters and signs turn into. None of them begins a word, or stands alone, in
# any real text that goes on with the second half of such a pair.
_LATIN_LEADS = frozenset("ÃÂ├┬Ă")


@lru_cache(maxsize=8192)
def judge(before: str, damaged: str, after: str, original: str) -> Verdict:
    """`before` and `after` are up to two characters next to the damage."""
    within_word = damaged[0] == "√" and len(after) > 1 and after.isascii() and after.islower()
    before, after = before[-1:], after[:1]
    kinds = {kind(char) for char in original}
    if None in kinds:
        return Verdict.REFUSED
    # A letter between quotation marks is being quoted.
    if before + damaged[1:2] in _QUOTE_PAIRS:
        return Verdict.REFUSED
    # A root sign within a word is no root.
    odd = oddness(before, damaged, after) + 2 * within_word
    # Inside a word of its own alphabet a stretch of letters is most likely just that.
    if (same_script(before, damaged[0]) or same_script(damaged[-1], after)) and odd < 6:
        return Verdict.REFUSED
    verdict = _of_kinds(before, damaged, after, original, kinds - {"symbol"}, odd)
    # Damage comes in whole islands; tables of characters and ornaments do not.
    if is_foreign(before) or is_foreign(after):
        return min(verdict, Verdict.POSSIBLE)
    return verdict


def _of_kinds(
    before: str, damaged: str, after: str, original: str, scripts: set[str | None], odd: int
) -> Verdict:
    if scripts == {"mark"} and not before.isalpha():
        return Verdict.REFUSED
    scripts = scripts - {"mark"}
    if not scripts:
        return _symbols(before, damaged, original, odd)
    if len(scripts - {"kana", "han"}) + bool(scripts & {"kana", "han"}) > 1:
        return Verdict.REFUSED
    return _letters(before, damaged, after, original, scripts, odd)


def _symbols(before: str, damaged: str, original: str, odd: int) -> Verdict:
    if any(ord(char) >= 0x1F000 for char in original):
        return Verdict.CERTAIN
    if not before.isalpha() and (is_everyday(original[0]) or damaged[0] in _LATIN_LEADS):
        odd += 1
    return Verdict.CERTAIN if odd else Verdict.POSSIBLE


def _letters(
    before: str, damaged: str, after: str, original: str, scripts: set[str | None], odd: int
) -> Verdict:
    count = sum(kind(char) in scripts for char in original)
    if scripts == {"latin"}:
        if damaged[0] in _LATIN_LEADS and original[0] <= "\xff":
            begins_word = not before.isalpha() and (after.isalpha() or not may_end_word(damaged[1]))
            return Verdict.CERTAIN if odd + begins_word else Verdict.POSSIBLE
        return Verdict.CERTAIN if odd > 1 else Verdict.POSSIBLE
    if not before.isalpha() and all(map(_stands_alone, original)):
        odd += 1
    if count > 1 and odd > 1:
        return Verdict.CERTAIN
    if count == 1 and _stands_alone(original[0]) and odd > (scripts != {"greek"} or not is_latin(damaged[0])):
        return Verdict.CERTAIN
    if scripts == {"kana"} and odd:
        return Verdict.CERTAIN
    return Verdict.POSSIBLE


def _stands_alone(char: str) -> bool:
    """Letters that are met singly in running text."""
    return is_common_han(char) or is_everyday(char)
