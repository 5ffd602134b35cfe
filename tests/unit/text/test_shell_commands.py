"""The simple commands of a line: where each begins and ends, what is written, what nobody knows before."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentls.text.shell_commands import shell_commands


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("git status --short", ["git status --short"]),
        ("ls | head -5 && pwd; id || true", ["ls", "head -5", "pwd", "id", "true"]),
        ("ls &\nwait", ["ls", "wait"]),
        ("echo 'a | b' \"c; d\" e\\;f", ["echo 'a | b' \"c; d\" e\\;f"]),
        ("ls # no | command\npwd", ["ls", "pwd"]),
        ("make  x", ["make  x"]),
        ("make 2>/dev/null x", ["make x"]),
        ('awk "{ print \\"|\\" }"', ['awk "{ print \\"|\\" }"']),
        ("FOO=1 make", ["FOO=1 make"]),
    ],
)
def test_commands_end_where_the_shell_ends_them(line: str, texts: list[str]):
    found = shell_commands(line)
    assert found is not None
    assert [one.text for one in found] == texts


@pytest.mark.parametrize("line", ["(ls)", "don't", "for f in a; do ls; done", "if true; then ls; fi", "! ls"])
def test_what_is_no_list_of_commands_is_not_understood(line: str):
    assert shell_commands(line) is None


@pytest.mark.parametrize(
    ("line", "targets"),
    [
        ("ls > a", ("a",)),
        ("ls >>a 2>&1", ("a",)),
        ("ls 2>/dev/null", ("/dev/null",)),
        ("ls &> 'b c'", ("b c",)),
        ("sort < a", ()),
        ("ls 2>&-", ()),
    ],
)
def test_files_that_are_written(line: str, targets: tuple[str, ...]):
    (found,) = shell_commands(line) or ()
    assert found.writes_to == targets


@pytest.mark.parametrize(
    ("line", "variables", "is_nested"),
    [
        ("echo $HOME", {"HOME"}, False),
        ("echo '$HOME'", set(), False),
        ('echo "${HOME}/$X" $1', {"HOME", "X", "1"}, False),
        ("echo $(date)", set(), True),
        ("echo `date`", set(), True),
        ("echo 5$", set(), False),
    ],
)
def test_what_is_not_known_before(line: str, variables: set[str], *, is_nested: bool):
    (found,) = shell_commands(line) or ()
    assert (found.variables, found.is_nested) == (variables, is_nested)


@given(st.text(alphabet="a '\"\\$()`|;&<>\n#{}=", max_size=40))
def test_anything_is_read(line: str):
    for one in shell_commands(line) or ():
        assert len(one.text) <= len(line)


@pytest.mark.parametrize("piece", ['"', "'", "\\", '\\"', '"\\\\"', "$(", "`", ">", "a ", "|", "#", "& "])
def test_time_grows_with_size(piece: str):
    def seconds(times: int) -> float:
        start = time.process_time()
        shell_commands(piece * times)
        return time.process_time() - start

    seconds(100)
    small, large = min(seconds(2_000) for _ in range(3)), min(seconds(16_000) for _ in range(3))
    assert large < 8 * small * 4 + 0.05
