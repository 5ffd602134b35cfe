"""The products themselves as judges: what they load of a folder, beside what we say of it.

With ``PYTHONPATH=server:tools:tests/support``, ``python -m judges install`` fetches the products from npm
into a cache folder; nothing else here uses a network. ``python -m judges ask PRODUCT FOLDER`` prints what a
product loads of a folder, and ``python -m judges search PRODUCT`` tries mutants of the literate cases on both
sides and prints what differs.

A product runs on a copy, with an empty home, in name spaces of its own without network where ``unshare``
provides them. It may start what the folder names, such as a server or a hook: ask about folders that you
wrote yourself.
"""
