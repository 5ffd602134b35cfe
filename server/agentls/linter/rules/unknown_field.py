"""Fields that the product does not know.

One faded hint per file names them all. Common private fields (``author``, ``version``, ``tags``, ...)
are left out, and so are misspelled ones, which have a rule of their own.

## Why

Unknown fields do no harm, but they do nothing either, which surprises whoever relies on one.

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

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.findings import MOST_RELATED, Change, Edit, Finding, Fix, Related
from agentls.linter.field_names import accepted, is_of_second_shape, meant
from agentls.linter.leaked_examples import leaked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agentls.semantics.file import File
    from agentls.syntax.document import Field
    from agentls.workspace import View

RULE = "unknown-field"
GROUPS = ("fields",)


def check(view: View, file: File) -> Iterator[Finding]:
    effect = file.effect(RULE)
    unknown = _unknown(file)
    if not unknown or not effect:
        return
    first, *others = unknown
    # A table of TOML and a part of it are two fields of one name.
    different = list(dict.fromkeys(field.name for field in unknown))
    names = ", ".join(f"`{name}`" for name in different[:MOST_RELATED])
    names += " and more" if len(different) > MOST_RELATED else ""
    message = f"{file.dialect.product} does not know {names}. {effect.text}"
    related = tuple(
        Related(file.path, file.text.locate(field.key), f"`{field.name}` is unknown, too")
        for field in others[:MOST_RELATED]
    )
    yield Finding(RULE, effect.severity, first.key, message, is_unnecessary=True, related=related)


def _unknown(file: File) -> list[Field]:
    facts = file.dialect.facts
    if is_of_second_shape(file):
        return []
    known = {*file.dialect.fields, *facts.get("allowed-unknown", ())}
    known |= {*facts.get("ignored", ()), *facts.get("misplaced", ()), *accepted(file)}
    known |= {field.name for field in leaked(file)}
    unknown = (field for field in file.document.fields if field.name not in known)
    return [field for field in unknown if meant(file, field.name) is None]


def fix(view: View, file: File, finding: Finding) -> Iterator[Fix]:
    fields = _unknown(file)
    edits = tuple(Edit(file.document.lines_of(field), "") for field in fields)
    title = "Remove the unknown field" + ("s" if len(fields) > 1 else "")
    yield Fix(title, Change.of(file.path, *edits))
