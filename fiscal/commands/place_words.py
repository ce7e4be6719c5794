"""How a finding's places and what follows from it are put into words, the same in text, Excel and pages."""

from collections.abc import Iterable
from typing import Any

MOST, FIRST = 12, 4  # places that a reader goes through one by one; more are a whole table


def place(item: dict, separator: str = " ") -> str:
    """File, page, sheet, cell, row and column of one piece of evidence."""
    page = f"第{item['page']}页" if item["page"] else ""
    row, column = item["row"], (item["column"] or "").replace("/", "·")
    parts = (item["document"], page, item["sheet"], item["cell"], title(item["table"]), row, column)
    return separator.join(str(part) for part in parts if part)


def some(places: Iterable[str]) -> list[str]:
    """The places themselves; of a whole table the first ones and how many there are. JSON and pages have them all."""
    told = list(dict.fromkeys(one for one in places if one))
    return told if len(told) <= MOST else [*told[:FIRST], f"等共{len(told)}处"]


def title(table: str | None) -> str:
    """The Chinese title of a table."""
    from fiscal.dictionary.tables import catalogue

    known = catalogue().entries.get(table or "")
    return f"《{known.title}》" if known else ""


def followed(finding: Any) -> str:
    """How many further failures belong to a finding: those that its correction mends, or that nothing explains."""
    number = len(finding["consequences"])
    if not number:
        return ""
    if finding.get("cause") == "unexplained":
        return f"同一处另有{number}项不符"
    return f"由此还引起{number}处不符"
