"""The same agent for another product, with what is lost on the way.

``convert`` does it, ``fields``, ``tools`` and ``powers`` translate the parts, ``losses`` says what is lost.
"""
