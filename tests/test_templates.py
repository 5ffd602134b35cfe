"""New files say what the ecosystem reads, and lie where the product looks."""

import frontmatter
import pytest

import made
from agentls import templates

AGENT = "---\nname: reviewer\ndescription: Reviews code\n---\n"


@pytest.mark.parametrize("name", ["deploy", "Ünïcode-skill", "007", "yes", "a.b"])
def test_a_new_skill_says_its_name_whatever_it_looks_like(name: str):
    post = frontmatter.loads(templates.skill(name))
    assert post["name"] == name
    assert list(post.metadata) == ["name", "description"]
    path = f".claude/skills/{name}/SKILL.md"
    workspace = made.make({path: templates.skill(name)})
    assert workspace.view.lookup("skill", name)
    assert workspace.files[made.locate(path)].document.string("name") == name


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (".claude/agents/reviewer.md", ".claude/skills/deploy/SKILL.md"),
        ("packages/web/.claude/agents/review/reviewer.md", "packages/web/.claude/skills/deploy/SKILL.md"),
        ("~/.claude/agents/reviewer.md", "~/.claude/skills/deploy/SKILL.md"),
        ("plugin/agents/reviewer.md", "plugin/skills/deploy/SKILL.md"),
    ],
)
def test_a_new_skill_lies_beside_the_agent_that_wants_it(agent: str, expected: str):
    workspace = made.make({agent: AGENT, "plugin/.claude-plugin/plugin.json": "{}"})
    assert made.shown(str(templates.skill_path(workspace.files[made.locate(agent)], "deploy"))) == expected


@pytest.mark.parametrize("name", ["..", "a/b", "team:deploy", "my deploy", "-x", "x.", ""])
def test_what_cannot_be_a_folder_is_not_created(name: str):
    workspace = made.make({".claude/agents/reviewer.md": AGENT})
    (file,) = workspace.files.values()
    assert templates.skill_path(file, name) is None
