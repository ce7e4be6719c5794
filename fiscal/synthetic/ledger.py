"""The invented books of one body and year: leaf amounts in 分, from which every printed number is summed.

Money is spent from four funds: general (一般公共预算), fund (政府性基金), state_capital (国有资本经营预算) and other
(money that is no appropriation). For every subject and fund, income = spending + closing - opening.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from fiscal.synthetic.invented_counts import counts
from fiscal.synthetic.invented_names import Body

GENERAL, FUND, STATE_CAPITAL, OTHER = "general", "fund", "state_capital", "other"
FUNDS = (GENERAL, FUND, STATE_CAPITAL, OTHER)
BASIC, PROJECT, BUSINESS = "basic", "project", "business"
WAN = 1_000_000  # 分 in one 万元
ITEM_BASIC = {
    "e30101": 40, "e30102": 12, "e30103": 16, "e30112": 2, "e30199": 9, "e30201": 4, "e30202": 1, "e30205": 0.4,
    "e30206": 1, "e30207": 1.5, "e30211": 3, "e30213": 1.2, "e30215": 0.5, "e30216": 0.8, "e30217": 0.7, "e30226": 2,
    "e30228": 1.6, "e30229": 0.9, "e30231": 2.4, "e30239": 3, "e30299": 1.3, "e30302": 1,
    "e30305": 2, "e30309": 0.2, "e31002": 1.1,
}  # fmt: skip
ITEM_PROJECT = {
    "e30201": 3, "e30202": 2, "e30211": 2, "e30213": 3, "e30214": 2, "e30217": 0.3, "e30226": 4, "e30227": 9,
    "e30231": 0.8, "e30299": 2, "e31002": 2, "e31003": 3, "e31007": 4,
}  # fmt: skip
TWINS = {"2080505": "e30108", "2080506": "e30109", "medical": "e30110", "2210201": "e30113"}
ONCE_A_YEAR = (("e30212", 0.08, 4), ("e31013", 0.12, 18))
THREE_PUBLIC = {"abroad": "e30212", "vehicle_purchase": "e31013", "vehicle_operation": "e30231", "reception": "e30217"}
ONCE = frozenset(economic for economic, _, _ in ONCE_A_YEAR)

Leaf = tuple[str, str, str, str]  # functional item, fund, nature, economic item
Book = dict[tuple[str, str], int]  # (functional item, fund or income kind) → 分


@dataclass
class Ledger:
    """One year of one body. Amounts in 分; `balance_used` and `distribution` concern other money only."""

    spend: dict[Leaf, int] = field(default_factory=dict)
    income: Book = field(default_factory=dict)
    opening: Book = field(default_factory=dict)
    closing: Book = field(default_factory=dict)
    balance_used: int = 0
    distribution: int = 0
    budgets: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Maker:
    """Draws ledgers for one body. grain: every leaf is a multiple of this many 分."""

    body: Body
    rng: Random
    grain: int

    def amount(self, wan: float) -> int:
        """An amount around `wan` 万元, at least one grain."""
        return max(1, round(wan * self.rng.uniform(0.7, 1.35) * WAN / self.grain)) * self.grain

    def first(self) -> Ledger:
        """The first year: no balances are known before it."""
        ledger = Ledger(dict(self._leaves()))
        ledger = self._close(ledger, {})
        ledger.counts = counts(ledger.spend, self.rng)
        return ledger

    def after(self, before: Ledger) -> Ledger:
        """The following year: every leaf grows or shrinks, the closing balances are brought forward."""
        grow = self.rng.uniform(0.95, 1.1)
        spend = {leaf: self._grown(value, grow) for leaf, value in before.spend.items() if leaf[3] not in ONCE}
        spend |= dict(self._once())
        ledger = self._close(Ledger(spend), before.closing)
        ledger.counts = counts(spend, self.rng, before.counts)
        return ledger

    def _grown(self, value: int, grow: float) -> int:
        return max(1, round(value * grow * self.rng.uniform(0.85, 1.18) / self.grain)) * self.grain

    def _leaves(self) -> Iterator[tuple[Leaf, int]]:
        size = self.rng.choice((2, 3, 4, 6, 10))  # a dozen people to a hundred
        yield from self._running(size)
        for code in self.body.special:
            yield from self._project(code, size)
        yield from self._seldom(size)

    def _running(self, size: float) -> Iterator[tuple[Leaf, int]]:
        for economic, weight in ITEM_BASIC.items():
            yield (self.body.running, GENERAL, BASIC, economic), self.amount(weight * size)
        if not self.body.is_admin:
            yield (self.body.running, GENERAL, BASIC, "e30107"), self.amount(20 * size)
        for code, economic in TWINS.items():
            code = code if code != "medical" else "2101101" if self.body.is_admin else "2101102"
            yield (code, GENERAL, BASIC, economic), self.amount(9 * size)

    def _project(self, code: str, size: float) -> Iterator[tuple[Leaf, int]]:
        for economic, weight in ITEM_PROJECT.items():
            if self.rng.random() < 0.6:
                yield (code, GENERAL, PROJECT, economic), self.amount(weight * size)
        yield (code, GENERAL, PROJECT, "e30227"), self.amount(6 * size)

    def _seldom(self, size: float) -> Iterator[tuple[Leaf, int]]:
        """Funds, state capital and money of its own: not every body has them."""
        special = self.body.special[0]
        if self.rng.random() < 0.35:
            yield (self.rng.choice(("2120803", "2120804")), FUND, PROJECT, "e31005"), self.amount(30 * size)
        if self.rng.random() < 0.15:
            yield ("2296003", FUND, PROJECT, "e30227"), self.amount(8 * size)
        if self.rng.random() < 0.1:
            yield ("2230105", STATE_CAPITAL, PROJECT, "e30299"), self.amount(5 * size)
        yield from self._once()
        if self.rng.random() < 0.5:
            yield (special, OTHER, PROJECT, "e30299"), self.amount(6 * size)
        if not self.body.is_admin and self.rng.random() < 0.1:
            yield (self.body.running, OTHER, BUSINESS, "e30299"), self.amount(3 * size)

    def _once(self) -> Iterator[tuple[Leaf, int]]:
        """What happens in one year and not in the next: a journey abroad, a new car."""
        for economic, chance, wan in ONCE_A_YEAR:
            if self.rng.random() < chance:
                yield (self.body.special[0], GENERAL, PROJECT, economic), self.amount(wan)

    def _close(self, ledger: Ledger, opening: Book) -> Ledger:
        """Balances, income and budgets that fit the spending."""
        ledger.opening = dict(opening)
        spent: Book = defaultdict(int)
        for (code, fund, nature, _), value in ledger.spend.items():
            spent[code, fund if nature != BUSINESS else BUSINESS] += value
        for key in sorted({*spent, *opening}):
            self._balance(ledger, key, spent[key])
        self._other_money(ledger)
        self._budgets(ledger)
        return ledger

    def _balance(self, ledger: Ledger, key: tuple[str, str], spent: int) -> None:
        """Income = spending + closing - opening; a closing balance is left now and then, never a negative income."""
        code, fund = key
        opening = ledger.opening.get(key, 0)
        left = self.amount(0.04 * spent / WAN) if self.rng.random() < 0.25 and spent > 20 * self.grain else 0
        closing = left if fund != BUSINESS else 0
        closing = max(closing, opening - spent)
        income = spent + closing - opening
        if closing:
            ledger.closing[key] = closing
        if income:
            kind = "business_income" if fund == BUSINESS else fund
            ledger.income[code, self._kind(kind)] = ledger.income.get((code, self._kind(kind)), 0) + income

    def _kind(self, fund: str) -> str:
        """Where other money comes from: administrations have 其他收入 only."""
        return fund if fund != OTHER else "other_income" if self.body.is_admin else "operating_income"

    def _other_money(self, ledger: Ledger) -> None:
        """Bodies with money of their own sometimes distribute a surplus or use an old one: both sides grow alike."""
        key = next((key for key in sorted(ledger.income) if key[1] in ("operating_income", "other_income")), None)
        if key is None or self.body.is_admin:
            return
        if self.rng.random() < 0.3:
            ledger.distribution = self.amount(0.5)
            ledger.income[key] += ledger.distribution
        elif self.rng.random() < 0.3 and ledger.income[key] > 10 * self.grain:
            ledger.balance_used = ledger.income[key] // (3 * self.grain) * self.grain
            ledger.income[key] -= ledger.balance_used

    def _budgets(self, ledger: Ledger) -> None:
        """Three-public budgets, never below the outcome; the general public budget of each item, at or above it."""
        for name, economic in THREE_PUBLIC.items():
            actual = sum(
                value for (_, fund, _, item), value in ledger.spend.items() if item == economic and fund == GENERAL
            )
            ledger.budgets[name] = actual and self._above(actual)
        items: dict[str, int] = defaultdict(int)
        for (code, fund, _, _), value in ledger.spend.items():
            if fund == GENERAL:
                items[code] += value
        for code, value in items.items():
            ledger.budgets[code] = value if self.rng.random() < 0.6 else self._above(value)

    def _above(self, value: int) -> int:
        return -(-round(value * self.rng.uniform(1.01, 1.2)) // self.grain) * self.grain
