"""What a product makes of a file: what it defines, and what its agent may use.

``summarize`` and ``summarize_configuration`` make the summary of a file, with ``summarize_manifest`` for what
describes a plugin.
``tool_access`` says what an agent may use in the end: ``tool_entries`` classifies each entry of a list,
``tool_denial`` says what is removed, ``permission_maps`` reads what a map allows, ``preloaded_skills`` are
there from the start, and ``tool_refusal`` knows whether that is enough to start.
``entry_problems`` and ``permission_problems`` find what is not in force; ``consequences`` are what they find.
``permission_rules`` are those of settings. ``hook_shape`` finds hooks that cannot be read, ``idle_hooks``
those that never run, and ``hook_commands`` looks at what the others run.
``rendering`` makes the text that the model gets, for ``typed_arguments``; ``body_text`` says what goes wrong
on its way there, and ``command_permission`` whether a command in it may run.
``reach`` says when a file of instructions is loaded, ``instructions`` which of them apply to a file.
"""
