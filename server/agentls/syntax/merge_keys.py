"""The merge key of YAML: ``<<: *base`` adds the entries of another mapping that are not there yet.

Most parsers read it, though YAML 1.2 no longer has it. Of several sources the first one counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.syntax.nodes import Alias, Entry, Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from agentls.syntax.nodes import Node

MERGE_KEY = "<<"


def is_merge(entry: Entry) -> bool:
    """Whether an entry is a merge key with something that can be merged."""
    is_key = isinstance(entry.key, Scalar) and entry.key.value == MERGE_KEY
    return is_key and isinstance(entry.value, (Alias, Mapping, Sequence))


def inherited(root: Mapping, anchors: dict[str, Node]) -> tuple[Entry, ...]:
    """The entries that a mapping gets by its merge keys, each where it is written."""
    merges = [entry.value for entry in root.entries if is_merge(entry)]
    if not merges:
        return ()
    names = {entry.key.value for entry in root.entries if isinstance(entry.key, Scalar)}
    found: dict[str, Entry] = {}
    for source in _sources(merges, anchors):
        for entry in source.entries:
            if isinstance(entry.key, Scalar) and entry.key.value not in names and not is_merge(entry):
                found.setdefault(entry.key.value, entry)
    return tuple(found.values())


def _sources(values: Iterable[Node], anchors: dict[str, Node]) -> Iterator[Mapping]:
    """The mappings that are merged, each once: what is merged again adds nothing."""
    seen: set[int] = set()
    pending = list(values)[::-1]
    while pending:
        node = pending.pop()
        node = anchors.get(node.name, node) if isinstance(node, Alias) else node
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Sequence):
            pending += node.items[::-1]
        elif isinstance(node, Mapping):
            yield node
            pending += [entry.value for entry in node.entries if is_merge(entry)][::-1]
