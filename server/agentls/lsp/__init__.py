"""The language server protocol around the analysis; the only floor where pygls and lsprotocol appear.

The process: ``stdio`` (streams, parent, end), ``protocol`` (what pygls leaves open), ``connection`` (hello),
``offer`` (what is told there), ``server`` (all handlers put together), ``lifecycle`` (settings, watched
files, goodbye).

What handlers share: ``client`` (what it can do), ``convert`` and ``columns`` (our data and places as the
protocol has them), ``requests`` (what a request is about, refusals).

Documents: ``documents`` (open, change, save, close), ``publishing`` (when findings go out), ``rescans`` and
``progress`` (when the disk is looked at, and what the user sees of it).

Handlers of one method after the other: ``assistance`` (completion, hover), ``navigation`` (definition,
references, highlights, links), ``structure`` (symbols, folding, selection), ``decorations`` (colours, inlay
hints), ``code_lenses``, ``code_actions``, ``call_hierarchy``, ``rename``, ``file_operations``.

Commands: ``explain_commands``, ``create_commands``, ``convert_command``.
"""
