"""The command line over the same analysis; no protocol type enters.

``main`` is where it starts, ``arguments`` what may be said, ``inputs`` what is read; ``selection`` says which
rules are asked for, ``baseline`` what is known already, ``hook_protocols`` how products talk to hooks and
``feedback`` what agents are told. ``commands`` has one module for each command, ``output`` what they print,
``demo`` what ``agentls demo`` shows.
"""
