"""Checks many files once, for the terminal and for CI; nothing is watched.

``project_files`` collects the files and all that they can name, ``checking`` says what is wrong with them.
"""

from agentls.batch.checking import Report, check, fix, store, with_paths
from agentls.batch.project_files import Batch, Source, Unreadable, read

__all__ = ["Batch", "Report", "Source", "Unreadable", "check", "fix", "read", "store", "with_paths"]
