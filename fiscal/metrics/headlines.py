"""The headline figures of an account: one row per measure, with where each was found and what contradicts it."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import pandas as pd

from fiscal.dictionary.find import FactsLike, Found, conflict_words, find
from fiscal.dictionary.measures import Measure, measures
from fiscal.dictionary.previous import BodyLike, require_previous
from fiscal.model.finding import Doubt, of_year
from fiscal.model.text import Narrative

WHY = {
    "unknown": "未公开",
    "unread": "未读出",
    "missing": "资料中没有",
    "blank": "无此项",
    "zero_base": "基数为0",
    "negative_base": "基数为负",
    "no_previous": "上年决算未提供",
    "no_account": "没有决算",
    "no_index": "没有价格指数",
    "no_budget": "没有预算数",
    "no_count": "没有数量",
    "zero_count": "数量为0",
    "too_few": "可比单位太少",
    "no_spread": "各单位相同",
}


class AccountLike(BodyLike, FactsLike, Protocol):
    """What metrics need of an account; `fiscal.account.Account` is one, `metrics.stored.Stored` another."""

    @property
    def unit(self) -> str: ...
    @property
    def doubts(self) -> dict[int, Doubt]: ...


def measure_of(key: str) -> Measure:
    """The measure that frames call by this key. Errors: KeyError for none."""
    return measures().headlines.get(key) or measures()[key]


def headline(account: AccountLike, key: str) -> Found:
    """The figure of one headline measure, by the key that frames use."""
    return find(account, measure_of(key))


def amounts(account: AccountLike) -> pd.DataFrame:
    """The headline figures of an account, and where each was found.

    Shape:  one row per headline of measures.yaml: entity, year, measure, label, amount, unit, amount_yuan, origin,
            basis, conflict, why_blank, cell.
    Units:  `amount` in the unit of the account, `amount_yuan` in 元, both Decimal.
    Blanks: amount None with `why_blank` unknown (未公开), blank (nothing of the kind) or missing (not in the document).
    Source: `fiscal.dictionary.find` (`origin` table or stated); `basis` is printed, stated or derived, `conflict` says
            in words what other places print instead, "" where nothing does.
    """
    lines = [_line(account, key, measure) for key, measure in measures().headlines.items()]
    return pd.DataFrame(lines).astype({"amount": object, "amount_yuan": object})


def history(accounts: Sequence[AccountLike]) -> pd.DataFrame:
    """`amounts` of several accounts, below each other, with `doubt`: several years or departments, the newest last."""
    frames = [amounts(account) for account in accounts]
    return doubted(pd.concat(frames, ignore_index=True), *accounts) if frames else pd.DataFrame()


def doubted(lines: pd.DataFrame, *accounts: AccountLike) -> pd.DataFrame:
    """The frame with what the checks of the accounts say against its cells: doubt of `cell`, budget_doubt of
    `budget_cell` and so on, None where nothing is said. It tells of the last account; doubts of others say their year.
    """
    known: dict[int, Doubt] = {}
    for account in accounts:
        known |= account.doubts if account is accounts[-1] else of_year(account.doubts, account.year)
    names = [name for name in map(str, lines) if name == "cell" or name.endswith("_cell")]
    found = {name: [known.get(id(cell)) for cell in lines[name]] for name in names}
    made = {name[:-4] + "doubt": pd.Series(said, lines.index, dtype=object) for name, said in found.items()}
    return lines.assign(**made)


def _line(account: AccountLike, key: str, measure: Measure) -> dict[str, Any]:
    found = find(account, measure)
    return {
        **identity(account), "measure": key, "label": measure.label, "amount": found.amount(account.unit),
        "unit": account.unit, "amount_yuan": found.amount("元"), "origin": found.origin, "basis": found.basis,
        "conflict": conflict_words(account, found), "why_blank": found.why_blank, "cell": found.cell,
    }  # fmt: skip


def identity(account: AccountLike) -> dict[str, Any]:
    """Entity and year, the first two columns of every measure frame."""
    return {"entity": account.entity, "year": account.year}


def year_before(account: AccountLike, previous: AccountLike | None) -> AccountLike | None:
    """Last year's account where it is given and both say their year.

    Errors: ReadError for an account of another body, or of another year than the one before.
    """
    if previous is not None:
        require_previous(account, previous)
    return previous if previous is not None and account.year and previous.year else None


def frame(lines: Iterable[dict[str, Any]], columns: Iterable[str]) -> pd.DataFrame:
    """Rows to a measure frame: fixed columns, Decimals kept as objects, computed rates as nullable floats."""
    names = list(columns)
    made = pd.DataFrame(list(lines), columns=names, dtype=object)
    rates = {name: "Float64" for name in names if name.endswith(("_rate", "_pp")) and not name.startswith("printed")}
    return made.astype(rates)


def direction(narrative: Narrative, slot: str) -> str:
    """The word of direction stated beside a change (增加, 减少, 持平), or ""."""
    words = narrative.words.get(f"{slot}_direction") or narrative.words.get(f"{slot}_change_direction")
    if words:
        return words[0]
    subjects = (f"{slot}_change", f"{slot}_change_percent")
    return next((s.direction for s in narrative.claims if s.subject in subjects and s.direction), "")
