"""Completion: what may be written at the cursor.

``complete`` collects the ``items``; ``cursor`` says what stands on the line of the cursor already;
``placeholders`` stand in the text.
"""
