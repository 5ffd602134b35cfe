"""The five files that started the project, in a project of their own: what their authors see."""

import shutil
from collections import Counter

import frontmatter
import pytest

from agentls import batch
from agentls.findings import apply
from agentls.linter import engine
from agentls.settings.layers import Layer
from agentls.workspace import Context, View
from material import SEEDS, needs_seeds

pytestmark = needs_seeds

PROGRAMS = "mix, iex, phoenix, absinthe, ecto, exunit, dialyzer, credo, phoenix_live_view, broadway"

# Per file: how many damaged runs, and each other finding as "line:column severity rule `what is marked`".
EXPECTED = {
    "backend-specialist.md": (
        13,
        [
            "6:9 warning missing-skill `clean-code`",
            "6:21 warning missing-skill `phoenix-best-practices`",
            "6:45 warning missing-skill `ash-framework-expert`",
            "6:67 warning missing-skill `api-patterns`",
            "6:81 warning missing-skill `database-design`",
            "6:98 warning missing-skill `lint-and-validate`",
            "6:117 warning missing-skill `bash-linux`",
        ],
    ),
    "backend-elixir-phoenix.md": (0, ["3:431 warning invalid-yaml `:`"]),
    "phoenix-elixir-expert.md": (
        0,
        [
            "4:26 warning removed-tool `LS`",
            "4:42 warning removed-tool `MultiEdit`",
            "4:74 information unconfigured-server `mcp__tidewave`",
        ],
    ),
    "backend-developer.md": (
        66,
        [
            '4:8 warning unknown-color `"#FF5722"`',
            "13:24 hint dead-path `./shared/dry-principles.md`",
            "14:27 hint dead-path `./shared/mcp-orchestration.md`",
            "15:26 hint dead-path `./shared/trigger-patterns.md`",
        ],
    ),
    "elixir-phoenix-absinthe-expert.md": (
        0,
        [f"4:8 error no-usable-tool `{PROGRAMS}`"],
    ),
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(SEEDS, folder / ".claude" / "agents")
    checked = batch.check(batch.read([str(folder)], Layer({"user-scope": False})))
    return {report.path.replace("\\", "/").rsplit("/", 1)[-1]: report for report in checked}


def described(report, finding):
    line, column = report.text.position(finding.span.start)
    marked = report.text.slice(finding.span)
    return f"{line + 1}:{column + 1} {finding.severity.word} {finding.rule} `{marked}`"


@pytest.mark.parametrize("name", EXPECTED)
def test_the_author_sees(name, reports):
    report = reports[name]
    damaged, others = EXPECTED[name]
    assert Counter(finding.rule for finding in report.findings)["mojibake"] == damaged
    found = [described(report, finding) for finding in report.findings if finding.rule != "mojibake"]
    assert found == others


def test_the_recovered_file_says_who_recovers(reports):
    (finding,) = reports["backend-elixir-phoenix.md"].findings
    assert "Claude Code recovers" in finding.message
    assert "reject" in finding.message


def test_a_file_without_any_tool_says_what_to_use(reports):
    (finding,) = reports["elixir-phoenix-absinthe-expert.md"].findings
    assert "refuses to start" in finding.message
    assert "`Bash`" in finding.message


def test_both_repairs_say_what_claude_code_would_have_shown():
    """Strict readers read the file after either; Claude Code makes written-out line breaks real."""
    path = SEEDS / "backend-elixir-phoenix.md"
    read = batch.read([str(path)], Layer({"user-scope": False}))
    (file,) = read.files
    view = View(read.workspace)
    (finding,) = engine.check(Context(view, file))
    shown = file.document.string("description").replace("\\n", "\n")
    repairs = {fix.title: fix for fix in engine.fixes(Context(view, file), finding)}
    assert list(repairs) == ["Quote the value", "Convert the value to a text block"]
    for title, fix in repairs.items():
        text = apply(file.text.source, fix.change.edits[file.path])
        metadata = frontmatter.loads(text).metadata
        lines = metadata["description"].replace("\\n", "\n").split("\n")
        assert [line.strip() for line in lines] == [line.strip() for line in shown.split("\n")], title
        assert metadata["name"] == file.document.string("name")
        assert metadata["color"] == file.document.string("color")
