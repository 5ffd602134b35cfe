"""Value misread by the product.

Cursor does not use a YAML parser: it splits each line at its first colon and takes the rest as is.
Quotes become part of the value, and everything after the first line is lost.

## Why

The file looks correct to every other reader, and to its author.

## Example

```markdown .cursor/agents/reviewer.md
---
name: "reviewer"
description: >-
  Reviews code
---

You review code.
```

## Use instead

```markdown .cursor/agents/reviewer.md
---
name: reviewer
description: Reviews code
---

You review code.
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator, Span
from agentls.products import FieldSpec
from agentls.syntax.document import Problem
from agentls.syntax.nodes import Scalar

GROUPS = ("front-matter",)
CASES = {
    "list": "a list",
    "lines": "several lines",
    "map": "a map",
    "quote": "quotes",
    "prose": "quotes around a description or similar text",
    "tools": "a list of tools",
}
SUPERSEDES = ("value", "tool")
PROBLEMS = ("misread-",)
_PREFIX = "misread-"
_WORDS = {
    "list": "This is not read as a list here",
    "lines": "Everything after the first line is lost here",
    "map": "This is not read as a map here",
    "quote": "These quotes become part of the value here",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    for problem, spec in _misread(file):
        kind = problem.kind.removeprefix(_PREFIX)
        variant = spec.misread.get(kind, kind)
        effect = effects.get(variant)
        if effect:
            message = f"{_WORDS[kind]}. {effect.text}"
            yield effect.finding(problem.span, message, covers=problem.entry)


def _misread(file: File) -> Iterator[tuple[Problem, FieldSpec]]:
    for problem in file.document.problems:
        field = file.document.field_at(problem.entry.start)
        if problem.kind.startswith(_PREFIX) and field and (spec := file.dialect.fields.get(field.name)):
            # Brackets around a text for people are no list; they stay, as everything does.
            is_text = not spec.holds and isinstance(field.value, Scalar) and field.value.value.startswith("[")
            if not (is_text and problem.kind == "misread-list"):
                yield problem, spec


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for problem, _ in _misread(file):
        field = file.document.field_at(problem.entry.start)
        if problem.span == finding.span and problem.detail and field and problem.kind != "misread-map":
            edit = Edit(
                Span(field.key.end, problem.entry.end), f"{file.dialect.format.separator}{problem.detail}"
            )
            title = "Remove the quotes" if problem.kind == "misread-quote" else "Join into one line"
            yield Fix(title, Change.of(file.path, edit), is_preferred=True)
