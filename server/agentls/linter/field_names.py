"""Which field was meant by a name that is none; the rules about fields ask here, so that they agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.products import load
from agentls.syntax import name_lists
from agentls.syntax.nodes import Mapping, Scalar
from agentls.text.similar_letters import latin
from agentls.text.similar_words import equal_ignoring_style, is_one_edit_away, without_style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agentls.products import FieldSpec
    from agentls.semantics.file import File

# Shorter names are one letter away from too many others: `mode` is no `model`.
_SHORTEST = 5
# Words of a name, as `modelOverride` and `agent_name` have them.
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SAY_NO_MORE = frozenset({"override", "default", "preferred", "agent", "subagent", "id"})
# What private fields are called as well; nobody says `allowedTools` by chance.
_COMMON_WORD = "tools"


def meant(file: File, name: str) -> str | None:
    """The field that was meant, if there is no doubt."""
    dialect, fields = file.dialect, file.dialect.fields
    if name in fields or name in dialect.allowed_unknown or name in dialect.ignored:
        return None
    if name in accepted(file) or wrapped(file, name):
        return None
    if known := dialect.misspelled.get(name) or dialect.misspelled.get(name.lower()):
        return None if _names_other_things(file, name, fields.get(known)) else known
    if latin(name) in fields:
        return latin(name)
    if same := equal_ignoring_style(name, fields) or _misspelled(file, name) or _decorated(name, fields):
        return same
    close = [known for known in fields if len(known) >= _SHORTEST and is_one_edit_away(name, known)]
    return close[0] if len(close) == 1 and len(name) >= _SHORTEST else None


def wrapped(file: File, name: str) -> list[str]:
    """The required fields inside a map: ``[agent]`` above them all is no misspelled ``agents``."""
    field = file.document.field(name)
    node = field.value if field else None
    entries = node.entries if isinstance(node, Mapping) else ()
    inside = {entry.key.value: None for entry in entries if isinstance(entry.key, Scalar)}
    required = file.dialect.required
    return [key for key in inside if key in required and file.document.field(key) is None]


def _misspelled(file: File, name: str) -> str | None:
    """A name that is known to be wrong, in another style: ``allowed tools``."""
    wrong = file.dialect.misspelled.items()
    found = {known for other, known in wrong if without_style(other) == without_style(name)}
    return next(iter(found)) if len(found) == 1 else None


def _decorated(name: str, fields: Iterable[str]) -> str | None:
    """A field with a word before or behind it that says no more: ``modelOverride``, ``agent_name``."""
    words = [word.lower() for word in _WORDS.findall(name)]
    kept = [word for word in words if word not in _SAY_NO_MORE]
    if len(words) < 2 or len(kept) != 1 or kept == words:  # noqa: PLR2004  a field and a word more
        return None
    return kept[0] if kept[0] in fields else None


def _names_other_things(file: File, name: str, spec: FieldSpec | None) -> bool:
    """Whether what is called tools, as in `tools: [cursor, claude]`, are no tools of any product."""
    field = file.document.field(name)
    if name != _COMMON_WORD or field is None or spec is None:
        return False
    tools = [item.name for item in name_lists.items(file.text.source, field.value, spec.syntax)]
    vocabularies = [dialect.tools for dialect in load().dialects.values()]
    return bool(tools) and not any(known.knows(tool) for known in vocabularies for tool in tools)


def stands_in(file: File, name: str) -> bool:
    """Whether a field is there after all, under another name: a misspelled or an accepted one."""
    others = accepted(file)
    return any(name in (meant(file, field.name), others.get(field.name)) for field in file.document.fields)


def accepted(file: File) -> dict[str, str]:
    """Other names that the product reads in files of this scope."""
    return dict(file.dialect.accepted.get(file.scope, {}))
