"""Texts that are made to hurt, by size: each grows one thing that a careless reader looks at often."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentls.syntax.formats import Format

AGENT = "---\nname: reviewer\ndescription: Reviews code\n"
_CLOSED = f"{AGENT}---\n\n"


def _front(lines: str) -> str:
    return f"{AGENT}{lines}\n---\n\nBody\n"


def _body(text: str) -> str:
    return _CLOSED + text


# What a name says is repeated ``n`` times.
BOMBS: dict[str, Callable[[int], str]] = {
    # YAML
    "aliases of aliases": lambda n: _front(
        "a0: &a0 [x, x]\n" + "\n".join(f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, n))
    ),
    "brackets that are never closed": lambda n: _front("tools: " + "[" * n),
    "braces that are never closed": lambda n: _front("hooks: " + "{" * n),
    "brackets inside each other": lambda n: _front("tools: " + "[" * n + "]" * n),
    "mappings inside each other": lambda n: _front(
        "hooks:\n" + "\n".join(" " * i + "a:" for i in range(1, min(n, 500)))
    ),
    "dashes in one line": lambda n: _front("tools: " + "- " * n),
    "items of a list": lambda n: _front("tools:\n" + "  - Read\n" * n),
    "unknown items of a list": lambda n: _front("tools:\n" + "".join(f"  - T{i}\n" for i in range(n))),
    "unknown items on a line": lambda n: _front("tools: " + ", ".join(f"U{i}" for i in range(n))),
    "items that are to be kept and removed": lambda n: _front(
        f"tools: {(names := ', '.join(f'R{i}' for i in range(n)))}\ndisallowedTools: {names}"
    ),
    "skills on a line": lambda n: _front("skills: " + ", ".join(f"skill-{i}" for i in range(n))),
    "parentheses on a line": lambda n: _front("tools: " + "Bash(" * n),
    "agents in parentheses": lambda n: _front("tools: Agent(" + ", ".join(f"a{i}" for i in range(n)) + ")"),
    "commas": lambda n: _front("tools: Read" + "," * n + "Gerp"),
    "spaces in a list": lambda n: _front("tools: Read" + " " * n + "Gerp"),
    "quotes that are never closed": lambda n: _front("\n".join(f"k{i}: 'x" for i in range(n))),
    "one quote that is never closed": lambda n: _front("model: 'x" + " y" * n),
    "doubled quotes": lambda n: _front("model: '" + "''" * n),
    "backslashes in quotes": lambda n: _front('model: "' + "\\\\" * n),
    "colons in one value": lambda n: _front("model: " + "a: " * n),
    "values with a colon": lambda n: _front("\n".join(f"k{i}: a: b" for i in range(n))),
    "lines of a broken value": lambda n: _front("model: a: b\n" + "words that follow\n" * n),
    "keys in a broken value": lambda n: _front(
        "model: a\n  b: c\nuser: hi\n" + "\n".join(f"key{i}: x\n  y: z" for i in range(n))
    ),
    "known keys with broken values": lambda n: _front("tools: a: b\n" * n),
    "fields": lambda n: _front("\n".join(f"k{i}: x" for i in range(n))),
    "the same field": lambda n: _front("model: opus\n" * n),
    "the same field in braces": lambda n: "---\n{" + "model: opus, " * n + "name: x}\n---\n",
    "misspelt fields": lambda n: _front("\n".join(f"tool{i}: x" for i in range(n))),
    "keys without a space": lambda n: _front("model:opus\n" * n),
    "spaces in a broken list": lambda n: _front("x: a: b\ntools: Read" + " " * 4 * n + "Write"),
    "spaces in a broken value": lambda n: _front("x: a: b" + " " * 4 * n + "y"),
    "spaces behind a number sign": lambda n: "---\nname: x\ndescription: #a" + " " * 4 * n + "b\n---\n",
    "spaces below a broken value": lambda n: _front("hooks:\n  a: b: " + "\t" * 4 * n + "c"),
    "comments below a broken value": lambda n: _front("model: a: b\n" + "# nothing\n" * n),
    "keys below a broken value": lambda n: _front(
        "x: |\n" + "  words\n" * n + "words\n" + "\n".join(f"k{i}: x" for i in range(n))
    ),
    "tabs": lambda n: _front("hooks:\n" + "\t" * 4 * n),
    "tabs before keys": lambda n: _front("hooks:\n" + "\tx: y\n" * n),
    "comments": lambda n: _front("# nothing\n" * n),
    "comments in front matter that silence": lambda n: _front("# agentls: ignore[unknown-field]\nx: y\n" * n),
    "comments that silence nothing": lambda n: _front("# agentls: ignore[no]\n" * n + "tools: Gerp"),
    "anchors": lambda n: _front("\n".join(f"k{i}: &a{i} x" for i in range(n))),
    "tags": lambda n: _front("model: " + "!x " * n + "y"),
    "percent signs": lambda n: _front("%" * n),
    "spaces": lambda n: _front("model:" + " " * n + "opus"),
    "empty lines": lambda n: _front("\n" * n),
    "lines of a block": lambda n: _front("model: |\n" + "  x\n" * n),
    "literal newlines": lambda n: _front("model: " + "x\\n" * n),
    "dashes that close nothing": lambda n: _front("\n".join([" ---"] * n)),
    "examples in a description": lambda n: _front("x: " + "<example>user: hi</example> " * n),
    "examples that never end": lambda n: "---\nname: x\ndescription: y " + "<example> " * n + "\n---\n",
    "blanks before examples": lambda n: (
        '---\nname: x\ndescription: "y' + "\\n" * 4 * n + '<example>a</example>"\n---\n'
    ),
    # the start and the end of front matter
    "no end of front matter": lambda n: AGENT + "\n".join(f"k{i}: x" for i in range(n)),
    "headings and no end": lambda n: AGENT + "\n# Heading\n" * n,
    "bold lines and no end": lambda n: AGENT + "**bold**\nmodel: x\n" * n,
    "bold lines below the last field": lambda n: AGENT + "**bold**\n" * n,
    "empty lines before": lambda n: "\n" * n + _body(""),
    "comments before": lambda n: "<!-- x -->\n" * n + _body(""),
    "a comment that never ends": lambda n: "<!--" + " <!--" * n + _body(""),
    "spaces before the fence": lambda n: " " * n + "---\nname: x\ndescription: y\n---\n",
    "dashes as a fence": lambda n: "-" * n + "\nname: x\ndescription: y\n---\n",
    "byte order marks": lambda n: "\ufeff" * n + _body(""),
    # the body
    "one long line": lambda n: _body("word " * n),
    "one long word": lambda n: _body("w" * n),
    "spaces at a line's end": lambda n: _body("x" + " " * n + "y\n"),
    "tabs and spaces": lambda n: _body(" \t" * n + "x"),
    "carriage returns": lambda n: _body("\r" * n),
    "brackets in the body": lambda n: _body("[" * n),
    "brackets and parentheses": lambda n: _body("[](" * n),
    "links that never end": lambda n: _body("[a](" * 10 * n),
    "titles that never end": lambda n: _body('[a](b "' * 10 * n),
    "brackets with spaces": lambda n: _body("[a](" + " " * n),
    "links": lambda n: _body("".join(f"[a](./f{i}.md)\n" for i in range(n))),
    "links on one line": lambda n: _body("".join(f"[a](./f{i}.md) " for i in range(n))),
    "paths": lambda n: _body("".join(f"./f{i}.md\n" for i in range(n))),
    "paths on one line": lambda n: _body("".join(f"./f{i}.md " for i in range(n))),
    "dots and slashes": lambda n: _body("./" * n),
    "dots and slashes upwards": lambda n: _body("../" * n + "x.md"),
    "words with dots": lambda n: _body("./" + "a." * n),
    "backticks": lambda n: _body("`" * n),
    "backticks in words": lambda n: _body("`a " * n),
    "words between backticks": lambda n: _body("`reviewer` " * n),
    "runs of backticks": lambda n: _body("".join("`" * (i % 50 + 1) + " " for i in range(n))),
    "fences": lambda n: _body("```\nx\n```\n" * n),
    "fences and headings": lambda n: _body("```\nx\n```\n# H\n" * n),
    "fences and links": lambda n: _body("```\nx\n```\n[a](./b.md)\n" * n),
    "fences and damage": lambda n: _body("```\nx\n```\nâ€” and\n" * n),
    "fences that are never closed": lambda n: _body(
        "".join("`" * (3 + i) + "\n" for i in range(min(n, 1500)))
    ),
    "tildes": lambda n: _body("~" * n),
    "headings": lambda n: _body("".join("#" * (i % 6 + 1) + " H\n" for i in range(n))),
    "number signs": lambda n: _body("#" * n),
    "comments in the body": lambda n: _body("<!-- x -->\n" * n),
    "comments that never end": lambda n: _body("<!-- " * n),
    "comments in the body that silence": lambda n: _body("<!-- agentls: ignore[dead-path] -->\n./x.md\n" * n),
    "comments in the body that silence in a row": lambda n: _body(
        "<!-- agentls: ignore[dead-path] -->\n" * n
    ),
    "fences and comments that silence": lambda n: _body(
        "```\n```\n<!-- agentls: ignore[dead-path] -->\n" * n
    ),
    "unfinished comments that silence": lambda n: _body("<!-- agentls: ignore[" * n),
    # damage
    "damaged runs": lambda n: _body("â€” and âœ… and ðŸš€\n" * n),
    "damaged runs on one line": lambda n: _body("â€” and âœ… " * n),
    "damaged letters": lambda n: _body("Ã" * n),
    "twice damaged": lambda n: _body("Ã¢â‚¬â€\x9d " * n),
    "accents": lambda n: _body("éàü " * n),
    "box drawing": lambda n: _body("├──" * n),
    "combining marks": lambda n: _body("e" + "\u0301" * n),
    "invisible characters": lambda n: _body("\u200b" * n),
    "hidden words": lambda n: _body("\U000e0041" * n),
    "odd spaces": lambda n: _body("\xa0" * n),
    "odd spaces in a list": lambda n: _front("tools: Read" + ",\xa0Read" * n),
    "control characters": lambda n: _body("\x08" * n),
    "replacement characters": lambda n: _body("\ufffd" * n),
    "replacement characters apart": lambda n: _body("\ufffd word\n" * n),
    "null characters": lambda n: _body("\0" * n),
    "lone surrogates": lambda n: _body("\ud83d " * n),
    "smart quotes": lambda n: _front("\n".join(f"k{i}: “x”" for i in range(n))),
    "emoji": lambda n: _body("🚀" * n),
    "mixed line ends": lambda n: _body("a\r\nb\nc\r" * n),
}


# The same for what is no YAML, by its format.
_STRINGS = {
    "spaces in a value": lambda n: "name: a" + " " * n + "b",
    "tabs in a value": lambda n: "name = a" + "\t" * n + "b",
    "spaces on a line": lambda n: "name: a\n" + " " * n + "\nb: c",
    "words": lambda n: "name: " + "word " * n,
    "dots": lambda n: "a." * n + "b = 1",
    "quotes": lambda n: 'name = "' + '"' * n,
    "escaped quotes": lambda n: 'name = "' + '\\"' * n,
    "escaped quotes and nothing else": lambda n: '\\"' * n,
    "escaped quotes in braces": lambda n: 'a = {"' + '\\"' * n,
    "quotes in threes": lambda n: 'name = """' + '\\"""' * n,
    "apostrophes in threes": lambda n: "name = '''" + "'' " * n,
    "brackets": lambda n: "a = " + "[" * n,
    "braces": lambda n: "a = " + "{" * n,
    "braces with keys": lambda n: "a = " + "{a = " * n,
    "open brackets, line by line": lambda n: "a = [\n" * n,
    "open quotes, line by line": lambda n: 'a = "\n' * n,
    "open texts, line by line": lambda n: 'a = """\n' * n,
    "headers": lambda n: "".join(f"[a{i}]\nb = 1\n" for i in range(n)),
    "one header": lambda n: "[a]\n" * n,
    "items of tables": lambda n: "[[a]]\nb = 1\n" * n,
    "tables in tables": lambda n: "".join(f"[a.b{i}]\nc = 1\n" for i in range(n)),
    "entries": lambda n: "".join(f"k{i} = 1\n" for i in range(n)),
    "entries of one table": lambda n: "[a]\n" + "".join(f"k{i} = 1\n" for i in range(n)),
    "entries in braces": lambda n: "a = {" + ", ".join(f"k{i} = 1" for i in range(n)) + "}",
    "items": lambda n: "a = [" + "1, " * n + "]",
    "items that are texts": lambda n: "a = [" + '"x", ' * n + "]",
    "comments in a list": lambda n: "a = [\n" + "# x\n" * n + "]",
    "comments": lambda n: "# x\n" * n + "a = 1",
    "words and no value": lambda n: "word\n" * n,
    "values and no key": lambda n: "= 1\n" * n,
    "one long key": lambda n: "a" * n,
    "carriage returns": lambda n: "a = 1\r" * n,
    "a text without an end": lambda n: '{"a": "' + '\\"' * 10 * n,
    "texts without an end": lambda n: '{"a": "x\n' * n,
    "objects without an end": lambda n: '{"a": ' * n,
    "lists without an end": lambda n: "[" * 10 * n,
    "ends of nothing": lambda n: "[" * 60 + "}" * n,
    "ends of objects in lists": lambda n: "{[}" * n,
    "entries without commas": lambda n: "{" + '"a": 1 ' * n + "}",
    "keys without values": lambda n: "{" + '"a" ' * n + "}",
    "keys and colons": lambda n: "{" + '"a": ' * n + "}",
    "colons": lambda n: "{" + ":" * n,
    "comments that end": lambda n: "[" + "/* x */" * n + "]",
    "a comment without an end": lambda n: "[1, /*" + "*" * 10 * n,
    "comments without an end": lambda n: "[1, " + "/* " * n,
    "the same key": lambda n: "{" + '"a": 1, ' * n + '"b": 2}',
    "large objects": lambda n: "{" + ", ".join(f'"k{i}": {{"a": [1, "x"]}}' for i in range(n)) + "}",
    "escapes in texts": lambda n: '["' + "\\u0041" * n + '"]',
    "words that are no values": lambda n: "[" + "word " * n + "]",
    "one long number": lambda n: "[" + "1" * n + "x]",
    "blanks in an object": lambda n: '{"a"' + " " * 10 * n + "x",
    "a text of many lines": lambda n: 'a = """\n' + "words\n" * n + '"""',
}
READER_BOMBS: dict[str, Callable[[Format, int], str]] = {
    name: (lambda form, n, make=make: f"---\n{make(n)}\n---\n" if form.has_body else make(n))
    for name, make in _STRINGS.items()
}
