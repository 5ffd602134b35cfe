"""Which field was meant by a name that is none; the rules about fields ask here, so that they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.nearest import is_one_edit_away, same_but_for_spelling

if TYPE_CHECKING:
    from agentls.file import File

# Shorter names are one letter away from too many others: `mode` is no `model`.
_SHORTEST = 5


def meant(file: File, name: str) -> str | None:
    """The field that was meant, if there is no doubt."""
    facts, fields = file.dialect.facts, file.dialect.fields
    if name in fields or name in facts.get("allowed-unknown", ()) or name in facts.get("ignored", ()):
        return None
    if name in _accepted(file):
        return None
    misspelled = facts.get("misspelled", {})
    if known := misspelled.get(name) or misspelled.get(name.lower()):
        return str(known)
    if same := same_but_for_spelling(name, fields):
        return same
    close = [known for known in fields if len(known) >= _SHORTEST and is_one_edit_away(name, known)]
    return close[0] if len(close) == 1 and len(name) >= _SHORTEST else None


def stands_in(file: File, name: str) -> bool:
    """Whether a field is there after all, under another name: a misspelled or an accepted one."""
    accepted = _accepted(file)
    return any(name in (meant(file, field.name), accepted.get(field.name)) for field in file.document.fields)


def _accepted(file: File) -> dict[str, str]:
    """Other names that the product reads in files of this scope."""
    return dict(file.dialect.facts.get("accepted", {}).get(file.scope, {}))
