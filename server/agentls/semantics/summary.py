"""What is kept of a file that is not open: plain frozen data."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agentls.semantics.resolution import ResolutionContext

if TYPE_CHECKING:
    from agentls.text.source import Location

_ANYWHERE = ResolutionContext()
# The scope of a server that an agent brings along itself.
INLINE = "inline"


# Kinds of definitions that only say what else something is called, rightly or by mistake.
OTHER_NAMES = ("agent-file", "agent-name", "skill-name")


class Definition(NamedTuple):
    """A name and where it is defined.

    ``kind``: skill, agent, command, server, ``foreign-skill`` for a skill in another product's folder,
    ``declaration`` for the path of a file that a configuration calls an agent, ``configured-agent`` for an
    agent that is there without a file; ``agent-file`` for what the file of an agent is called if the agent is
    not, ``agent-name`` and ``skill-name`` for another name that works, ``approval`` for a rule of
    settings by which a tool needs no permission.
    ``scope``: project, user, plugin, unplaced, ``inline`` for a server that an agent brings along itself, or
    ``local`` for one that its user has for one project; ``location`` is where the name is written.
    ``product``: whose it is; empty for what is nobody's own.
    ``project``: the folder in and around which it counts; empty for what counts everywhere.
    ``doc``: the description. ``size``: characters of the file.
    ``is_for_users``: a skill or command that only a person may call, never a model.
    ``readers``: of a server, the products that read the file.
    ``enabled_in``: of what belongs to a plugin, the projects in and around which that counts; empty for all.
    ``lacks``: that for want of which the product does not load it; empty for nothing known.
    ``is_link``: its own folder is a link to the one in which ``path`` lies.
    """

    kind: str
    name: str
    path: str
    location: Location
    scope: str
    doc: str = ""
    size: int = 0
    is_for_users: bool = False
    product: str = ""
    project: str = ""
    readers: frozenset[str] = frozenset()
    enabled_in: tuple[str, ...] = ()
    is_link: bool = False
    lacks: str = ""


class Mention(NamedTuple):
    """A name that a file uses, and where.

    ``kind``: skill, agent, server, tool (one of an MCP server) or path; the name of a path is absolute.
    The line in ``location`` ends with the name, since what follows it has no bearing on its columns.
    """

    kind: str
    name: str
    location: Location


class FileSummary(NamedTuple):
    """What one file contributes; all that is kept of a file that is not open.

    ``prose_mentions``: the words of its prose that may be names, as ``references.prose_mentions`` finds them.
    ``resolution_context``: what its names can mean. ``own``: the servers that it brings along for itself.
    """

    path: str
    definitions: tuple[Definition, ...] = ()
    mcp_tools: frozenset[str] = frozenset()
    mentions: tuple[Mention, ...] = ()
    prose_mentions: tuple[str, ...] = ()
    resolution_context: ResolutionContext = _ANYWHERE
    own: tuple[Definition, ...] = ()

    @property
    def proper_definitions(self) -> tuple[Definition, ...]:
        """Each thing under its own name only."""
        return tuple(d for d in self.definitions if d.kind not in OTHER_NAMES)
