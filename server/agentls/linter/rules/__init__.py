"""One module per rule; the folder is the registry and ``linter.engine`` reads it.

A rule has a docstring, which is its documentation page, and ``check(view, file) -> findings``;
it may have ``fix(view, file, finding) -> fixes``. What a mistake means in a product, and so its
severity, comes from the schema: ``file.effect("rule-code")``.
"""
