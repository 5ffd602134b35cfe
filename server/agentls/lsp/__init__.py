"""The Language Server Protocol around the analysis; the only package with pygls and lsprotocol.

The process: ``stdio`` (streams, parent, end), ``protocol`` (what pygls leaves open), ``connection`` (the
answer to ``initialize``), ``server`` (the session behind it). What both sides can do:
``server_capabilities``, ``client_capabilities``. ``handlers`` answer requests; ``requests`` is what they
share. ``convert`` and ``position_encoding`` translate our data. ``publishing`` sends findings,
``rescanning`` looks at the disk again, ``progress`` shows that.
"""
