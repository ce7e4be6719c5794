"""How a finding's places and what follows from it are put into words, the same in text, Excel and pages."""

from typing import Any


def place(item: dict, separator: str = " ") -> str:
    """File, page, sheet, cell, row and column of one piece of evidence."""
    page = f"第{item['page']}页" if item["page"] else ""
    row, column = item["row"], (item["column"] or "").replace("/", "·")
    parts = (item["document"], page, item["sheet"], item["cell"], title(item["table"]), row, column)
    return separator.join(str(part) for part in parts if part)


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
