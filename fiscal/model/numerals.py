"""Numbers written in Chinese characters: 三十, 一百零五, 一亿二千万."""

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_LEVELS = {"十": 10, "百": 100, "千": 1000}


def chinese(text: str) -> int:
    """三十 → 30, 一亿二千万 → 120000000.

    >>> chinese("十二"), chinese("一百零五"), chinese("一亿二千万")
    (12, 105, 120000000)
    """
    total, section, digit = 0, 0, 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _LEVELS:
            section += (digit or 1) * _LEVELS[char]
            digit = 0
        else:
            below = section + digit
            total = total + below * 10_000 if char == "万" else (total + below) * 100_000_000
            section = digit = 0
    return total + section + digit
