"""Where a sentence takes its figures and words from: what the account states, else its tables, else what follows."""

from dataclasses import replace
from typing import Any

from fiscal.dictionary.find import STATED, Found, conflict_words, find, told
from fiscal.dictionary.measures import measures
from fiscal.metrics.shares import agrees
from fiscal.model.cells import Cell
from fiscal.model.money import in_unit
from fiscal.model.rounding import same_print
from fiscal.narrative import derived
from fiscal.narrative.entries import entries
from fiscal.narrative.noted import note_words
from fiscal.narrative.pieces import Carried, Figure, Piece, anchor, shown

UP, DOWN = ("增加", "增长"), ("减少", "下降")
SIGNS = {"增加": 1, "增长": 1, "减少": -1, "下降": -1}
FROM_TABLES, TWO_YEARS = "由表中数计算", "由两年数计算"
VERSUS = {1: "大于", 0: "等于", -1: "小于"}


class Source:
    """Figures and words of one account, with last year's account where it is known.

    Every method gives None for what the account does not hold; an unknown (未公开) figure is a Figure that says so.
    `lacks` is what a text asked for in vain (figure:slot, reason:slot, text:section) → last year's words for it, or "".
    """

    def __init__(self, account: Any, previous: Any = None, *, carry: bool = False) -> None:
        self.account, self.carry = account, carry
        self.before = Source(previous) if previous is not None else None
        self.lacks: dict[str, str] = {}
        self._found: dict[str, Found] = {}

    def found(self, name: str) -> Found:
        """The value of a measure and what contradicts it, see `find`; of any other slot what is stated."""
        if name not in self._found:
            known = name in measures()
            self._found[name] = find(self.account, name) if known else Found(self.account.stated(name), STATED)
        return self._found[name]

    def figure(self, name: str) -> Figure | None:
        """A measure as it is shown: tied to its table cell, or to the sentence that states it."""
        found = self.found(name)
        if found.cell is None or found.cell.is_unknown:
            self.lacks.setdefault(f"figure:{name}", "")
        if found.cell is None:
            return None
        conflict = conflict_words(self.account, found)
        target = anchor(*found.where) if found.where else ""
        others = tuple(other.cell for other in found.conflict if other.cell is not None)
        return Figure(shown(found.cell), found.cell, target, told(self.account, found), conflict, others)

    def cell(self, name: str) -> Cell | None:
        return self.found(name).cell

    def share(self, name: str) -> Figure | None:
        """The share of a measure in its first whole."""
        whole = measures()[name].whole[:1]
        return self._ratio(f"{name}_share", self.cell(name), self.cell(whole[0]) if whole else None)

    def completion(self, name: str) -> Figure | None:
        """How much of the budget a rate is stated of was spent."""
        return self._ratio(f"{name}_completion", self.cell(name), self._budget(name))

    def _budget(self, name: str) -> Cell | None:
        budget = dict(measures()[name].budgets).get("budget")
        return self.cell(budget) if budget else None

    def _ratio(self, slot: str, part: Cell | None, whole: Cell | None) -> Figure | None:
        """The stated rate, unless the printed amounts cannot give it; then what they give, and the contradiction."""
        stated, computed = self.account.stated(slot), derived.share(part, whole)
        if stated is None or not _refuted(stated, computed, part, whole):
            return _figure(stated if stated is not None else computed)
        return _contradicted(computed, stated)

    def moved(self, name: str) -> tuple[Piece, ...] | None:
        """增加A，增长P against last year; 持平 where nothing changed; None where the change is not known."""
        amount, rate = self._change(name)
        if amount is None or amount.cell is None or not amount.cell.is_number:
            return None
        sign = self._sign(name, amount.cell)
        if amount.cell.value == 0 or sign is None:
            return ("持平",) if amount.cell.value == 0 else None
        verbs = UP if sign > 0 else DOWN
        pieces: list[Piece] = [verbs[0], _unsigned(amount)]
        if rate is not None and rate.cell is not None and rate.cell.is_number:
            pieces += [f"，{verbs[1]}", _unsigned(rate)]
        return tuple(pieces)

    def _change(self, name: str) -> tuple[Figure | None, Figure | None]:
        """The change and its rate: as stated, unless last year's account and this one print another."""
        stated, rate = self.account.stated(f"{name}_change"), self.account.stated(f"{name}_change_percent")
        flat = self._word(f"{name}_direction") == "持平"
        if stated is None and rate is not None and flat and rate.value == 0:
            stated = Cell("number", rate.value, "万元", "0")
        now, then = self.cell(name), self.before.cell(name) if self.before else None
        amount = derived.change(now, then) if then is not None and (stated is None or not then.derived) else None
        if stated is None or amount is None or not amount.is_number or _agree(stated, amount, self._sign(name, stated)):
            amounts = stated if stated is not None else amount
            return _figure(amounts, TWO_YEARS), _figure(rate or derived.change_percent(now, then), TWO_YEARS)
        computed = derived.change_percent(now, then)
        return _contradicted(amount, stated, TWO_YEARS), _figure(computed, TWO_YEARS)

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
        actual, budget = self.cell(name), self._budget(name)
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
        if noted:
            return str(noted).rstrip("。；，")
        before = self.before._reason(subject) if self.carry and self.before else None
        self.lacks.setdefault(f"reason:{subject}", before or "")
        return Carried(before) if before else None

    def entries(self, slot: str) -> list[dict]:
        return entries(self.account, slot)


def _figure(cell: Cell | None, made: str = FROM_TABLES) -> Figure | None:
    return Figure(shown(cell), cell, "", made if cell.derived else _place(cell)) if cell is not None else None


def _contradicted(computed: Cell | None, stated: Cell, made: str = FROM_TABLES) -> Figure | None:
    """What the printed figures give, in place of a stated one that they refute."""
    figure = _figure(computed, made)
    conflict = f"{_place(stated)}写作{shown(stated)}"
    return replace(figure, conflict=conflict, others=(stated,)) if figure else None


def _refuted(stated: Cell, computed: Cell | None, part: Cell | None, whole: Cell | None) -> bool:
    """A printed rate that the printed amounts cannot give."""
    if not stated.is_number or stated.approximate or computed is None or not computed.is_number:
        return False
    assert part is not None and whole is not None and stated.value is not None
    return agrees(stated.value.scaleb(-2), part.number, in_unit(whole, part.unit)) is False


def _agree(stated: Cell, computed: Cell, sign: int | None) -> bool:
    """Whether a stated change can be the computed one, its direction included."""
    signed = replace(computed, value=abs(computed.number)) if sign is None or stated.number < 0 else computed
    said = stated if sign is None or stated.number < 0 else replace(stated, value=sign * stated.number)
    return same_print(said, signed)


def _unsigned(figure: Figure) -> Figure:
    return replace(figure, text=figure.text.removeprefix("-"))


def _place(cell: Cell) -> str:
    page = f"第{cell.place.page}页" if cell.place.page else ""
    return f"决算情况说明{page}"
