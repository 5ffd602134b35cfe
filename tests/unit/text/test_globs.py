"""Wildcards: the same answers as the ways in which products match them, in time that grows with the text."""

from __future__ import annotations

import re
import time
from fnmatch import fnmatchcase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.text import globs

_TEXTS = st.text("ab *?/", max_size=8)
_PATTERNS = st.text("ab*?/ ", max_size=7)


def as_a_regular_expression(pattern: str, text: str) -> bool:
    """As opencode does it: every character is itself but for the two wildcards, which know no folders."""
    escaped = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(escaped, text, re.DOTALL) is not None


@given(pattern=_PATTERNS, text=_TEXTS)
def test_matches_like_the_regular_expression_of_the_product(pattern: str, text: str):
    assert globs.matches(pattern, text) == as_a_regular_expression(pattern, text)


@given(pattern=_PATTERNS, text=_TEXTS)
def test_matches_like_fnmatch_where_there_are_no_brackets(pattern: str, text: str):
    assert globs.matches(pattern, text) == fnmatchcase(text, pattern)


@given(wider=_PATTERNS, narrower=_PATTERNS, text=_TEXTS)
def test_what_covers_matches_all_that_the_other_one_matches(wider: str, narrower: str, text: str):
    if globs.covers(wider, narrower) and globs.matches(narrower, text):
        assert globs.matches(wider, text)


@given(pattern=_PATTERNS)
def test_everything_covers_all_and_each_covers_itself(pattern: str):
    assert globs.covers("*", pattern)
    assert globs.covers("**", pattern)
    assert globs.covers(pattern, pattern)
    assert globs.covers("*" + pattern, pattern)
    assert globs.covers(pattern.replace("?", "*"), pattern)


@pytest.mark.parametrize(
    ("wider", "narrower"), [("a*", "*a"), ("?", "*"), ("a", "a*"), ("a*", ""), ("git *", "git"), ("?a", "*a")]
)
def test_what_does_not_cover(wider: str, narrower: str):
    assert not globs.covers(wider, narrower)


def test_a_literal_pattern_is_no_wildcard():
    assert not globs.has_wildcard("git push")
    assert globs.has_wildcard("git *")
    assert globs.has_wildcard("w?")


@pytest.mark.parametrize("pattern", ["*a" * 40, "*" * 10_000, "?*" * 500 + "b", "a*" * 2_000 + "?"])
def test_hostile_patterns_are_answered_at_once(pattern: str):
    start = time.perf_counter()
    for _ in range(10):
        globs.matches(pattern, "a" * 2_000)
        globs.covers(pattern, "a*" * 1_000)
    assert time.perf_counter() - start < 1


_PATH_PATTERNS = st.lists(st.sampled_from(["a", "b", "/", "*", "**", "**/", "?"]), max_size=8).map("".join)


@given(_PATH_PATTERNS, st.text("ab/", max_size=8))
def test_globs_of_paths_match_as_their_regular_expressions_do(pattern: str, path: str):
    meanings = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", pattern)
    expression = "".join(meanings.get(piece, re.escape(piece)) for piece in pieces)
    assert globs.matches_path(pattern, path) == (re.fullmatch(expression, path) is not None)


def test_no_glob_of_paths_takes_long():
    assert not globs.matches_path("**a" * 3_000 + "b", "a" * 255)
    assert not globs.matches_path("**/*" * 2_000 + "b", "a/" * 120)
