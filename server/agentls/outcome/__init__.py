"""What a product makes of a file: what it defines, and what its agent may use.

``summarize`` and ``summarize_others`` make the summary of a file, ``tool_entries`` judges each entry of a
list of tools and ``permission_maps`` what a map allows, ``tool_access`` says what the agent may use in the
end.
``rendering`` makes the text that the model gets.
"""
