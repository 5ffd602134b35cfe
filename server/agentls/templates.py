"""New files and where they belong; written with python-frontmatter, so that the ecosystem reads them."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from agentls.catalogue import load

if TYPE_CHECKING:
    from agentls.file import File

# A name that can be a folder on every system, and be written in a list of names.
_FOLDER = re.compile(r"[^\W_](?:[\w.-]*[\w-])?")
_DESCRIPTION = "What this skill does, and when to use it."
_BODY = "# {title}\n\nWrite down what to do, step by step."


def skill(name: str) -> str:
    """The text of a first SKILL.md."""
    # Nothing else needs the library, and few ever write a new file.
    import frontmatter  # noqa: PLC0415

    title = re.sub(r"[-_.]+", " ", name).strip().capitalize()
    post = frontmatter.Post(_BODY.format(title=title), name=name, description=_DESCRIPTION)
    return str(frontmatter.dumps(post, sort_keys=False, allow_unicode=True)) + "\n"


def skill_path(file: File, name: str) -> str | None:
    """Where the product of ``file`` looks for such a skill; None for a name that cannot be a folder."""
    if not _FOLDER.fullmatch(name):
        return None
    for dialect in load().dialects.values():
        if dialect.kind != "skill" or dialect.product != file.dialect.product:
            continue
        for place in dialect.facts["files"]:
            if place["scope"] == file.scope:
                below = place["glob"].removeprefix("**/").removeprefix("~/.claude/").replace("*", name)
                return os.path.join(file.identity.root, *below.split("/"))
    return None
