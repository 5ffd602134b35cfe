"""The open editor session: the only owner of what changes.

``state`` is the session, ``listener`` what it reports, ``open_documents`` the texts that the editor has,
``snapshot`` files as they are now.
"""
