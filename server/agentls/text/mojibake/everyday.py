"""The signs and pictures people use every day in prose. It is no list of all that is allowed."""

# Roughly by how often they are met: the order is the order in which doubtful restorations are offered.
_FAVOURITES = "✅❌⚠🚀📝🔍🎯🏗🏆🐛🤖🌍🛠🐙🏠📁🏋🙏✏⭐🏁📍🎁🏢🔐🔁🏷🏃🏛🐍🐳👍🌐🍕🏅🐞🐘🍀"
_SIGNS = (
    "—–‘’“”‚„…•†‡‰′″‹›€™№"
    "→←↑↓↔↕↖↗↘↙↩↪↳⇐⇒⇔⇧"
    "∀∂∃∅∆∈∉∏∑−√∞∧∨∩∪∫≈≠≡≤≥⊂⊆"
    "⌘⌥⌃⌫⌛⌚⏎⏏⏩⏪⏫⏬⏭⏮⏯⏰⏱⏲⏳⏸⏹⏺"
    "─│┌┐└┘├┤┬┴┼═║╔╗╚╝╠╣╦╩╬━┃┏┓┗┛┣┫┳┻╋╭╮╯╰╱╲▀▄█▌▐░▒▓"
    "■□▪▫▲△▶▷►▼▽◀◁◄◆◇○●◉◎◯"
    "☀☁☂☃☎☐☑☒☕☘☠☢☣☮☯☸☹☺♀♂♠♣♥♦♻♿⚒⚓⚔⚖⚗⚙⚛⚠⚡⚪⚫⚽⚾⛄⛅⛏⛑⛔⛪⛰⛲⛳⛵⛺⛽"
    "✂✅✈✉✊✋✌✍✏✒✓✔✕✖✗✘✨✳✴❄❇❌❎❓❔❕❗❣❤➕➖➗➜➡➤➰➿⤴⤵⬅⬆⬇⬛⬜⭐⭕"
    "\ufe0f\u200b\u200d\ufeff\u2011\u2009\u202f"
)
# Greek letters that stand alone in texts of every language.
_GREEK = "ΔΣΩαβγδεθλμπρστφψω"
_SET = frozenset(_SIGNS + _GREEK)
# Blocks of pictures: symbols, faces, transport, coloured shapes, supplements.
_PICTURES = ("\U0001f300\U0001f64f", "\U0001f680\U0001f6ff", "\U0001f7e0\U0001f7ff", "\U0001f900\U0001faff")
_RANK = {char: rank for rank, char in enumerate(dict.fromkeys(_FAVOURITES + _SIGNS))}


def is_everyday(char: str) -> bool:
    return char in _SET or is_picture(char)


def signs() -> frozenset[str]:
    """The punctuation that programs put in place of what was typed, and arrows: what a text is full of."""
    return frozenset("—–‘’“”…•→←↑↓✅✓✔✗✘⚠★☆")


def is_picture(char: str) -> bool:
    return any(block[0] <= char <= block[1] for block in _PICTURES)


def is_emoji(char: str) -> bool:
    return "☀" <= char <= "➿" or is_picture(char)


def rank(char: str) -> int:
    """Smaller is met more often; all that is not listed shares the last place."""
    return _RANK.get(char, len(_RANK))
