"""Relative path not found.

A relative path that does not exist: an explicitly relative path (``./guide.md``, ``../shared/rules.md``)
outside code, or in a skill, a path into its own folders (``references/guide.md``, ``scripts/check.py``,
``assets/form.md``).

## Why

The instructions refer to a file that does not exist.
The path may be relative to another folder, so this is only a hint.

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

from agentls.linter.api import Context, Effect, Effects, File, Finding, Fix, Iterator, Span
from agentls.refactoring import new_files
from agentls.semantics.file_references import Reference, resolve_path

GROUPS = ("references",)
CASES = {"attached": "a file whose content the product should add to the text"}
REFERENCES = ("path", "file")


def check(context: Context, effects: Effects) -> Iterator[Finding]:
    file, view = context.file, context.view
    effect = effects.get("")
    for reference in file.references:
        if reference.kind == "file":
            certain = (effects.get("attached") if _is_attached(file, reference) else None) or effect
            if certain and view.exists(file.target(reference)) is False:
                yield certain.finding(
                    reference.span, _certain(file, reference, certain), _beside(context, reference)
                )
            continue
        if effect is None:
            continue
        if reference.kind != "path" or _is_example(file, reference.span):
            continue
        # Ask about all at once, so that one look at the disk answers.
        targets = {*file.targets(reference), file.walked_target(reference), file.repository_target(reference)}
        answers = [view.exists(path) for path in sorted(filter(None, targets))]
        if not any(answers) and None not in answers:
            places = "relative to this file or to the project root"
            message = f"`{reference.name}` does not exist, {places}. {effect.text}"
            yield effect.finding(reference.span, message)


def _is_attached(file: File, reference: Reference) -> bool:
    return file.text.source[reference.span.start - 1] == "@"


def _certain(file: File, reference: Reference, effect: Effect) -> str:
    folder = "the root of the project" if reference.is_from_root else "the folder of this file"
    if reference.is_from_root and file.scope == "plugin":
        folder = "the folder of the plugin"
    return f"`{reference.name}` does not exist in {folder}. {effect.text}"


def _beside(context: Context, reference: Reference) -> tuple[str, ...]:
    """What to write for a file that lies beside a skill, but is looked for in the project."""
    file = context.file
    variables = file.text_grammar.variables
    own = next((name for name in variables if file.dialect.text.variables[name].value == "folder"), "")
    if not (own and reference.is_from_root and _is_attached(file, reference)):
        return ()
    is_beside = context.view.exists(resolve_path(file.path, reference.name))
    return (f"${{{own}}}/{reference.name.removeprefix('./')}",) if is_beside else ()


def _is_example(file: File, span: Span) -> bool:
    """Whether a path stands in code, by its fences or by its look: `schema: './db.ts'`, `// scripts/x.ts`."""
    source = file.text.source
    is_quoted = source[span.start - 1] in "\"'" and source[span.start - 1] == source[span.end : span.end + 1]
    line = file.text.line_around(span.start)
    return is_quoted or file.is_meant_as_example(span) or file.text.slice(line).lstrip().startswith("//")


def fix(context: Context, finding: Finding) -> Iterator[Fix]:
    file = context.file
    for meant in finding.data:
        yield Fix.replacing(file.path, finding.span, meant, is_safe=True)
    reference = file.at(finding.span.start).reference
    # A new file would lie beside this one.
    if not finding.data and not (reference and reference.is_from_root):
        yield from new_files.document_creation_fixes(file, file.text.slice(finding.span))
