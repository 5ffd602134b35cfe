"""Expected answers are those of ``new RegExp(pattern)`` in Node."""

import time

import pytest

from agentls.text.js_regex import JsRegex, compiled

NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"


@pytest.mark.parametrize(
    "pattern",
    [
        *("Bash(", "*.py", "[z-a]", "a{2,1}", "(?i)x", "a**", "x)", "a{2}{3}", "^*", r"\b+", "{2}", "(?<n>a"),
        *("+", "|*", "(*)", "a\\", "[a", "[a\\", "(?<=a)*", "(?<1>a)"),
    ],
)
def test_does_not_compile(pattern: str) -> None:
    assert JsRegex(pattern).error


@pytest.mark.parametrize(
    "pattern", ["", "a|", "{", "a{,3}", "]", "(?=a)*", "[]", "[^]", "[a-]", r"\d{2}", "(?:a)+?", "(?<n>a)"]
)
def test_compiles(pattern: str) -> None:
    assert not JsRegex(pattern).error


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("Ba", "Bash", True),
        ("^ash", "Bash", False),
        ("ash$", "Bash", True),
        ("^(Edit|Write)$", "Write", True),
        ("^(Edit|Write)$", "WriteX", False),
        ("mcp__.*__write.*", "mcp__notes__write_page", True),
        ("[^a-z]ash", "Bash", True),
        (r"\w{4}$", "Bash", True),
        (r"\w{5,}", "Bash", False),
        (r"a{2,3}b", "aaab", True),
        (r"^a{2,3}b", "aaaab", False),
        (r"\bBash\b", "a Bash b", True),
        (r"\bBash\b", "aBash", False),
        (r"\u0042ash|\x45", "Bash", True),
        ("[^]", "a", True),
        ("[]", "a", False),
        (".", "\n", False),
        ("(?:a|b)?c", "c", True),
    ],
)
def test_finds(pattern: str, text: str, expected: bool) -> None:  # noqa: FBT001
    assert JsRegex(pattern).finds(text) is expected


def test_what_is_not_followed_says_nothing() -> None:
    for pattern in ("(?=a)a", r"(a)\1", "(?<!x)a", "a{9999}"):
        assert not JsRegex(pattern).error
        assert JsRegex(pattern).finds("a") is None
        assert JsRegex(pattern).can_find_behind("x", NAMES)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        *(("find", True), ("^Bash$", False), ("Bash(git )", False), ("^mcp__.*", True), ("^mcp_x", False)),
        *(("a|b", True), ("(git *)x", True), ("^(a|mcp__n__b)$", True), ("x$", True)),
    ],
)
def test_may_match_behind_a_beginning(pattern: str, expected: bool) -> None:  # noqa: FBT001
    assert JsRegex(pattern).can_find_behind("mcp__", NAMES) is expected


def test_hostile_patterns_take_no_time() -> None:
    start = time.perf_counter()
    assert JsRegex("(a*)*(a*)*b").finds("a" * 500) is False
    assert not compiled("(" * 5000 + ")" * 5000).error
    JsRegex("((((a{99}){99}){99}){99})").finds("a")
    JsRegex("|".join("ab" * 20 for _ in range(500))).finds("a" * 50)
    assert time.perf_counter() - start < 2
