"""One pure module per editor feature: ``(view, file, offset)`` in, plain data out; no protocol type."""
