"""Arguments counted from the wrong number.

Claude Code counts arguments from 0, opencode from 1.

## Why

``$1`` is the second argument.
If there is only one, ``$1`` stays in the text as written, and the model reads it.

## Example

```markdown commands/review.md
---
description: Reviews a file
argument-hint: "[file]"
---

Review $1.
```

## Use instead

```markdown commands/review.md
---
description: Reviews a file
argument-hint: "[file]"
---

Review $0.
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator
from agentls.outcome.body_text import off_by_one

GROUPS = ("text",)
CASES = {
    "declared": "`argument-hint` or `arguments` has as many arguments as the highest number",
    "undeclared": "nothing is declared",
}
WORDS = ("$",)


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    found = off_by_one(file)
    effect = found and effects.get("declared" if found.is_declared else "undeclared")
    if not found or not effect:
        return
    first = file.text_grammar.first
    for place in found.places:
        position = int(place.value) - first + 1
        # Of numbers that are too low only the first one shows that.
        if found.by > 0 or not position:
            what = f"argument {position}" if position else "no argument"
            message = f"`{file.text.slice(place.span)}` is {what}; the first one is `${first}`."
            yield effect.finding(place.span, f"{message} {effect.text}")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if found := off_by_one(file):
        edits = [Edit(place.inner, str(int(place.value) - found.by)) for place in found.places]
        first = file.text_grammar.first
        yield Fix(f"Count the arguments from {first}", Change.of(file.path, *edits), is_preferred=True)
