"""Misspelled field.

## Why

The product ignores the field, so it has no effect.

## Example

```markdown
---
name: reviewer
description: Reviews code
allowed-tools: Read, Grep
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
tools: Read, Grep
---
```
"""

from agentls.findings import Ends, Severity
from agentls.linter.api import Change, Context, Edit, Effect, Finding, Fix, Iterator
from agentls.linter.field_names import meant
from agentls.text.similar_letters import explanation

GROUPS = ("fields",)
ABOUT = "field"
SUPERSEDES = ("unknown-field",)
UNKNOWN_FIELDS = True


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    for field in file.document.fields:
        known = meant(file, field.name)
        if known:
            # Where a field is missing because it is misspelled, what its lack does is what counts.
            lack = None if file.document.field(known) else file.effect(f"missing-{known}")
            worst = lack if lack and lack.severity <= effect.severity else effect
            if lack and lack.ends is Ends.FILE and known in file.dialect.required:
                # Whoever writes `Name` means no documentation.
                worst = lack._replace(severity=Severity.ERROR)
            title = file.dialect.title
            article = "an" if title[0].lower() in "aeiou" else "a"
            says = f"`{field.name}` is not a field of {article} {title}; use `{known}`."
            message = f"{says}{explanation(field.name)} {(lack or effect).text}"
            found = effect._replace(severity=worst.severity, ends=worst.ends)
            yield found.finding(field.key, message, (known,), covers=field.key)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    (known,) = finding.data
    if file.document.field(known) is None:
        change = Change.of(file.path, Edit(finding.span, known))
        yield Fix(f"Rename to `{known}`", change, is_preferred=True)
