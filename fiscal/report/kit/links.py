"""Within one page: every id once, every link to something that is there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

LAST_YEAR = "上年决算"  # the link to last year's page
_ID = re.compile(r' id="([^"]+)"')
_LINK = re.compile(r'<a href="#([^"]+)"([^>]*)>(.*?)</a>', re.DOTALL)


def tidied(bodies: Sequence[str], others: Iterable[str] = (), beside: Mapping[str, str] = {}) -> list[str]:
    """The parts of a page in their order: an id that was taken is left out, a link to nothing is plain text.

    others  ids that stand elsewhere in the page
    beside  ids that lead to other pages, and their addresses
    """
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match[1] in seen:
            return ""
        seen.add(match[1])
        return match[0]

    parts = [_ID.sub(once, body) for body in bodies]
    known = seen | set(others)
    return [_LINK.sub(lambda match: _live(match, known, beside), part) for part in parts]


def _live(match: re.Match[str], ids: set[str], beside: Mapping[str, str]) -> str:
    if match[1] in beside:
        return f'<a href="{escape(beside[match[1]])}"{match[2]}>{match[3]}</a>'
    return match[0] if match[1] in ids else f"<span{match[2]}>{match[3]}</span>"
