"""The only reader and writer of the user's files.

A dead network drive must not stop the editor's loop, so nothing here runs on it but on a ``Worker``'s thread;
the command line calls the functions directly.
Every function copes with whatever it meets: what cannot be read is a log line and is left out.

``files`` reads and writes single files, ``surroundings`` looks around one, ``scanning`` searches for all that
can define a name by ``walking`` through folders and ``plugins``, ``watch_globs`` says what an editor has
to watch for that; ``store`` keeps what is ours between runs.
"""

from agentls.disk.files import (
    FileContent,
    UnreadableError,
    create,
    existing,
    file_content,
    is_folder,
    names_in,
    read,
    read_or_raise,
    target,
    write,
)
from agentls.disk.scanning import (
    STALE_STAMP,
    Scan,
    Slice,
    documents,
    home_folder,
    is_about_others,
    is_of_interest,
    is_too_wide,
    scan,
    user_folder,
    user_servers_file,
)
from agentls.disk.store import cache_folder, keep, program_digest, recall
from agentls.disk.surroundings import DiskState, configuration_in, inspect, plugins_above
from agentls.disk.walking import linked_folder_around

__all__ = [
    "STALE_STAMP",
    "DiskState",
    "FileContent",
    "Scan",
    "Slice",
    "UnreadableError",
    "cache_folder",
    "configuration_in",
    "create",
    "documents",
    "existing",
    "file_content",
    "home_folder",
    "inspect",
    "is_about_others",
    "is_folder",
    "is_of_interest",
    "is_too_wide",
    "keep",
    "linked_folder_around",
    "names_in",
    "plugins_above",
    "program_digest",
    "read",
    "read_or_raise",
    "recall",
    "scan",
    "target",
    "user_folder",
    "user_servers_file",
    "write",
]
