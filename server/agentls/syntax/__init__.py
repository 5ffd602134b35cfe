"""From text to a ``Document`` and back; no product and no rule is known here.

``document`` is the result, ``nodes`` are its tree, and ``spelling`` tells where parts of a value stand.
``resolvers`` say what a word without quotes means to readers that go their own ways.
``parsing`` chooses the parser and never raises; ``yaml``, ``toml`` (with ``toml_values`` and
``toml_tables``), ``json`` (with ``json_parser``, ``json_scalars`` and ``json_patterns``) and ``lines`` are
the parsers, ``front_matter`` and ``fences`` find what they parse, ``lost_fences`` what was meant as such,
``merge_keys`` adds what a map takes from another one, ``entry_chunks`` keeps entries of broken YAML apart,
and ``yaml_retry`` is a product's second attempt at it. ``yaml_problems`` and ``yaml_lines`` explain what is
wrong, ``yaml_repairs`` and ``yaml_line_repairs`` fix it with a ``repair_types``.
``name_lists`` reads lists of names, ``markdown_code`` and ``markdown_headings`` the body, ``indentation``
says how deep a line is, ``formats`` says how each format is
written, ``writing`` writes whole files.
``substitutions`` finds what a product replaces, runs or attaches in a body, ``lookalikes`` what only looks
like that.
"""
