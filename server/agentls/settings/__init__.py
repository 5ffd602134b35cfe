"""The user's settings of agentls itself: plain data, and the files they come from.

``layers`` puts settings together, ``config_files`` edits ``agentls.toml`` and ``pyproject.toml``.
"""
