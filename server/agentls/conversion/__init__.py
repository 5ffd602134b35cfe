"""The same agent for another product, with what is lost on the way.

``file_conversion`` does it, ``field_conversion``, ``tools`` and ``powers`` translate the parts,
``losses`` says what is lost.
"""
