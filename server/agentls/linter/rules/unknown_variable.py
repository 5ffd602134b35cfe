"""Unknown variable.

The product refuses to run an agent whose text contains a variable that it does not know.

## Why

Every ``${word}`` in the text of such an agent must be a variable of the product.
The agent loads, but each attempt to start it fails.

## Example

```markdown ~/.gemini/agents/reviewer.md
---
name: reviewer
description: Reviews code
---

Look into ${HOME}/notes first.
```

## Use instead

```markdown ~/.gemini/agents/reviewer.md
---
name: reviewer
description: Reviews code
---

Look into $HOME/notes first.
```
"""

from agentls.linter.api import Context, Effect, Finding, Fix, Iterator
from agentls.syntax.substitutions import Kind

GROUPS = ("text",)
WORDS = ("${",)


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    known = file.text_grammar.variables
    for found in file.substitutions:
        if found.kind is Kind.VARIABLE and found.value not in known:
            written = file.text.slice(found.span)
            yield effect.finding(
                found.span, f"`{written}` is not a variable of {file.dialect.product}. {effect.text}"
            )


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    name = context.file.text.slice(finding.span).strip("${}")
    yield Fix.replacing(context.file.path, finding.span, f"${name}")
