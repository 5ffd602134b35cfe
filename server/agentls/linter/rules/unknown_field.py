"""Unknown field.

One faded hint per file lists all of them.
Common private fields (``author``, ``version``, ``tags``, ...) are not reported, and misspelled fields have
their own rule.

## Why

Unknown fields do no harm, but they have no effect, which surprises anyone who relies on one.

## Example

```markdown
---
name: reviewer
description: Reviews code
temperature: 0.2
---
```

## Use instead

```markdown
---
name: reviewer
description: Reviews code
---
```
"""

import re
from bisect import bisect_left

from agentls.linter.api import (
    MOST_RELATED,
    Change,
    Context,
    Edit,
    Effect,
    File,
    Finding,
    Fix,
    Iterator,
    Related,
)
from agentls.linter.field_names import accepted, meant, wrapped
from agentls.linter.leaked_examples import leaked
from agentls.syntax.document import Field

GROUPS = ("fields",)
ABOUT = "field"
UNKNOWN_FIELDS = True

_ALIAS = re.compile(r"\*([^\s,\[\]{}]++)")


def check(context: Context, effect: Effect) -> Iterator[Finding]:
    file = context.file
    unknown = _unknown(file)
    if not unknown:
        return
    first, *others = unknown
    different = list(dict.fromkeys(field.name for field in unknown))
    names = ", ".join(f"`{name}`" for name in different[:MOST_RELATED])
    names += " and more" if len(different) > MOST_RELATED else ""
    message = f"{file.dialect.product} does not know {names}. {effect.text}{_move_out(file, unknown)}"
    related = tuple(
        Related(file.path, file.text.locate(field.key), f"`{field.name}` is also unknown")
        for field in others[:MOST_RELATED]
    )
    yield effect.finding(first.key, message, is_unnecessary=True, related=related)


def _move_out(file: File, unknown: list[Field]) -> str:
    """The advice about a map that has the fields of the file inside."""
    inside = ((field.name, names) for field in unknown if (names := wrapped(file, field.name)))
    outer, names = next(inside, ("", []))
    shown = " and ".join(f"`{name}`" for name in names)
    return f" Move {shown} out of `{outer}`, to the top level." if names else ""


def _unknown(file: File) -> list[Field]:
    dialect = file.dialect
    known = {*dialect.fields, *dialect.allowed_unknown, *dialect.ignored, *dialect.misplaced}
    known |= accepted(file).keys()
    known |= {field.name for field in leaked(file)}
    unknown = [field for field in file.document.fields if field.name not in known]
    named = _referred_anchors(file) if unknown else []
    return [
        field
        for field in unknown
        if meant(file, field.name) is None
        # Another field takes something from this one, by its anchor.
        and bisect_left(named, field.span.start) == bisect_left(named, field.span.end)
    ]


def _referred_anchors(file: File) -> list[int]:
    """Where the nodes begin that an alias refers to, in the order of the text."""
    if not file.document.anchors:
        return []
    referred = frozenset(_ALIAS.findall(file.text.slice(file.document.content)))
    return sorted(node.span.start for name, node in file.document.anchors.items() if name in referred)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    fields = [field for field in _unknown(file) if not wrapped(file, field.name)]
    if not fields:
        return
    edits = tuple(Edit(span, "") for span in file.document.removals(fields))
    title = "Remove the unknown field" + ("s" if len(fields) > 1 else "")
    yield Fix(title, Change.of(file.path, *edits))
