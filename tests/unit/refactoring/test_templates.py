"""New files say what the ecosystem reads, and lie where the product looks."""

import frontmatter
import pytest

import made
from agentls.refactoring import new_files

AGENT = "---\nname: reviewer\ndescription: Reviews code\n---\n"


@pytest.fixture
def workspace() -> made.Made:
    return made.make({".claude/agents/reviewer.md": AGENT})


def new_file(workspace: made.Made, kind: str, name: str) -> new_files.NewFile | None:
    (file,) = (one for one in workspace.files.values() if one.dialect.kind == "agent")
    return new_files.new_file(kind, name, new_files.destination_of(file))


@pytest.mark.parametrize("kind", ["skill", "agent"])
@pytest.mark.parametrize("name", ["deploy", "Ünïcode-skill", "007", "yes", "a.b"])
def test_a_new_file_says_its_name_whatever_it_looks_like(workspace: made.Made, kind: str, name: str):
    new = new_file(workspace, kind, name)
    post = frontmatter.loads(new.text)
    assert post["name"] == name
    assert list(post.metadata) == ["name", "description"]
    assert new.text[new.gap.start : new.gap.end] == post["description"]
    created = made.make({made.shown(new.path): new.text})
    assert created.everywhere.lookup(kind, name)
    assert created.files[new.path].document.string("name") == name


@pytest.mark.parametrize(
    ("agent", "root"),
    [
        (".claude/agents/reviewer.md", ".claude"),
        ("packages/web/.claude/agents/review/reviewer.md", "packages/web/.claude"),
        ("~/.claude/agents/reviewer.md", "~/.claude"),
        ("plugin/agents/reviewer.md", "plugin"),
    ],
)
@pytest.mark.parametrize(
    ("kind", "expected"), [("skill", "skills/deploy/SKILL.md"), ("agent", "agents/deploy.md")]
)
def test_a_new_file_lies_beside_the_agent_that_wants_it(agent: str, root: str, kind: str, expected: str):
    workspace = made.make({agent: AGENT, "plugin/.claude-plugin/plugin.json": "{}"})
    new = new_file(workspace, kind, "deploy")
    assert made.shown(new.path) == f"{root}/{expected}"


@pytest.mark.parametrize("name", ["..", "a/b", "team:deploy", "my deploy", "-x", "x.", ""])
def test_what_cannot_be_a_folder_is_not_created(workspace: made.Made, name: str):
    assert new_file(workspace, "skill", name) is None


def test_a_snippet_is_the_text_with_stops_for_what_there_is_to_choose(workspace: made.Made):
    new = new_file(workspace, "agent", "x")
    assert new_files.snippet(new, [("tools: Read, $x",), ("model: a,b", "model: {c|d}")]) == (
        "---\nname: x\ndescription: ${1:What this agent does, and when to use it.}\n"
        "${2:tools: Read, \\$x}\n${3|model: a\\,b,model: {c\\|d\\}|}\n---\n"
        + new.text.partition("\n---\n")[2]
        + "$0"
    )
