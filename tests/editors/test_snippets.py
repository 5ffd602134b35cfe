"""The configurations of editors can be read, and start the command; and what is said about them is so."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

import agentls
import places
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
    code = re.sub(r";[^\n]*", "", text)
    assert code.count('("agentls" "--stdio")') == 2, "for Eglot and for lsp-mode"
    assert code.count("(") == code.count(")")


def test_neovim():
    text = (_EDITORS / "neovim" / "lsp" / "agentls.lua").read_text()
    (command,) = re.findall(r"cmd = \{(.*)\}", text)
    assert tuple(re.findall(r"'([^']*)'", command)) == _ARGUMENTS
    assert text == places.neovim(), "by hand: python tools/write_docs.py"


def test_kate():
    (server,) = loaded("kate", "settings.json")["servers"].items()
    assert server[0] == "markdown"
    assert tuple(server[1]["command"]) == _ARGUMENTS


def test_sublime_text():
    client = loaded("sublime", "LSP.sublime-settings")["clients"]["agentls"]
    assert tuple(client["command"]) == _ARGUMENTS
    assert client["enabled"] is True


def test_jetbrains():
    template = loaded("jetbrains", "template.json")
    for command in template["programArgs"].values():
        assert "agentls" in command
        assert "--stdio" in command
    assert template["fileTypeMappings"][0]["languageId"] == "markdown"


def test_coc():
    server = loaded("vim", "coc-settings.json")["languageserver"]["agentls"]
    assert (server["command"], *server["args"]) == _ARGUMENTS
    assert server["filetypes"] == ["markdown"]


def test_vim_lsp():
    text = (_EDITORS / "vim" / "vim-lsp.vim").read_text()
    assert "['agentls', '--stdio']" in text
    assert text.count("(") == text.count(")")


def test_zed():
    manifest = tomllib.loads((_EDITORS / "zed" / "extension.toml").read_text())
    cargo = tomllib.loads((_EDITORS / "zed" / "Cargo.toml").read_text())
    assert manifest["language_servers"]["agentls"]["languages"] == ["Markdown"]
    assert manifest["version"] == cargo["package"]["version"] == agentls.__version__
    assert _ARGUMENTS[1] in (_EDITORS / "zed" / cargo["lib"]["path"]).read_text()


def loaded(folder, name):
    return json.loads((_EDITORS / folder / name).read_text())


# --- what is said about them ---

_PAGE = (_EDITORS / "README.md").read_text(encoding="utf-8")
_MATRIX = _PAGE[_PAGE.index("\n## What works where") : _PAGE.index("\n## Commands")]
_TESTS = Path(__file__).parent


def _cells():
    """The cells of the tables, each with the test files that the head of its column names."""
    heads = []
    for line in _MATRIX.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            heads = []
            continue
        if set(line) <= set("|- "):
            continue
        files = [re.findall(r"\]\(\.\./tests/editors/(\w+\.py)\)", cell) for cell in cells]
        if any(files):
            heads = files
        elif heads:
            yield from ((cells[0], *pair) for pair in zip(heads[1:], cells[1:], strict=True))


def test_there_is_a_cell_for_each_editor_that_is_driven():
    driven = {path.name for path in _TESTS.glob("test_*.py")} - {
        "test_snippets.py",
        "test_published_schemas.py",
        # No editors: a page in a browser, and a plugin for agents that write agents.
        "test_playground.py",
        "test_claude_code.py",
    }
    assert driven <= {name for _, files, _ in _cells() for name in files} | {
        "test_vscode.py",
        "test_vscode_package.py",
    }


@pytest.mark.parametrize(("feature", "files", "cell"), list(_cells()))
def test_a_cell_names_tests_that_exist_or_says_that_there_is_none(feature, files, cell):
    named = re.findall(r"`(test_\w+)`", cell)
    assert named or cell in _UNPROVEN, feature
    for name in named:
        assert any(f"def {name}(" in (_TESTS / file).read_text(encoding="utf-8") for file in files), name


_UNPROVEN = {"no", "not tested", "see below", "off"}


@pytest.mark.parametrize("folder", sorted(path.name for path in _EDITORS.iterdir() if path.is_dir()))
def test_each_folder_is_told_of(folder):
    assert f"({folder}/" in _PAGE
