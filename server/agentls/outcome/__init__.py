"""What a product makes of a file: what it defines, and what its agent may use.

``summarize`` and ``summarize_others`` make the summary of a file, ``tool_entries`` judges each entry of a
list of tools, ``permission_maps`` reads what a map allows and ``permission_problems`` finds what in it is not
in force, ``tool_access`` says what the agent may use in the end. ``consequences`` are what all of them find.
``rendering`` makes the text that the model gets, ``body_text`` says what goes wrong on its way there.
"""
