"""A fix that writes a value writes it so that the product reads what was meant, in every format."""

from __future__ import annotations

import pytest

import made
import remedies

_CLAUDE, _CURSOR, _CODEX = ".claude/agents/{}.md", ".cursor/agents/{}.md", ".codex/agents/{}.toml"
_ABOUT = "What this agent does, and when to use it"
_BODY = "\n---\n\nLook at every line.\n"
_TOML = 'developer_instructions = "Look at every line."'


def _front(lines: str) -> str:
    return f"---\n{lines}{_BODY}"


# Where the file lies, what it says, the fix, and the field with the value that it has then.
_CASES = [
    # names of files that are numbers or words to YAML
    *(
        (path.format(stem), text, f"Name it `{stem}`, after its file", "name", stem)
        for path, text in (
            (_CLAUDE, _front("description: Reviews code")),
            (_CLAUDE, _front("name:\ndescription: Reviews code")),
            (_CLAUDE, _front("description: Reviews code").replace("\n", "\r\n")),
            (_CODEX, f'description = "Reviews code"\n{_TOML}\n'),
            (_CODEX, f'name = ""\ndescription = "Reviews code"\n{_TOML}\n'),
        )
        for stem in ("010", "on", "null", "true", "1e3", "reviewer")
    ),
    *(
        (
            f".agents/skills/{stem}/SKILL.md",
            "Look at every line.\n",
            "Add front matter",
            "name",
            stem,
        )
        for stem in ("010", "on", "null", "a: b", "reviewer")
    ),
    # descriptions
    *(
        (path.format("a"), text, "Add a description", "description", _ABOUT)
        for path, text in (
            (_CLAUDE, _front("name: a")),
            (_CLAUDE, _front("name: a\ndescription:")),
            (_CODEX, f'{_TOML}\nname = "a"'),
            (_CODEX, f'name = "a"\ndescription = ""\n{_TOML}\n'),
        )
    ),
    *(
        (_CLAUDE.format("a"), _front(f"name: a\ndescription: {words}"), title, "description", words)
        for words, title in (
            ('# says "a" \\ b', "Quote the comment"),
            ('Reviews #1 of "a" \\ b', "Quote the whole value"),
        )
    ),
    (
        _CLAUDE.format("a"),
        _front("name: a\ndescription: “says: \\a”"),
        "Use straight quotes",
        "description",
        "says: \\a",
    ),
    # names
    *(
        (_CLAUDE.format("a"), _front(f"name: {old}\ndescription: b"), title, "name", new)
        for old, title, new in (
            ("ON", "Rename to `on`", "on"),
            ('"010!"', "Rename to `010`", "010"),
            ("'Null!'", "Rename to `null`", "null"),
            ("010", "Quote the name", "010"),
        )
    ),
    (
        ".gemini/agents/a.md",
        _front('name: "010!"\ndescription: b'),
        "Rename to `010`",
        "name",
        "010",
    ),
    # lists
    (
        _CLAUDE.format("a"),
        _front("name: a\ndescription: b\ntools: |\n  Read\n  Bash(git log:*)\n  Bash(a: b)"),
        "Convert to a list",
        "tools",
        ["Read", "Bash(git log:*)", "Bash(a: b)"],
    ),
    (
        ".gemini/agents/a.md",
        _front("name: a\ndescription: b\ntools: read_file, *"),
        "Convert to a list",
        "tools",
        ["read_file", "*"],
    ),
    (
        ".opencode/agents/a.md",
        _front("description: b\ntools: read"),
        "Allow only these tools, in `permission`",
        "permission",
        {"*": "deny", "read": "allow"},
    ),
    # Cursor, which takes every value as it stands
    (_CURSOR.format("a"), _front('name: "010"\ndescription: b'), "Remove the quotes", "name", "010"),
    (
        _CURSOR.format("a"),
        _front("name: a\ndescription: b\n  and: c"),
        "Join into one line",
        "description",
        "b and: c",
    ),
]


@pytest.mark.parametrize(
    ("path", "source", "title", "field", "expected"), _CASES, ids=[f"{c[0]}: {c[2]} {c[4]}" for c in _CASES]
)
def test_what_a_fix_writes_is_read_as_it_was_meant(
    path: str, source: str, title: str, field: str, expected: object
):
    workspace = made.make({path: source})
    after = remedies.fixed(workspace, made.locate(path), title)
    assert after is not None, remedies.titles(workspace, made.locate(path))
    file = made.make({path: after}).files[made.locate(path)]
    assert file.document.problems == ()
    assert file.values[field] == expected
    if "\r\n" in source:
        assert "\n" not in after.replace("\r\n", "")
