"""The command line: a second coat of paint over the same analysis; no protocol type enters.

``command`` is where it starts, ``arguments`` what may be said. One module for each command: ``check``,
``fix``, ``convert``, ``explain`` with ``sources``, and ``demo``, which is made of ``scenes``, an ``editor``
and a ``client`` of the real server.

What is read: ``inputs``. What is printed: ``listing`` with ``excerpt`` for people, ``formats`` for programs,
``difference``, ``markdown``, ``places``, ``progress``; ``paint`` knows colours, ``cells`` the width of text.
"""
