"""One module per rule; the folder is the registry and ``linter.engine`` reads it.

A rule has a docstring, which is its documentation page, and ``check(context, effect) -> findings``; it may
have ``fix(context, finding) -> fixes``. The effect says what the product does about the mistake and how grave
that is; it comes from the schema, and where a product does nothing about the mistake, the rule is not called.
Constants say where else it has nothing to look at (``linter.needs``).
"""
