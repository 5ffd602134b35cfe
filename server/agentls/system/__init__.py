"""Paths, the log, threads and processes; nothing here knows what an agent is.

``paths`` gives a file one identity, ``log`` writes the log, ``worker`` is the thread that reads the disk,
``parallel`` the helper processes. ``descriptors`` reads and writes those that may not block.
``watchdog`` ends a server that hangs without an editor, ``own_command`` is how this program is started
once more.
"""
