"""Imported file not found.

## Why

`@path` takes another file into instructions.
Where there is no such file, most products say nothing, and the model never sees that part.

## Example

```markdown CLAUDE.md
Follow @docs/no-such-style.md
```

## Use instead

```markdown CLAUDE.md
Follow the style of the code.
```
"""

from agentls.linter.api import Change, Context, Edit, Effects, Finding, Fix, Iterator, Span
from agentls.refactoring import new_files
from agentls.semantics.file_references import resolve_path
from agentls.semantics.imports import IMPORT, end_behind
from agentls.system import paths

GROUPS = ("references",)
REFERENCES = (IMPORT,)
CASES = {
    "missing": "there is no such file",
    "end": "what ends the sentence is taken for a part of the path",
    "outside": "the file is outside of the repository",
}


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    for reference in file.references:
        if reference.kind != IMPORT:
            continue
        target, span = file.target(reference), reference.span
        is_there, end = view.exists(target), end_behind(file.text.source, span)
        if is_there is False and (effect := effects.get("missing")):
            yield effect.finding(span, f"`{reference.name}` is not found beside this file. {effect.text}")
        elif is_there and end and (effect := effects.get("end")):
            message = (
                f"`{end}` belongs to the path here, so `{reference.name}` is not imported. {effect.text}"
            )
            yield effect.finding(Span(span.end, span.end + len(end)), message, (f" {end}",))
        elif is_there and (effect := effects.get("outside")) and _is_outside(context, target):
            message = f"`{reference.name}` is outside of the repository. {effect.text}"
            yield effect.finding(span, message)


def _is_outside(context: Context, target: str) -> bool:
    repository = context.file.identity.repository
    return bool(repository) and not paths.is_within(target, repository)


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    if finding.data:
        (end,) = finding.data
        change = Change.of(file.path, Edit(finding.span, end))
        yield Fix(f"Put a space before `{end.strip()}`", change, is_preferred=True)
    elif context.view.exists(resolve_path(file.path, file.text.slice(finding.span))) is False:
        yield from new_files.document_creation_fixes(file, file.text.slice(finding.span))
