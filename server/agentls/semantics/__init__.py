"""One file as one product reads it, and what it names; the schemas decide, not the code.

``file`` is the file, ``file_references`` what it names, ``cursor_path`` where in a value the cursor is, and
``json_cursor`` where in JSON; ``resolution`` from where a name is looked up, ``summary`` what is kept of a
file that is not open.
``server_entries`` are the MCP servers that a file of a dialect lists.
``mcp_files``, ``mcp_servers``, ``claude_settings`` and ``codex_agents`` read configuration files by hand
until those are documents like all others.
``imports`` are the files that instructions take in, ``matching_files`` those that globs take in.
``text_references`` are the files that a text names for the product itself, ``declared_arguments`` the names
that it gives to what a user types, ``hooks`` the hooks of a file,
``agent_calls`` the agents that a text tells the model to start. ``field_conditions`` say whether a field
counts beside the others.
"""
