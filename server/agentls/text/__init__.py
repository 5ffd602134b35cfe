"""Text before anybody reads a syntax in it: places, encodings, damage, words.

``source`` has Text, Span and Location, ``decoding`` turns bytes into text, ``mojibake`` finds damaged text,
``invisible_characters`` names what cannot be seen. ``similar_words`` finds the word that was meant,
``similar_letters`` the letters that other alphabets have for those of ours,
``shell_words`` splits arguments, ``shell_commands`` a line for the shell, ``globs`` matches wildcards,
``path_globs`` paths, and ``glob_lists`` knows how each product reads a list of those;
``js_regex`` the expressions of JavaScript, whose ``js_regex_syntax`` it knows; ``markdown_escape`` quotes for
Markdown, ``token_count`` estimates, ``colors`` knows the named colors,
``secrets`` tells those in plain text.
"""
