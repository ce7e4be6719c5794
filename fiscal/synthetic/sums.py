"""All sums of a ledger in one pass: by functional subject at every level, by fund, nature and economic item."""

from collections import Counter
from collections.abc import Iterator

from fiscal.synthetic.ledger import FUNDS, GENERAL, OTHER, Book, Ledger

APPROPRIATIONS = tuple(fund for fund in FUNDS if fund != OTHER)
TOTAL, ALL = "total", ""


class Sums:
    """Amounts in 分; a key that never occurred is 0. ALL stands for every fund, nature or economic item.

    spend    (subject, fund, nature)         subject = total, class, group or item
    economic (subject, fund, nature, item)   item = e301, e30101 …; general public budget by subject, else total only
    income, opening, closing  (subject, kind of income or fund)
    """

    def __init__(self, ledger: Ledger, *, matrices: bool) -> None:
        self.spend: Counter = Counter()
        self.economic: Counter = Counter()
        for (code, fund, nature, item), value in ledger.spend.items():
            self._spend(code, fund, nature, value)
            self._economic((code, fund, nature, item), value, matrices)
        self.income, self.opening, self.closing = map(_by_level, (ledger.income, ledger.opening, ledger.closing))

    def _spend(self, code: str, fund: str, nature: str, value: int) -> None:
        for subject in levels(code):
            for key in ((fund, nature), (fund, ALL), (ALL, nature), (ALL, ALL)):
                self.spend[subject, *key] += value

    def _economic(self, leaf: tuple[str, str, str, str], value: int, matrices: bool) -> None:
        code, fund, nature, item = leaf
        subjects = levels(code) if matrices and fund == GENERAL else (TOTAL,)
        for subject in subjects:
            for economic in (item, item[:4]):
                self.economic[subject, fund, nature, economic] += value
                self.economic[subject, fund, ALL, economic] += value

    def subjects(self, *funds: str) -> list[str]:
        """Every subject these funds touch, totals left out, in printed order."""
        books = (self.income, self.opening, self.closing)
        flows = {subject for book in books for (subject, kind), value in book.items() if kind in funds and value}
        spent = {subject for (subject, fund, nature), value in self.spend.items() if fund in funds and value}
        return sorted((flows | spent) - {TOTAL})


def levels(code: str) -> tuple[str, ...]:
    """total and the class, group and item of a functional item."""
    return TOTAL, code[:3], code[:5], code


def _by_level(book: Book) -> Counter:
    sums: Counter = Counter()
    for (code, kind), value in book.items():
        for subject in levels(code):
            sums[subject, kind] += value
            sums[subject, ALL] += value
    return sums


def over(sums: Counter, subject: str, kinds: tuple[str, ...]) -> int:
    """The sum of several kinds for one subject."""
    return sum(_pick(sums, subject, kinds))


def _pick(sums: Counter, subject: str, kinds: tuple[str, ...]) -> Iterator[int]:
    for kind in kinds:
        yield sums[subject, kind]
