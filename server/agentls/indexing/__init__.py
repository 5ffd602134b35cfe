"""Keeps the workspace equal to the disk, for the editor and for the terminal.

``reading`` reads what a scan comes across, ``reading_context`` says what counts meanwhile, ``shares`` gives a
part to another process. ``index`` follows the disk for the editor. ``json_codec`` is for other processes and
for what is kept, ``effective_settings`` finds the settings of a file, ``findings_cache`` keeps findings
between runs.
"""
