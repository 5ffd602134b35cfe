"""The facts of all files and the way back from a name to the files that use it; no I/O.

Only the session changes a ``workspace``. Rules and features see it through a ``view``, which writes down what
was asked, misses included: when a name appears or goes, exactly the files that asked are checked again.
``precedence`` says which of several definitions is meant. ``uses`` is the way back.
"""

from agentls.workspace.uses import Question
from agentls.workspace.view import View
from agentls.workspace.workspace import Workspace

__all__ = ["Question", "View", "Workspace"]
