"""Unclosed front matter.

The file starts with ``---``, but the second ``---`` is missing, or comes only at a horizontal rule in the
body, so that headings and paragraphs are read as fields.
The finding is at the first line that belongs to the body.

## Why

Everything up to the next ``---`` is parsed as YAML, which fails, and the file is silently skipped.

## Example

```markdown
---
name: reviewer
description: Reviews code

# Reviewer

You review code.
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---

# Reviewer

You review code.
```
"""

from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator, Span

GROUPS = ("front-matter",)
SUPERSEDES = ("invalid-name", "missing-description", "missing-name")
PROBLEMS = ("unclosed",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    document = file.document
    for problem in document.problems:
        if problem.kind == "unclosed" and document.opening:
            starts_here = problem.span != document.opening
            where = "before this line" if starts_here else "by a line `---`"
            message = f"The front matter is not closed {where}. {effect.text}"
            covers = Span(document.opening.start, problem.entry.end)
            yield effect.finding(problem.span, message, covers=covers)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if finding.span != file.document.opening:
        newline = file.text.newline
        edit = Edit(Span(finding.span.start, finding.span.start), f"---{newline}{newline}")
        yield Fix("Close the front matter here", Change.of(file.path, edit), is_safe=True, is_preferred=True)
    elif file.document.fields:
        # Nothing tells where the body begins, so this is what its author would type next.
        last = file.document.lines_of(file.document.fields[-1])[-1]
        begun = "" if file.text.slice(last).endswith(("\n", "\r")) else file.text.newline
        edit = Edit(Span(last.end, last.end), f"{begun}---{file.text.newline}")
        yield Fix(
            "Close the front matter below its last field", Change.of(file.path, edit), is_preferred=True
        )
