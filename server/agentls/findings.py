"""What is wrong and what would mend it, as plain data; nothing here knows a rule or a protocol."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from agentls.text.source import Location, Span


class Severity(IntEnum):
    """The tiers, numbered as in the Language Server Protocol: 1 is the gravest.

    Error: the product does not load the file, or refuses to start it.
    Warning: the product silently drops something, or the text is damaged.
    Information and hint: everything else.
    """

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4

    @property
    def word(self) -> str:
        return self.name.lower()


class Ends(IntEnum):
    """What the product gives up because of a mistake: the file, the start of what it defines, or neither."""

    NOTHING = 0
    START = 1
    FILE = 2


# Of the places that explain a finding nobody reads more.
MOST_RELATED = 30


class Related(NamedTuple):
    """A second place that explains a finding."""

    path: str
    location: Location
    message: str


class Finding(NamedTuple):
    """One cause at its exact place.

    ``data`` is what the rule needs to build its fixes later: plain strings, so that a finding can be
    kept, compared and sent to a client and back. ``covers`` is the stretch of text that this cause spoils:
    what other rules say about it may be only an echo (``linter.engine`` decides).
    ``product`` is whose finding it is; empty for the product that the file belongs to.
    ``ends`` is what the product gives up, whatever severity its user has chosen.
    """

    rule: str
    severity: Severity
    span: Span
    message: str
    data: tuple[str, ...] = ()
    is_unnecessary: bool = False
    is_deprecated: bool = False
    related: tuple[Related, ...] = ()
    covers: Span | None = None
    product: str = ""
    ends: Ends = Ends.NOTHING


class Edit(NamedTuple):
    """Replace the text under ``span`` with ``text``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """Edits of files and new files, by path (absolute, as the workspace knows the file).

    ``creates`` holds the whole text of each file that does not exist yet. ``renames`` are made after the
    edits, from the old path of a file or folder to the new one. ``needs_confirmation`` are edits that may be
    wrong: they are made only where the user can look at each and say no.
    """

    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    creates: Mapping[str, str] = field(default_factory=dict)
    renames: Mapping[str, str] = field(default_factory=dict)
    needs_confirmation: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: str, *edits: Edit) -> Change:
        return cls({path: edits})


class Fix(NamedTuple):
    """A remedy that was built because somebody asked for it.

    ``is_safe``: exactly one repair is plausible, so that it may be applied without being looked at.
    """

    title: str
    change: Change
    is_safe: bool = False
    is_preferred: bool = False

    @classmethod
    def replacing(
        cls, path: str, span: Span, word: str, spelled: str | None = None, *, is_safe: bool = False
    ) -> Fix:
        """The word that was probably meant, in place of what stands there; ``spelled`` with its quotes."""
        edit = Edit(span, word if spelled is None else spelled)
        return cls(f"Change to `{word}`", Change.of(path, edit), is_safe, is_preferred=True)


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The text after the edits; of two that overlap, the one that starts first wins."""
    pieces: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < end:
            continue
        pieces += source[end : edit.span.start], edit.text
        end = edit.span.end
    return "".join([*pieces, source[end:]])
