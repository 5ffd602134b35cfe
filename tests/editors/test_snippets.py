"""The configurations for editors that are not driven here: they can be read, and they start the command."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from command_line import run

_EDITORS = Path(__file__).parents[2] / "editors"
_ARGUMENTS = ("agentls", "--stdio")


def test_the_server_takes_the_arguments():
    assert run(*_ARGUMENTS[1:]).stdout == ""


def test_helix():
    settings = tomllib.loads((_EDITORS / "helix" / "languages.toml").read_text())
    server = settings["language-server"]["agentls"]
    assert (server["command"], *server["args"]) == _ARGUMENTS
    (language,) = settings["language"]
    assert language["name"] == "markdown"
    assert "agentls" in language["language-servers"]


def test_emacs():
    text = (_EDITORS / "emacs" / "agentls.el").read_text()
    assert tuple(re.findall(r'"([^"]*)"', text)) == _ARGUMENTS
    code = re.sub(r";[^\n]*", "", text)
    assert code.count("(") == code.count(")")


def test_neovim():
    text = (_EDITORS / "neovim" / "lsp" / "agentls.lua").read_text()
    (command,) = re.findall(r"cmd = \{(.*)\}", text)
    assert tuple(re.findall(r"'([^']*)'", command)) == _ARGUMENTS
