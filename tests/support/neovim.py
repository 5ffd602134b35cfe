"""A real Neovim without a window, with nothing of its user's; another Neovim asks it questions and types."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from patience import PATIENCE, until

PLUGIN = Path(__file__).parents[2] / "editors" / "neovim"


def program() -> str:
    """The path of Neovim: the one beside this Python, else the one on PATH; empty if there is none."""
    return shutil.which("nvim", path=os.path.dirname(sys.executable)) or shutil.which("nvim") or ""


def version(path: str) -> tuple[int, ...]:
    done = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=PATIENCE, check=True)
    words = done.stdout.split("\n", 1)[0].removeprefix("NVIM v")
    return tuple(int(number) for number in words.split("-")[0].split("+")[0].split("."))


class Neovim:
    """What a person does in an editor; every question is asked until it has an answer."""

    def __init__(self, socket: str) -> None:
        self._program = program()
        self._socket = socket
        self._process = subprocess.Popen(
            [self._program, "--headless", "--clean", "-n", "--listen", socket],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        # The socket is there a moment before anybody answers.
        until(lambda: self._ask("--remote-expr", "1").returncode == 0, "Neovim answers")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            # A moment later, so that this very question is still answered.
            self.lua("vim.defer_fn(function() vim.cmd('qa!') end, 50)")
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()

    def _ask(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [self._program, "--headless", "--clean", "--server", self._socket, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )

    def _remote(self, *arguments: str) -> str:
        done = self._ask(*arguments)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode() or done.stderr.decode()

    def lua(self, code: str, *arguments: Any) -> Any:
        """What a piece of Lua returns; ``...`` in it are the arguments."""
        function = _quoted(f"(function(...) {' '.join(code.split())} end)(unpack(_A))")
        values = _quoted(json.dumps(arguments))
        return json.loads(
            self._remote("--remote-expr", f"json_encode(luaeval({function}, json_decode({values})))")
        )

    def until(self, code: str, *arguments: Any) -> Any:
        """The first answer that is neither nil nor false."""

        def what() -> str:
            said = self.lua("return vim.fn.execute('messages')")
            found = self.lua("return vim.inspect(vim.diagnostic.get(0))")
            return f"an answer of Neovim to\n{code}\nIt says: {said}\nIt has: {found}"

        return until(lambda: self.lua(code, *arguments), what)

    def command(self, command: str) -> None:
        self.lua("vim.cmd(...)", command)

    def type(self, keys: str) -> None:
        self._remote("--remote-send", keys)

    def go_to(self, text: str) -> None:
        """Put the cursor on the first occurrence of a text."""
        found = self.lua("vim.fn.cursor(1, 1); return vim.fn.search(..., 'cW')", rf"\V{text}")
        assert found, f"there is no {text!r}"

    def findings(self, count: int) -> list[tuple[str, str]]:
        """The rule and the marked text of each finding, once there are so many."""
        self.until("return #vim.diagnostic.get(0) == ...", count)
        found = self.lua("""
            return vim.tbl_map(function(item)
                local from, to = {item.lnum, item.col}, {item.end_lnum, item.end_col}
                local text = vim.api.nvim_buf_get_text(0, from[1], from[2], to[1], to[2], {})
                return {from, item.code, text[1], item.source}
            end, vim.diagnostic.get(0))
        """)
        assert {source for _, _, _, source in found} <= {"agentls"}
        return [(code, text) for _, code, text, _ in sorted(found)]

    def complete(self, typed: str) -> list[str]:
        """The words in the menu after something was typed behind the word under the cursor."""
        self.type(f"ea{typed}<C-x><C-o>")
        words = self.until("""
            if vim.fn.pumvisible() == 0 then return nil end
            return vim.tbl_map(function(item) return item.word end, vim.fn.complete_info({'items'}).items)
        """)
        self.type("<Esc>u")
        return words

    def hover(self) -> str:
        """What is said about the word under the cursor."""
        self.lua("vim.lsp.buf.hover()")
        return self.floating()

    def floating(self) -> str:
        """The text of the window that floats over the others."""
        return self.until("""
            for _, window in ipairs(vim.api.nvim_list_wins()) do
                if vim.api.nvim_win_get_config(window).relative ~= '' then
                    local buffer = vim.api.nvim_win_get_buf(window)
                    return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\\n')
                end
            end
        """)

    def definition(self) -> tuple[str, str]:
        """The path where the word under the cursor leads, and the text from the cursor there."""
        before = self.lua("return vim.fn.expand('%:p')")
        self.lua("vim.lsp.buf.definition()")
        path = self.until("local p = vim.fn.expand('%:p'); return p ~= ... and p or nil", before)
        return path, self.lua("return vim.fn.getline('.'):sub(vim.fn.col('.'))")

    def repair(self, title: str) -> None:
        """Apply the action of that title, as it would be chosen from the menu."""
        self.lua(
            """
            local title = ...
            vim.lsp.buf.code_action({
                apply = true,
                filter = function(action) return action.title == title end,
            })
            """,
            title,
        )


def _quoted(text: str) -> str:
    """A string of Vim script."""
    return "'" + text.replace("'", "''") + "'"
