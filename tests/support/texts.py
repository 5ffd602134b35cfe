"""Texts for properties: any text at all, and texts that are nearly agent files, where readers go wrong."""

from __future__ import annotations

from hypothesis import strategies as st

# What a line table, a column count or a YAML reader may stumble over.
ODD = "\r\n\t\x0b\x0c\x1c\x85\u2028\u2029\ufeff\0\x1b\x7fé中\U0001f680\ud83d\udc00e\u0301"

characters = st.one_of(st.characters(), st.sampled_from(ODD))
anything = st.text(characters, max_size=80)

_PIECES = (
    *("---\n", "---", "\n", "\r\n", "\r", " ", "  ", "\t", "\n\n", "# ", "## Heading\n", "**bold**\n"),
    *("name: ", "description: ", "tools: ", "skills:", "color: ", "model: ", "hooks:\n", "flavour: "),
    *(
        "- ",
        "\n  - ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        ":",
        "'",
        '"',
        "|",
        ">",
        "|-\n  ",
        ">+2\n",
        "&a ",
        "*a",
    ),
    *("Read", "Gerp", "Bash(git log:*)", "Agent(a, b)", "mcp__x__y", "LS", "reviewer", "red", "#F52", "42"),
    *(
        "true",
        "null",
        "~",
        "!tag ",
        "%YAML",
        "@x",
        "`x`",
        "\\n",
        "<example>\n",
        "user: hi\n",
        "...\n",
        "é",
        "🚀",
    ),
    *(
        "\x85",
        "\u2028",
        "\ufeff",
        "\0",
        "\ud83d",
        "â€”",
        "./x.md",
        "[x](./y.md)",
        "```\n",
        "`",
        "(",
        ")",
        "<<: ",
    ),
)

nearly_files = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(_PIECES), max_size=30).map(
        lambda pieces: "---\n" + "".join(pieces) + "\n---\nBody\n"
    ),
    st.builds("---\nname: reviewer\ndescription: {}\ntools: {}\n---\n".format, anything, anything),
)

# Where a file of each kind lies.
paths = st.sampled_from(
    [".claude/agents/reviewer.md", ".claude/skills/reviewer/SKILL.md", ".claude/commands/reviewer.md"]
)
_LINES = st.sampled_from(
    [
        *("name: reviewer", "name: Team:Reviewer", "name: 42", "name:", 'name: "x" # y', "Name: reviewer"),
        *("description: Reviews code", "description: Reviews: code", "description: >-\n  Reviews\n  code"),
        *(
            "description:",
            "description: Examples\n<example>\nuser: hi",
            "description: 'x' y",
            "desciption: x",
        ),
        *(
            "tools: Read, Gerp, LS, Task",
            "tools:\n  - Read\n  - MultiEdit # old\n  - Edit",
            "tools: [gerp, Read]",
        ),
        *(
            "tools: git, npm",
            "tools: |\n  Read\n  Gerp",
            "tools:",
            "tools: AskUserQuestion, Read",
            "tools: 42",
        ),
        *(
            "allowed-tools: Read, LS",
            "allowedTools: Gerp",
            "disallowedTools: [Bash, Gerp]",
            "tools:\n\t- Read",
        ),
        *("skills: deploy, verfy", "skills:\n- simplfy\n- x", "color: '#F52'", "color: #F52", "color: Red"),
        *("permissionMode: accept-edits", "maxTurns: many", "flavour: sweet", "mode: 🚀", "# comment", ""),
        *("model: opus", "memory: projct", "hooks: {Stop: none}", "- stray", "mcpServers: x", "🚀: é"),
    ]
)
# Files whose lines are sound or wrong in the ways of authors.
agent_files = st.builds(
    lambda lines, newline, body: ("---\n" + "\n".join(lines) + "\n---\n" + body).replace("\n", newline),
    st.lists(_LINES, min_size=1, max_size=7),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "# Body\n\nSee ./none.md.\n", "Tools — done\n"]),
)
