"""A cell: one printed number, a blank, an unknown or something that was not read, with the place where it stands."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

NUMBER, BLANK, UNKNOWN, UNREAD = "number", "blank", "unknown", "unread"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands. Only the fields that a format knows are set.

    `page` counts from 1; `bbox` is (left, top, right, bottom) in points from the top left corner of the page;
    `cell` is a spreadsheet reference such as C7; `offset` counts characters in the text of the account's narrative.
    `table` is the id of a statutory table, `row`, `column` the labels as printed; `section` is the key of a section.
    """

    document: str = ""
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    table: str = ""
    row: str = ""
    column: str = ""
    section: str = ""
    offset: int | None = None
    text: str | None = None

    def label(self) -> str:
        """A short address for messages: file, sheet and cell, or page, table, row and column."""
        where = [self.document, self.sheet, self.cell, f"p.{self.page}" if self.page else None]
        what = [self.table, self.row, self.column]
        return ", ".join(str(part) for part in (*where, *what) if part)

    def words(self) -> str:
        """The same address in Chinese, for readers of a report: file, page, sheet, cell, row and column."""
        page = f"第{self.page}页" if self.page else ""
        return " · ".join(part for part in (self.document, page, self.sheet, self.cell, self.row, self.column) if part)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as published.

    state       NUMBER, BLANK (nothing of the kind: 0 in sums, never printed as zero), UNKNOWN (未公开) or UNREAD (seen,
                not understood: nothing is concluded from it either)
    value       the printed number in `unit`, with the printed digits; None unless NUMBER
    unit        元, 千元, 万元, 亿元; "%" for percents; "" for counts
    exact       no half unit around it: a bare 0, counts, years
    width       half width in `unit` where it is not half a unit of the last digit (derived figures)
    origin      for a table cell filled from a sentence: that sentence's subject (“same source”)
    derived     computed from other figures, not printed anywhere
    approximate 约, 近, 余: read, never used in an equality
    confidence  of OCR, 0–1; None for text that was not recognised from a picture
    """

    state: str
    value: Decimal | None
    unit: str
    text: str = ""
    place: Place = field(default_factory=Place)
    exact: bool = False
    width: Decimal | None = None
    origin: str = ""
    derived: bool = False
    approximate: bool = False
    confidence: float | None = None

    @property
    def is_number(self) -> bool:
        return self.state == NUMBER

    @property
    def is_blank(self) -> bool:
        return self.state == BLANK

    @property
    def is_unknown(self) -> bool:
        """A number that we do not have: not published, or not read."""
        return self.state in (UNKNOWN, UNREAD)

    @property
    def is_unread(self) -> bool:
        return self.state == UNREAD

    @property
    def digits(self) -> int:
        """Printed decimals: 2 for 218.96, 0 for 30."""
        return max(0, -int(self.value.as_tuple().exponent)) if self.value is not None else 0

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed digit, in `unit`; 0 for blanks and exact numbers."""
        if self.width is not None:
            return self.width
        if self.exact or self.value is None or self.unit == "":
            return Decimal(0)
        return Decimal(5).scaleb(-self.digits - 1)

    @property
    def number(self) -> Decimal:
        """The value in sums: a blank counts as 0. An unknown has none."""
        if self.is_unknown:
            raise ValueError("an unknown (未公开) or unread cell has no number")
        return self.value if self.value is not None else Decimal(0)

    def at(self, **changes) -> "Cell":
        """The same cell with a more precise place."""
        return replace(self, place=replace(self.place, **changes))

    def __str__(self) -> str:
        if self.is_unknown:
            return "未读出" if self.is_unread else "未公开"
        return "" if self.value is None else f"{self.value:f}"

    def _repr_html_(self) -> str:
        return str(self)


def blank(unit: str = "万元", place: Place | None = None) -> Cell:
    """A cell in which nothing stands."""
    return Cell(BLANK, None, unit, "", place or Place())


def count(value: int | str, place: Place | None = None) -> Cell:
    """A count: exact, without unit."""
    return Cell(NUMBER, Decimal(value), "", str(value), place or Place(), exact=True)
