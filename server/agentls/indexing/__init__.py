"""Keeps the workspace equal to the disk, for the editor and for the terminal.

``index`` follows the disk, ``reading`` reads many files, ``json_codec`` sends what was read to other
processes, ``effective_settings`` finds the settings of a file, ``findings_cache`` keeps findings between
runs.
"""
