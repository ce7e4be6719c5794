"""Where a sentence takes its figures and words from: what the account states, else its tables, else what follows."""

from typing import Any

from fiscal.dictionary.phrases import FigureEntry, phrases
from fiscal.model.cells import Cell, blank
from fiscal.narrative import derived
from fiscal.narrative.entries import entries
from fiscal.narrative.noted import note_words
from fiscal.narrative.pieces import Figure, Piece, anchor, shown

UP, DOWN = ("增加", "增长"), ("减少", "下降")
SIGNS = {"增加": 1, "增长": 1, "减少": -1, "下降": -1}
# Tables that are published without data where there is nothing of the kind.
MAY_BE_EMPTY = frozenset({"government_fund", "state_capital", "state_capital_expenditure", "three_public"})
VERSUS = {1: "大于", 0: "等于", -1: "小于"}


class Source:
    """Figures and words of one account, with last year's account where it is known.

    Every method gives None for what the account does not hold; an unknown (未公开) figure is a Figure that says so.
    """

    def __init__(self, account: Any, previous: Any = None) -> None:
        self.account = account
        self.before = Source(previous) if previous is not None else None

    def figure(self, name: str) -> Figure | None:
        """A declared figure: the stated one, tied to its table cell where there is one."""
        stated, cell, target, source = self.account.stated(name), None, "", ""
        entry = phrases().figures.get(name)
        if entry:
            cell, target, source = self._in_tables(entry)
        if stated is not None and not (stated.is_blank and cell is not None):
            return Figure(shown(stated), stated, target, source or _place(stated))
        return Figure(shown(cell), cell, target, source) if cell is not None else None

    def _in_tables(self, entry: FigureEntry) -> tuple[Cell | None, str, str]:
        empty = None
        for table_id, row, column in entry.cells:
            table = self.account.table(table_id)
            cell = self.account.amount(table_id, row, column)
            if table and cell is not None:
                label = next((c.label for c in table.columns if c.key == column), column)
                return cell, anchor(table_id, row, column), f"《{table.title}》{table.row(row).label} · {label}"
            if table and table.empty and table_id in MAY_BE_EMPTY:
                empty = blank(table.unit)
        return empty, "", ""

    def cell(self, name: str) -> Cell | None:
        found = self.figure(name)
        return found.cell if found else None

    def share(self, name: str) -> Figure | None:
        whole = phrases().figures[name].of
        return self._ratio(f"{name}_share", self.cell(name), self.cell(whole) if whole else None)

    def completion(self, name: str) -> Figure | None:
        return self._ratio(f"{name}_completion", self.cell(name), self.cell(f"{name}_budget"))

    def _ratio(self, slot: str, part: Cell | None, whole: Cell | None) -> Figure | None:
        stated = self.account.stated(slot)
        return _figure(stated if stated is not None else derived.share(part, whole))

    def moved(self, name: str) -> tuple[Piece, ...] | None:
        """增加A，增长P against last year; 持平 where nothing changed; None where the change is not known."""
        amount, rate = self._change(name)
        if amount is None or not amount.is_number:
            return None
        sign = self._sign(name, amount)
        if amount.value == 0 or sign is None:
            return ("持平",) if amount.value == 0 else None
        verbs = UP if sign > 0 else DOWN
        pieces: list[Piece] = [verbs[0], _unsigned(amount)]
        if rate is not None and rate.is_number:
            pieces += [f"，{verbs[1]}", _unsigned(rate)]
        return tuple(pieces)

    def _change(self, name: str) -> tuple[Cell | None, Cell | None]:
        amount, rate = self.account.stated(f"{name}_change"), self.account.stated(f"{name}_change_percent")
        if amount is None and self.before:
            now, then = self.cell(name), self.before.cell(name)
            amount, rate = derived.change(now, then), rate or derived.change_percent(now, then)
        if amount is None and rate is not None and self._word(f"{name}_direction") == "持平":
            amount = Cell("number", rate.value, "万元", "0") if rate.value == 0 else None
        return amount, rate

    def _sign(self, name: str, amount: Cell) -> int | None:
        if amount.value is not None and (amount.derived or amount.value < 0):
            return 1 if amount.value > 0 else -1
        return SIGNS.get(self._word(f"{name}_direction") or "")

    def _word(self, slot: str) -> str | None:
        words = self.account.narrative.words.get(slot)
        if words:
            return words[0]
        subject = slot.removesuffix("_direction") + "_change"
        found = (s.direction for s in self.account.narrative.claims if s.subject == subject and s.direction)
        return next(found, None)

    def versus(self, name: str) -> tuple[Piece, ...] | None:
        """等于, 小于 or 大于: the outcome against its budget."""
        stated = self._word(f"{name}_word")
        if stated:
            return (stated,)
        actual, budget = self.cell(name), self.cell(f"{name}_budget")
        if actual is None or budget is None or not (actual.is_number and budget.is_number):
            return None
        return (VERSUS[(actual.number > budget.number) - (actual.number < budget.number)],)

    def word(self, name: str) -> str | None:
        """year, prior_year, entity, short; reason:x, names:x and note:x from the notes of the account."""
        kind, _, subject = name.partition(":")
        if subject:
            return self._reason(subject) if kind == "reason" else note_words(self.account, kind, subject)
        year = self.account.year
        short = (self.account.notes.get("entity") or {}).get("short_name")
        known = {
            "year": str(year or "") or None, "prior_year": str(year - 1) if year else None,
            "entity": self.account.entity, "short": short or self.account.entity or "本单位",
        }  # fmt: skip
        return known[name]

    def _reason(self, subject: str) -> str | None:
        noted = (self.account.notes.get("reasons") or {}).get(subject) or self._word(f"{subject}_reason")
        return str(noted).rstrip("。；，") if noted else None

    def entries(self, slot: str) -> list[dict]:
        return entries(self.account, slot)


def _figure(cell: Cell | None) -> Figure | None:
    if cell is None:
        return None
    return Figure(shown(cell), cell, "", "由表中数计算" if cell.derived else _place(cell))


def _unsigned(cell: Cell) -> Figure:
    return Figure(shown(cell).removeprefix("-"), cell, "", "由两年数计算" if cell.derived else _place(cell))


def _place(cell: Cell) -> str:
    page = f"第{cell.place.page}页" if cell.place.page else ""
    return f"决算情况说明{page}"
