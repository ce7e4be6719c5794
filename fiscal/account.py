"""What a user holds: one account with its tables, facts, statements and checks."""

import os
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fiscal.dictionary.find import Asked
from fiscal.dictionary.labels import normal
from fiscal.dictionary.previous import is_budget_of, require_budget, require_previous
from fiscal.dictionary.tables import catalogue
from fiscal.errors import FileExhausting, ReadError
from fiscal.judged import Finding, Findings, picture
from fiscal.model import finding as model
from fiscal.model.cells import NUMBER, Cell, Place
from fiscal.model.disclosure import Disclosure
from fiscal.model.display import Displayed
from fiscal.model.money import in_yuan
from fiscal.model.numeric_frames import Frames, Lines, long_cells, numeric, printed
from fiscal.model.text import Claim, Narrative, Paragraph
from fiscal.paths import parted
from fiscal.sandbox import guarded

if TYPE_CHECKING:
    import pandas as pd
    from PIL.Image import Image

FACTS = (
    "document", "entity", "year", "kind", "table", "row_code", "row_label",
    "column", "column_label", "value", "unit", "page", "sheet", "cell",
)  # fmt: skip
STATEMENTS = (
    "document", "section", "text", "value", "unit", "kind", "subject", "status", "rule", "page", "offset",
    "base", "period", "list",
)  # fmt: skip
KEPT = 4
EITHER = {"state_capital", "state_capital_expenditure"}  # one of the two forms is enough outside Sichuan


class Account(Asked, Displayed):
    """One disclosure: an entity's final account (or budget) of one year, from all its files.

    budget    of an account: the published budget of its year, where it was found beside it or given
    executed  of a budget: the final account of the year before
    """

    budget: "Account | None" = None
    executed: "Account | None" = None

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.path, self.entity, self.year = disclosure.path, disclosure.entity, disclosure.year
        self.kind, self.unit, self.notes = disclosure.kind, disclosure.unit, disclosure.notes
        self.level = disclosure.level

    def __repr__(self) -> str:
        return f"<Account {self.entity} {self.year} {self.kind}: {len(self.disclosure.tables)} tables>"

    @property
    def folder(self) -> Path:
        """The folder of its files."""
        return path if (path := Path(self.path)).is_dir() else path.parent

    @cached_property
    def narrative(self) -> Narrative:
        """The statements of the narrative and the slots they fill."""
        from fiscal.statements.reader import read_statements

        return read_statements(self.disclosure)

    @cached_property
    def tables(self) -> Frames:
        """The tables in numbers, by id or Chinese title; columns are Float64, `state` says why one is NA.

        >>> spent = account.tables["支出决算表"]
        >>> spent.loc[spent["level"] == "class", ["row_code", "total"]].nlargest(2, "total").values.tolist()
        [['201', 192.26], ['212', 40.8]]
        """
        return self._frames(numeric)

    @cached_property
    def printed(self) -> Frames:
        """The same tables as printed: each amount a Cell with digits, unit, state and place.

        >>> cell = account.printed["expenditure"]["total"].iloc[0]
        >>> str(cell), cell.unit, cell.state, cell.place.sheet, cell.place.cell
        ('265.13', '万元', 'number', '附表3支出决算表', 'C7')
        """
        return self._frames(printed)

    def _frames(self, make: Lines) -> Frames:
        known = {title: entry.id for entry in catalogue().entries.values() for title in (entry.title, *entry.titles)}
        return Frames(self.disclosure.tables, known, make, normal)

    @property
    def missing_tables(self) -> list[str]:
        """Ids of the statutory set that applies (the nine, or the thirteen of Sichuan) that the account lacks.

        An account without any table lacks nothing that can be told: its tables may stand in a file not given. A table
        that was seen and not read is not missing.
        """
        have = set(self.disclosure.tables)
        seen = {part.table for part in self.disclosure.unread if part.is_whole}
        if self.kind == "budget":
            return [] if not have else [one for one in catalogue().profiles["budget9"] if one not in have | seen]
        is_sichuan = self.disclosure.profile == "sichuan13"
        if have & EITHER and not is_sichuan:
            have |= EITHER
        wanted = catalogue().profiles["sichuan13" if is_sichuan else "national9"]
        return [table for table in wanted if table not in have | seen] if have else []

    @property
    def unread(self) -> list[dict[str, str]]:
        """What was seen and not read: what, table (its id or ""), place and reason in words."""
        return [
            {"what": part.what, "table": part.table, "place": part.place.words(), "reason": part.reason}
            for part in self.disclosure.unread
        ]

    def image(self, cell: Cell) -> "Image | None":
        """The page region around a cell or a statement's figure, marked; None where its document has no pages."""
        return picture(self.folder, cell)

    @cached_property
    def cells(self) -> "pd.DataFrame":
        """All amount cells of all tables in one long numeric frame: blanks and unknowns too, `state` says which.

        >>> account.cells.query("table == 'expenditure' and row_code == '201'")["amount_yuan"].tolist()[0]
        1922600.0
        """
        about = {"entity": self.entity, "year": self.year, "kind": self.kind, "file": self._file}
        return long_cells(self.disclosure.tables.values(), about)

    @cached_property
    def facts(self) -> "pd.DataFrame":
        """Every printed number of the tables: the columns of facts.csv, and `amount`, the same number as Float64.

        `value` holds the printed digits as text.
        >>> account.facts.query("table == 'expenditure'")[["value", "amount"]].values.tolist()[0]
        ['265.13', 265.13]
        """
        numbers = self.cells[self.cells["state"] == NUMBER].reset_index(drop=True)
        named = numbers.rename(columns={"value": "amount", "printed": "value"})
        return named[[*FACTS, "amount"]]

    @cached_property
    def statements(self) -> "pd.DataFrame":
        """Every figure of the narrative, columns as statements.csv; `status` and `rule` come from the checks."""
        import pandas as pd

        statuses = self.check().statuses
        lines = [self._statement(s, *judged) for s, judged in zip(self.narrative.claims, statuses, strict=True)]
        return pd.DataFrame(lines, columns=list(STATEMENTS), dtype=object)

    @cached_property
    def claims(self) -> "pd.DataFrame":
        """Every figure of the narrative: `statements`, and amount, amount_yuan (Float64), direction, whole, and label:
        what a clerk calls the subject (“三公”经费 for tp).

        >>> account.claims.query("subject == 'total'")[["value", "amount_yuan", "status"]].values.tolist()
        [['266.61', 2666100.0, 'verified']]
        >>> account.claims.query("subject == 'total'")["label"].tolist()
        ['收、支总计']
        """
        import pandas as pd

        from fiscal.checks.laws.quantities import called

        said = [(claim.cell, claim.direction, claim.whole) for claim in self.narrative.claims]
        yuan = [in_yuan(cell) for cell, *_ in said]
        return self.statements.assign(
            amount=pd.array([None if c.value is None else float(c.value) for c, *_ in said], "Float64"),
            amount_yuan=pd.array([None if one is None else float(one) for one in yuan], "Float64"),
            direction=[direction for _, direction, _ in said], whole=[whole for *_, whole in said],
            label=[called(claim) for claim in self.narrative.claims],
        )  # fmt: skip

    def _file(self, place: Place) -> str:
        """Path of the file a figure stands in: the account's own, or one below its folder."""
        name = Path(place.document).name
        return str(self.folder / name) if name and name != Path(self.path).name else self.path

    def _statement(self, statement: Claim, status: str, rule: str) -> tuple:
        place = statement.cell.place
        return (
            self._file(place), statement.section, statement.sentence or place.text or "", str(statement.cell),
            statement.cell.unit, statement.kind, statement.subject, status, rule, place.page, place.offset,
            statement.base, statement.period, statement.list,
        )  # fmt: skip

    def check(
        self, previous: "Account | None" = None, *, rules: Sequence[Any] = (), budget: "Account | None" = None
    ) -> Findings:
        """Judge every identity and every rule over words.

        `previous` is last year's account; without it the year-on-year rules are skipped. `rules` are identities of
        your own, from `fiscal.load_rules(file)`; `budget` is the published budget of the same year, with which the
        budgets that this account states are compared (by default the one that this account holds).
        Errors: ReadError when `previous` is of another body, or of another year than the one before; when `budget` is
        no budget, or one of another body or year.
        """
        budget = budget or self.budget
        if budget is not None:
            require_budget(self, budget, budget.path)
        if previous is not None:
            require_previous(self, previous)
        key = (previous, tuple(rules), budget, self.executed)
        if key not in self._checked:
            self._checked[key] = self._check(previous, rules, budget)
        return self._checked[key]

    @property
    def doubts(self) -> dict[int, model.Doubt]:
        """The numbers that the last check holds for wrong, by the id of their cell; checks where nothing did yet."""
        return (next(reversed(self._checked.values()), None) or self.check()).doubts

    def checklist(self, found: "Findings | None" = None) -> list[dict[str, str]]:
        """The inspector's checklist filled in: id, group, question, answer, place and note."""
        from fiscal.checks.checklist_answers import answers

        found = self.check() if found is None else found
        return [
            {"id": one.item.id, "group": one.item.group, "question": one.item.question, "answer": one.answer,
             "place": one.place, "note": one.note}
            for one in answers(self.disclosure, self.narrative, found, missing=self.missing_tables)
        ]  # fmt: skip

    def comparison(self, found: Findings) -> str:
        """What a check compared with the published budget, and what came of it; "" without one."""
        from fiscal.checks.published_budget import comparison

        return comparison(found.outcomes, Path(self.budget.path).name) if self.budget is not None else ""

    @cached_property
    def _checked(self) -> dict[tuple, Findings]:
        return {}

    def _check(self, previous: "Account | None", rules: Sequence[Any], budget: "Account | None") -> Findings:
        from fiscal.checks.findings.compose import findings
        from fiscal.checks.findings.figure_status import status
        from fiscal.checks.identities.runner import run
        from fiscal.checks.wording.run_text import run_text

        before = _before(previous, self.executed)
        identities = run(self.disclosure, self.narrative, previous=before, rules=rules)
        if budget is not None:
            identities = [*identities, *self._planned(budget)]
        words = run_text(self.disclosure, self.narrative)
        judged = status(identities, self.narrative)
        found = findings([*identities, *words], self.disclosure, self.narrative, before=before and before[0])
        own = [field.name for field in fields(model.Finding)]
        items = tuple(Finding(**{n: getattr(item, n) for n in own}, folder=str(self.folder)) for item in found)
        return Findings(items, tuple(identities), judged.totals, judged.statuses, previous=previous)

    def _planned(self, budget: "Account") -> list[model.Outcome]:
        from fiscal.checks.published_budget import Published, budget_outcomes

        beside = os.path.relpath(budget.folder, self.folder)
        published = Published(budget.disclosure, budget.narrative, "" if beside == "." else beside)
        return budget_outcomes(self.disclosure, self.narrative, published)


def _before(previous: Account | None, executed: Account | None) -> tuple[Disclosure, Narrative] | None:
    """Last year's tables and words; beside those of last year's budget the tables of last year's account."""
    disclosures = [one.disclosure for one in (executed, previous) if one is not None]
    if not disclosures:
        return None
    tables = {key: table for one in disclosures for key, table in one.tables.items()}
    return replace(disclosures[-1], tables=tables), previous.narrative if previous else Narrative()


_kept: dict[tuple[str, float], Account] = {}


def keep(path: str | Path, account: Account) -> Account:
    """Let `read` of this path return this very account as long as its files are unchanged (for batches that fork)."""
    if len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)))
    return _kept.setdefault(_stamp(path), account)


def _stamp(path: str | Path) -> tuple[str, float]:
    places = [Path(part).resolve() for part in _parts(path)]
    files = [file for place in places for file in (place.iterdir() if place.is_dir() else [place])]
    newest = max((file.stat().st_mtime for file in files if file.exists()), default=0.0)
    return os.pathsep.join(map(str, places)), newest


def _parts(path: str | Path) -> list[str]:
    """The path, or the files joined in it."""
    text = str(path)
    return [text] if os.pathsep not in text or os.path.exists(text) else parted(text)


@cache
def prepare() -> None:
    """Load here what every check needs, by checking a sentence of our own; children forked then find it loaded."""
    from fiscal.checks.findings import compose, figure_status
    from fiscal.recognise import package
    from fiscal.statements import reader

    del compose, figure_status, package, reader
    said = "2023年本年收入合计10.00万元，其中：财政拨款收入10.00万元，占100%。比上年增加1.00万元，增长11.11%。"
    words = (Paragraph("二、收入决算情况说明", role="heading"), Paragraph(said))
    Account(Disclosure("", entity="示例局", year=2023, kind="final_account", paragraphs=words)).check()


def _packages(paths: list[str]) -> list:
    """What the paths hold, read in a child with limits; a file beyond them is told, those beside it are read."""
    from fiscal.recognise.package import Unreadable, discover, read_folder

    found: list = []
    todo = [tuple(map(str, files)) for _, files in discover(paths)]
    while todo:
        files = todo.pop(0)
        try:
            found += guarded(read_folder, files)
        except FileExhausting as error:
            lost = error.paths or files
            found += [Unreadable(path, str(error)) for path in lost]
            if left := tuple(path for path in files if path not in lost):
                todo.insert(0, left)
    return found


def read(path: str | Path) -> Account:
    """Read one account: a folder, a workbook, a PDF, a Word file, HTML or text.

    Several files of one account in a folder that holds others are joined as in PATH: `tables.xlsx:text.docx`; of a
    file that holds several bodies' papers one is named after it: `budgets.pdf#某中心`. An account and the budget of its
    year are read as one: the account holds the budget.
    Errors: ReadError when the path holds no account that can be read, or more than one.
    """
    if _kept and (kept := _kept.get(_stamp(path))):
        return kept
    from fiscal.recognise.package import PART, Unreadable

    file, _, body = ("", "", "") if os.path.exists(path) else str(path).rpartition(PART)
    if not file or os.sep in body:  # no body of several is named
        file, body = str(path), ""
    found = _packages(_parts(file))
    accounts = [item for item in found if not isinstance(item, Unreadable) and body in ("", item.entity)]
    if len(accounts) == 1:
        return Account(accounts[0])
    for one, other in (accounts, accounts[::-1]) if len(accounts) == 2 else ():
        if is_budget_of(other, one):
            account = Account(one)
            account.budget = Account(other)
            return account
    if accounts:
        names = "; ".join(f"{item.entity} {item.year}" for item in accounts[:4])
        raise ReadError(str(path), f"holds {len(accounts)} accounts ({names})", "name the folder or file of one")
    reasons = [item.sentence for item in found if isinstance(item, Unreadable)]
    raise ReadError(str(path), reasons[0] if reasons else "no account found", "give a file or folder of one account")
