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

from agentls.linter.api import Change, Context, Edit, Effects, File, Finding, Fix, Iterator
from agentls.outcome.body_text import off_by_one, unmeant_arguments
from agentls.products.identification import Identity
from agentls.products.locations import project_marks
from agentls.syntax.substitutions import Kind

GROUPS = ("text",)
CASES = {
    "declared": "`argument-hint` or `arguments` has as many arguments as the highest number",
    "undeclared": "nothing is declared",
    "shared": "another product reads the file, too, and counts otherwise",
}
WORDS = ("$",)


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    found = off_by_one(file)
    if found is None:
        yield from _shared(context, effects)
        return
    effect = effects.get("declared" if found.is_declared else "undeclared")
    if effect is None:
        return
    first = file.text_grammar.first
    for place in found.places:
        position = int(place.value) - first + 1
        # Of numbers that are too low only the first one shows that.
        if found.by > 0 or not position:
            what = f"argument {position}" if position else "no argument"
            message = f"`{file.text.slice(place.span)}` is {what}; the first one is `${first}`."
            yield effect.finding(place.span, f"{message} {effect.text}")


def _shared(context: Context, effects: Effects) -> Iterator[Finding]:
    file = context.file
    effect, other = effects.get("shared"), _counts_otherwise(context)
    if not (effect and other):
        return
    product, first = other.dialect.product, other.dialect.text.grammar.first
    unmeant = {place.span for place in unmeant_arguments(file)}
    for place in file.substitutions:
        if place.kind is Kind.ARGUMENT and place.span.end == place.inner.end and place.span not in unmeant:
            written = file.text.slice(place.span)
            message = f"`{written}` is another argument to {product}, which counts from {first}."
            yield effect.finding(place.span, f"{message} {effect.text}")


def _counts_otherwise(context: Context) -> Identity | None:
    """What the file is to a product that this project has files of, and that counts from another number."""
    file = context.file
    numbers = {"$N", "$N-unbounded"}
    for other in file.others:
        grammar = other.dialect.text.grammar
        if not numbers.intersection(grammar.forms) or grammar.first == file.text_grammar.first:
            continue
        if any(context.view.exists(path) for path in project_marks(other.dialect, file.identity.root)):
            return other
    return None


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    # One fix for all places, and each of thousands of findings asks for it.
    yield from context.file.derive(("off by one",), lambda: tuple(_fixes(context.file)))


def _fixes(file: File) -> Iterator[Fix]:
    if found := off_by_one(file):
        edits = [Edit(place.inner, str(int(place.value) - found.by)) for place in found.places]
        first = file.text_grammar.first
        yield Fix(f"Count the arguments from {first}", Change.of(file.path, *edits), is_preferred=True)
