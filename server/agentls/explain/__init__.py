"""What a product makes of a file, in words for people; nothing is decided here.

``report`` writes it in Markdown, ``loading`` says whether the file is loaded, ``readers`` says it for every
product that reads the file. ``prompt`` shows the text as the model gets it, ``substitution_notes`` tells
of one place in it. ``context_page`` shows the instructions that apply to a file, ``reach_words`` says when
one of them is loaded.
"""
