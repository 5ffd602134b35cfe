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
