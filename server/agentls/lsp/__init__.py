"""The Language Server Protocol around the analysis; the only package with pygls and lsprotocol.

The process: ``stdio`` (streams, parent, end), ``protocol`` (what pygls leaves open; nothing that it shows
acts, says ``plain_words``; what of a client's account of itself is of use, ``lenient_params``),
``connection`` (the response to ``initialize``), ``server`` (the session behind it). What both sides can do:
``server_capabilities``, ``client_capabilities``. ``registry`` binds the ``handlers``;
``requests`` is what they share. ``convert``, ``position_encoding`` and ``workspace_edits`` translate our
data. ``publishing`` sends findings, ``refreshing`` has the client request code lenses again, ``rescanning``
scans the disk again when ``file_watchers`` report changes, ``progress`` shows that.
"""
