"""One pure module per editor feature: ``(view, file, offset)`` in, plain data out; no protocol type.

Modules are called as the protocol calls the feature. A new name for something is not among them: two of them
need it, and no feature imports a feature, so it stands below (``refactoring``).
"""
