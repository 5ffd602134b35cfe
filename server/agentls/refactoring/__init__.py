"""Edits that somebody asks for, in one file or in many; nothing is written here.

``rename`` gives a thing a new name, ``new_names`` says what it may be called, ``mcp_names`` knows servers
in the names of tools, ``argument_names`` arguments of a text; ``move`` keeps links alive, ``new_files``
writes first files, ``tool_names`` translates lists of tools.
"""
