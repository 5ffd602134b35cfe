"""Arguments, split as Claude Code 2.1.332 was seen to split what is typed behind a command."""

from __future__ import annotations

import pytest

from agentls.text.shell_words import first_command


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("aa bb", ["aa", "bb"]),
        ("'a b' c\\ d e=\"f g\" $HOME *", ["a b", "c d", "e=f g", "*"]),
        ("don't stop now", ["don't stop now"]),
        ('"a b', ['"a b']),
        ("a; b c", ["a"]),
        ("a && b", ["a"]),
        ("a > b c", ["a"]),
        ("a # b", ["a"]),
        ("a\nb", ["a"]),
        ("FOO=1 a b", ["a", "b"]),
        ("(x) b", ["x"]),
        ("fix bug (urgent) now", ["fix", "bug", "now"]),
        ("[x] y?", ["y?"]),
        ("<b> c", ["<b>", "c"]),
        ("$(date) b", ["$(date)", "b"]),
        ("$ARGUMENTS b", ["$ARGUMENTS", "b"]),
        ("it's a'b c", ["its ab", "c"]),
        ('a ""  b', ["a", "", "b"]),
        ("", []),
    ],
)
def test_words(typed: str, words: list[str]):
    assert first_command(typed) == words
