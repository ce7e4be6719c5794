"""A figure in its sentence: the token, the words before it, and its cell."""

import re
from dataclasses import dataclass
from decimal import Decimal

from fiscal.model.cells import Cell
from fiscal.statements.facts import number_cell
from fiscal.statements.sections import Sectioned
from fiscal.statements.tokens import MONEY, PERCENT, POINTS, TIMES, Token

WINDOW = 48  # characters before a figure in which its role is looked for
FREE_ROLES = {MONEY: "amount", PERCENT: "share", POINTS: "points", TIMES: "change_percent"}
_ABOUT = re.compile(r"(?:(?<!节)约|近|将近|大约|接近)$")
_DIGITS = re.compile(r"[-−－﹣负]?[\d０-９][\d０-９.．,， 　OoIl]*")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence.

    gap    the text since the figure or the classification phrase before it; `first` in its sentence
    after  the text up to the end of the sentence; `span`: first offset and end of the sentence in the narrative
    """

    token: Token
    gap: str
    after: str
    cell: Cell
    sentence: str
    first: bool = False
    start: int = 0
    span: tuple[int, int] | None = None

    @property
    def offset(self) -> int:
        """Where it stands in the narrative."""
        return self.cell.place.offset or 0

    @property
    def words(self) -> str:
        """The gap without 约 and the like right before the number."""
        return _ABOUT.sub("", self.gap)


def cell_of(part: Sectioned, token: Token, clause: tuple[int, int]) -> Cell:
    """The cell of a token: value and digits as printed; multiples as percents, counts in 万 in full."""
    place = part.words.place(token.start, token.end, clause, part.section)
    text = printed(part.words.printed(token.start, token.end))
    approximate = token.approximate or token.ranged
    value = token.value
    if token.form == TIMES and value is not None:
        width = Decimal(50).scaleb(int(value.as_tuple().exponent))
        return number_cell(value * 100, "%", place, text=text, approximate=approximate, width=width)
    if value is not None and token.scale:
        value = value.scaleb(token.scale)
    return number_cell(value, token.unit, place, text=text, approximate=approximate)


def printed(text: str) -> str:
    """The printed number without its unit and inner spaces; Chinese numerals stay as they are."""
    found = _DIGITS.match(text)
    return re.sub(r"[\s　]+|[,，]$", "", found.group()) if found else text
