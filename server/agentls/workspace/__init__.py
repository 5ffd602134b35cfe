"""What all files define and name, and the way back from a name to its uses; no I/O.

Only the session changes a workspace, which is in ``workspace_store``. Rules and features see it through a
``view`` from their file, which records its ``queries``, misses included: when a name appears or goes,
exactly the files that asked are checked again. ``precedence`` says which of several definitions is meant,
``usages`` is the way back. ``presence`` says whether a name leads anywhere, ``close_names`` which one was
meant if not, ``descriptions`` how long those of all are together,
``server_tool_names`` what the name of a server's tool lacks. ``symbols`` says what a cursor is
on and who else names it, ``file_links`` where paths in a text lead.
"""

from agentls.workspace.queries import Query
from agentls.workspace.view import Context, ScopedView, View
from agentls.workspace.workspace_store import Workspace

__all__ = ["Context", "Query", "ScopedView", "View", "Workspace"]
