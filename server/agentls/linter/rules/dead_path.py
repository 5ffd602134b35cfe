"""A relative path in the text that leads nowhere.

Explicitly relative paths (``./guide.md``, ``../shared/rules.md``) outside code, and in a skill the files in
its own folders (``references/guide.md``, ``scripts/check.py``, ``assets/form.md``).

## Why

The agent is told to read a file that is not there.
Since the path may be meant from another folder, this is a hint only.

## Example

```markdown
---
name: reviewer
description: Reviews code
---

Follow the rules in ./no-such-rules.md first.
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---

Follow the rules of this project first.
```
"""

from agentls.linter.api import Context, Effect, File, Finding, Fix, Iterator, Span
from agentls.refactoring import new_files

GROUPS = ("references",)
REFERENCES = ("path",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file, view = context.file, context.view
    for reference in file.references:
        if reference.kind != "path" or _is_example(file, reference.span):
            continue
        # Ask about both at once, so that one look at the disk answers.
        answers = [view.exists(target) for target in file.targets(reference)]
        if answers == [False, False]:
            seen_from = "seen from this file or from the project's root"
            message = f"There is no `{reference.name}`, {seen_from}. {effect.text}"
            yield effect.finding(reference.span, message)


def _is_example(file: File, span: Span) -> bool:
    """Whether a path stands in code, by its fences or by its look: `schema: './db.ts'`, `// scripts/x.ts`."""
    source = file.text.source
    is_quoted = source[span.start - 1] in "\"'" and source[span.start - 1] == source[span.end : span.end + 1]
    line = file.text.line_around(span.start)
    return is_quoted or file.is_meant_as_example(span) or file.text.slice(line).lstrip().startswith("//")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    yield from new_files.document_creation_fixes(file, file.text.slice(finding.span))
