"""Missing front matter.

The file has text but no front matter, or nothing at all.
Or all that it holds is a path, which is what Git leaves for a link to a file where it cannot make links.

## Why

Front matter says what the file is and when to use it.
Without it, the file is only text, which some products take for documentation and others for an agent.

## Example

```markdown .agents/skills/code-review/SKILL.md
# How to review code

Read the change, then the tests.
```

## Use instead

```markdown .agents/skills/code-review/SKILL.md
---
name: code-review
description: How to review code
---

# How to review code

Read the change, then the tests.
```
"""

import os
import re

from agentls.findings import Severity
from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.syntax.writing import render
from agentls.workspace import queries

GROUPS = ("front-matter",)
CASES = {
    "empty": "the file is empty",
    "document": "its name says that it is documentation",
}
# What people call documentation; in capital letters, as they mostly write it.
_DOCUMENTS = frozenset(
    {"README", "CHANGELOG", "CONTRIBUTING", "LICENSE", "INDEX", "TODO", "NOTES", "OVERVIEW"}
    | {"AGENTS", "CLAUDE", "GEMINI", "QWEN"}
)
_PATH = re.compile(r"\.{1,2}/[^\s]+|[\w.-]+(?:/[\w.-]+)+\.md")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    text = _text(file)
    effect = effects.get(_case(file)) if file.identity.is_loaded_from else None
    if effect is None or (text and (file.document.opening is not None or not file.dialect.format.has_body)):
        return
    if not text and not context.view.declaration(file.path):
        yield effect.finding(Span(0, len(file.text.source)), f"The file is empty. {effect.text}")
    if not text or (effect.severity is Severity.HINT and _is_named(context)):
        return
    line = file.text.line_around(file.text.source.index(text))
    what = f"It holds only a path, as Git leaves it for a link to `{text}`. " if _PATH.fullmatch(text) else ""
    yield effect.finding(line, f"The file has no front matter. {what}{effect.text}")


def _is_named(context: Context) -> bool:
    """Whether another file leads to it, as to documentation."""
    uses = (queries.of_used_path(context.file.path),)
    return any(summary.path != context.file.path for summary in context.view.usage_summaries(uses))


def _text(file: File) -> str:
    return file.text.source.strip("\ufeff \t\r\n")


def _case(file: File) -> str:
    if not _text(file):
        return "empty"
    stem = os.path.basename(file.path).partition(".")[0]
    return "document" if stem.upper() in _DOCUMENTS and file.dialect.identity != "folder" else ""


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    # In a plugin, the name of the field would not be that of the agent.
    if _case(file) == "document" or file.scope == "plugin" or _PATH.fullmatch(_text(file)):
        return
    about = f"What this {file.dialect.kind} does, and when to use it"
    front = render(file.dialect.format, {"name": file.name, "description": about})
    start = 1 if file.text.source.startswith("\ufeff") else 0
    if front:
        edit = Edit(Span(start, start), file.text.with_line_breaks(f"{front}\n"))
        yield Fix("Add front matter", Change.of(file.path, edit), is_preferred=True)
