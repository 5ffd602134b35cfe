"""Runs the rules over a file; ``rules`` has one module for each, ``pages`` their documentation.

``engine`` runs them, ``fix_all`` puts fixes together, ``suppression`` reads ignore comments, ``rule_pages``
renders the pages. ``api`` is what a rule imports, ``needs`` says where it is called. ``field_names``,
``empty_values``, ``leaked_examples`` and ``unusual_characters`` are shared by several rules.
"""
