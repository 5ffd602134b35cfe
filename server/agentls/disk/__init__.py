"""The only reader and writer of the user's files.

A dead network drive must not stop the editor's loop, so nothing here runs on it but on a ``Worker``'s thread;
the command line calls the functions directly.
Every function copes with whatever it meets: what cannot be read is a log line and is left out.

``files`` reads single files, ``atomic_writes`` writes them, ``surroundings`` looks around one, ``scanning``
searches for all that can define a name by ``walking`` through folders and ``installed_plugins``,
``name_listing`` names all files of a project,
``watch_globs`` says what an editor has to watch for that; ``cache_files`` keeps what is ours between runs.
"""

from agentls.disk.atomic_writes import WriteRefusedError, create, sweep, write
from agentls.disk.cache_files import cache_folder, load_cache, program_digest, save_cache
from agentls.disk.files import (
    FileContent,
    UnreadableError,
    file_content,
    is_folder,
    list_names,
    paths_exist,
    read,
    read_or_raise,
    resolve_links,
)
from agentls.disk.name_listing import project_files
from agentls.disk.scanning import (
    STALE_STAMP,
    Scan,
    Slice,
    affects_other_files,
    documents,
    home_folder,
    is_of_interest,
    is_too_wide,
    repository_around,
    scan,
    user_folder,
    user_servers_file,
)
from agentls.disk.surroundings import DiskState, configuration_in, inspect, plugins_above
from agentls.disk.walking import linked_folder_around

__all__ = [
    "STALE_STAMP",
    "DiskState",
    "FileContent",
    "Scan",
    "Slice",
    "UnreadableError",
    "WriteRefusedError",
    "affects_other_files",
    "cache_folder",
    "configuration_in",
    "create",
    "documents",
    "file_content",
    "home_folder",
    "inspect",
    "is_folder",
    "is_of_interest",
    "is_too_wide",
    "linked_folder_around",
    "list_names",
    "load_cache",
    "paths_exist",
    "plugins_above",
    "program_digest",
    "project_files",
    "read",
    "read_or_raise",
    "repository_around",
    "resolve_links",
    "save_cache",
    "scan",
    "sweep",
    "user_folder",
    "user_servers_file",
    "write",
]
