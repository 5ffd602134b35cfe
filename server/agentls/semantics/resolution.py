"""From where a name is looked up: which products' names count there, and which folders'.

A product looks in the folders around the one it works in, up to the root of the git repository, and comes
across what lies further in. Two projects side by side never meet, unless both are open as folders: then an
editor hands them to the product together.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from agentls.system import paths

# The scope of what only its user has, and for one project.
LOCAL = "local"
# Folders are few, and each is asked for with every name.
_MOST_KEPT = 10_000


class ResolutionContext(NamedTuple):
    """``products``: those whose names count; empty for all of them.

    ``folder``: the project whose file asks; empty for what is of no project, which may be used in any.
    ``repository``: the root of the git repository around that, above which nobody looks; empty for none.
    ``plugin``: the plugin whose file asks; its own names come before those of other plugins.
    ``knows_user``: whether what is the user's own counts.
    ``dialect``: how the file spells the names of servers' tools; empty for a file of none.
    ``owner``: the file that asks, if it brings along servers of its own.
    ``plugin_folder``: where the plugin lies.
    """

    products: frozenset[str] = frozenset()
    folder: str = ""
    repository: str = ""
    plugin: str = ""
    knows_user: bool = True
    dialect: str = ""
    owner: str = ""
    plugin_folder: str = ""

    @property
    def horizon(self) -> tuple[frozenset[str], str, str, bool, str]:
        """What two contexts share from which the same can be seen, in whatever order."""
        return self.products, self.folder, self.repository, self.knows_user, self.dialect

    def is_around(self, project: str) -> bool:
        """Whether a project that is reached holds the plugin whose file asks, if one does."""
        return not self.plugin_folder or paths.is_within(self.plugin_folder, project)

    def is_inside(self, project: str) -> bool:
        """Whether a project that is reached lies further in, so that not everybody here comes across it."""
        return bool(project and self.folder) and not paths.is_within(self.folder, project)

    def reaches(self, scope: str, project: str, enabled_in: tuple[str, ...] = ()) -> bool:
        """Whether what is defined in a scope can be meant; ``project`` is empty for what is in none.

        ``enabled_in``: the only projects in and around which it counts, if not all.
        """
        if enabled_in and self.folder:
            return any(_reaches(self.folder, "", project) for project in enabled_in)
        if scope in ("user", LOCAL) and not self.knows_user:
            return False
        # The list of what is for one project knows nothing of repositories.
        repository = "" if scope == LOCAL else self.repository
        return not (project and self.folder) or _reaches(self.folder, repository, project)

    def is_opened_with(self, project: str, opened: tuple[str, ...]) -> bool:
        """Whether a project is one of the opened folders, and who asks is in another one."""
        others = (folder for folder in opened if folder != project)
        return project in opened and any(paths.is_within(self.folder, folder) for folder in others)


@lru_cache(_MOST_KEPT)
def _reaches(folder: str, repository: str, project: str) -> bool:
    if paths.is_within(project, folder):
        return True
    return paths.is_within(folder, project) and (not repository or paths.is_within(project, repository))
