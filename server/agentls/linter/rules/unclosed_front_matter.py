"""Unclosed front matter.

The file starts with ``---``, but the second ``---`` is missing, or comes only at a horizontal rule in the
body, so that headings and paragraphs are read as fields.
The finding is at the first line that belongs to the body, or at a line that was meant as the second ``---``,
such as ``--`` or ``—``.

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
PROBLEMS = ("unclosed", "damaged-fence")

# What Markdown has for a line across the page, too.
_RULES = "_*=~+."


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    document = file.document
    for problem in document.problems:
        if problem.kind in PROBLEMS and document.opening:
            where = "by a line `---`" if problem.span == document.opening else "before this line"
            complaint = f"The front matter is not closed {where}."
            if problem.kind == "damaged-fence":
                complaint = "This line does not close the front matter, since it is not `---`."
            covers = Span(document.opening.start, problem.entry.end)
            yield effect.finding(problem.span, f"{complaint} {effect.text}", covers=covers)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    problem = file.document.problem_at(finding.span)
    if problem and problem.kind == "damaged-fence":
        line = file.text.line_span(file.text.line_at(finding.span.start))
        is_safe = file.text.source[finding.span.start] not in _RULES
        change = Change.of(file.path, Edit(line, "---"))
        yield Fix("Change to `---`", change, is_safe=is_safe, is_preferred=True)
    elif finding.span != file.document.opening:
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
