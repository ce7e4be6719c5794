"""Numbers written in Chinese characters: 三十, 一百零五, 一亿二千万."""

_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_COUNTED = " 一二三四五六七八九"
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


def in_chinese(number: int) -> str:
    """A counting number up to 999 in Chinese.

    >>> in_chinese(8), in_chinese(10), in_chinese(21)
    ('八', '十', '二十一')
    """
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_COUNTED[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not words else f"{_COUNTED[tens]}十"
    elif words and ones:
        words += "零"
    return words + (_COUNTED[ones] if ones else "")
