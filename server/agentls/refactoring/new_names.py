"""Whether something can be called so: how a name is spelt, and what has it already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agentls.products import load
from agentls.syntax.nodes import resolve
from agentls.system import paths

if TYPE_CHECKING:
    from agentls.workspace import ScopedView

# Lists of names are split at spaces, commas and parentheses, and a colon belongs to plugins.
_NAME = re.compile(r"[^\W_][\w.-]*")
_MAX_LENGTH = 256
# Where a name that is given to one kind would be mistaken for one that is there already.
RIVALS = {
    "agent": ("agent",),
    "skill": ("skill", "command"),
    "command": ("skill", "command"),
    "plugin": ("plugin",),
}


class NameRefusedError(Exception):
    """Why something cannot be called so, in words for the user."""


def check_free(view: ScopedView, kind: str, product: str, new: str, prefix: str = "") -> None:
    """Raises RefusedError unless ``new``, behind a plugin's prefix, can be the name of one more of a kind."""
    check_spelling(new)
    for rival_kind in RIVALS[kind]:
        for rival in view.lookup(rival_kind, prefix + new):
            raise NameRefusedError(
                f"the {rival_kind} `{rival.name}` already exists, in {view.display_path(rival.path)}"
            )
        for dialect in load().dialects.values():
            if dialect.product == product and new in dialect.bundled.of_kind(rival_kind):
                raise NameRefusedError(f"{dialect.product} has a built-in {rival_kind} `{new}`")


def check_spelling(new: str) -> None:
    """Raises RefusedError unless ``new`` can stand in a list of names."""
    if not _NAME.fullmatch(new) or len(new) > _MAX_LENGTH:
        raise NameRefusedError(
            f"`{new}` is not a valid name: use letters, digits and hyphens, without spaces"
        )
    if not paths.is_file_name(new):
        raise NameRefusedError(f"`{new}` is not a valid name: on Windows no file can have it")
    if not isinstance(resolve(new), str):
        raise NameRefusedError(f"`{new}` is not a valid name: YAML reads it as a number, true, false or null")
