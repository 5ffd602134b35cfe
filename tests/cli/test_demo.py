"""``agentls demo``: a true story, told in the same words every time."""

from __future__ import annotations

import sys

import pytest

import picture
from agentls.cli.demo.client import DemoClient, ServerError
from agentls.cli.output.paint import COLORED
from command_line import on_terminal, posix_only

_HOW_TO_RENEW = "`python tools/write_docs.py` takes a new picture; look at the difference before you keep it"


@pytest.fixture(scope="module")
def printed():
    return picture.demo()


def test_the_demo_prints_what_it_printed_before(printed):
    assert printed == picture.GOLDEN.read_text(encoding="utf-8"), _HOW_TO_RENEW


def test_readme_shows_a_part_of_the_demo(printed):
    readme = picture.README.read_text(encoding="utf-8")
    assert picture.shown_in(readme) == picture.excerpt(printed), _HOW_TO_RENEW


def test_every_damaged_file_of_the_demo_is_repaired(printed):
    assert "Nothing is left to fix.\n" in printed
    assert "by: nothing" not in printed


def test_the_demo_fits_its_page(printed):
    lines = printed.splitlines()
    assert max(map(len, lines)) <= 96
    assert not [line for line in lines if line != line.rstrip()]
    assert "\n\n\n" not in printed


@posix_only
def test_on_a_terminal_the_demo_is_the_same_in_colour(printed):
    code, output = on_terminal("demo", columns=120)
    assert code == 0
    plain = output.replace("\x1b[0m", "")
    for style in COLORED.codes.values():
        plain = plain.replace(f"\x1b[{style}m", "")
    assert plain != output
    assert plain == printed


# When the server fails


def server(code):
    return [sys.executable, "-c", code]


def test_a_server_that_ends_is_told(tmp_path):
    with (
        DemoClient(server("import sys; sys.stdin.buffer.readline()"), str(tmp_path), {}) as client,
        pytest.raises(ServerError, match="ended"),
    ):
        client.request("initialize", {})


def test_a_server_that_keeps_silent_is_told_and_does_not_outlive_the_demo(tmp_path):
    with (
        DemoClient(server("import time; time.sleep(60)"), str(tmp_path), {}) as client,
        pytest.raises(ServerError, match="no answer to initialize"),
    ):
        client.request("initialize", {}, timeout=0.2)
    assert client._process.returncode is not None  # noqa: SLF001  the only trace that a process leaves
