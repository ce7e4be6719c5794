"""What a cause is called and what to do about it, in a clerk's words, for every kind of edit."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fiscal.checks.findings.bench import base
from fiscal.checks.findings.causes import Cause
from fiscal.checks.findings.edits import FIGURES, Edit, telling
from fiscal.checks.findings.lines import label
from fiscal.checks.findings.slips import Names, Slip, Where, other_column, other_row, slip
from fiscal.dictionary.tables import catalogue
from fiscal.model.cells import Cell
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.table import Table

LINES: dict[str, str] = {
    "rows_shifted": "《{table}》从“{row}”行起，{what}错行（{way}{n}行）{seen}",
    "columns_shifted": "《{table}》从“{column}”栏起，金额整体错栏（{way}移1栏）",
    "cells_swapped": "《{table}》{row}与{other}的金额互换（{figures}）",
    "rows_swapped": "《{table}》“{row}”行与“{other}”行的金额互换（{figures}）",
    "columns_swapped": "《{table}》“{column}”与“{other}”两栏的金额对调",
    "unit": "《{table}》“{column}”栏的金额疑以{unit}为单位填列，与表中其他栏相差万倍，栏内单位不一致",
    "unit_of_table": "《{table}》的单位印为“{printed}”，按“{unit}”计则与其他表相符",
    "column": "《{table}》“{column}”栏的金额整栏与其他栏、其他表不符（{figures}），疑为误填上年数或其他口径的数",
    "last_year": "《{table}》“{column}”栏填的是上年数（{figures}）",
    "row": "《{table}》“{row}”行的各栏金额与其他行、其他表不符（{figures}）",
    "total_row": "《{table}》“{row}”行没有随明细更新（{figures}）",
    "row_missing": "《{table}》漏列{row}（{figures}）",
    "row_doubled": "《{table}》“{row}”行重复列示",
    "wrong_code": "《{table}》“{row}”行的科目编码{code}与名称不符，应为{right}",
    "unlisted": "说明写有科目{code}支出{due}{unit}，《{table}》没有列出这个科目",
    "code_in_text": "说明中科目编码{code}与名称不符：《{table}》中金额同为{due}{unit}的科目是“{right}”",
}
DO: dict[str, str] = {
    "rows_shifted": "请从“{row}”行起逐行核对，把金额移回各自的科目",
    "columns_shifted": "请从“{column}”栏起逐栏核对，把金额移回各自的栏目",
    "cells_swapped": "请把{row}与{other}的金额换回",
    "rows_swapped": "请把“{row}”行与“{other}”行的金额换回",
    "columns_swapped": "请把“{column}”与“{other}”两栏的金额换回",
    "unit": "请把“{column}”栏的金额换算为表头所印的单位",
    "unit_of_table": "请核对该表的单位",
    "column": "请按本年决算数重新填列“{column}”栏",
    "last_year": "请按本年决算数重新填列“{column}”栏",
    "row": "请核对“{row}”行各栏的取数",
    "total_row": "请按明细重新计算“{row}”行：{due}",
    "row_missing": "请补列{row}，或核对其上级科目的金额",
    "row_doubled": "请删去重复的一行",
    "wrong_code": "请把科目编码{code}改为{right}，或核对科目名称",
    "unlisted": "请核对说明中的科目编码，或在表中补列这个科目",
    "code_in_text": "请核对说明中这一项的类、款、项编码和名称",
}
_CALLED = {"code_in_text": "wrong_code", "unlisted": "row_missing"}
_GENERAL = "general_public_budget_expenditure"
_CLAIMS = {"amount": "level", "change": "change", "change_percent": "rate", "share": "share",
           "completion": "completion", "count": "count"}  # fmt: skip
_FEW = 3
_SHOWN = 4


@dataclass(frozen=True)
class Advisor:
    """Puts causes into words. `kinds`: id of a stated figure → kind of its claim; `before`: last year's tables."""

    names: Names
    kinds: Mapping[int, str]
    before: Disclosure | None = None

    @property
    def where(self) -> Where:
        return self.names.cells

    def named(self, edit: Edit) -> Edit:
        """Figures of one total row, or of one column of last year, are that line's mistake, however it was found."""
        edit = self._unlisted(edit)
        if edit.kind in FIGURES:  # a table's figure is named before its copies in the text
            edit = replace(edit, cells=tuple(sorted(edit.cells, key=lambda cell: id(cell) not in self.where)))
        places = [self.where[id(cell)] for cell in edit.cells if id(cell) in self.where]
        if edit.kind not in ("value", "column") or len(places) != len(edit.cells) or len(places) < 2:
            return edit
        table, row, key = places[0]
        words = {"table": table.title, "id": table.id, "row": label(row), "column": _head(table, key)}
        if all(other is row for _, other, _ in places) and "total" in (row.key, row.level):
            return replace(edit, kind="total_row", words=words)
        last = [cell for cell in edit.cells if telling(cell) and self._last(cell) == cell.value]
        one = all(other is table and at == key for other, _, at in places)
        return (
            replace(edit, kind="last_year", words=words)
            if one and len(last) >= _FEW and 2 * len(last) > len(places)
            else edit
        )

    def _unlisted(self, edit: Edit) -> Edit:
        """A code of the text that its table does not list; a row of the same amount says which code was meant."""
        old, new = edit.cells[0], edit.changes.get(id(edit.cells[0]))
        place = old.place
        if new is None or old.value is not None or id(old) in self.where or not re.fullmatch(r"\d{7}", place.row):
            return edit
        same = [row for row in self.where.of(base(new)) if len(row.code) == len(place.row)]
        title = catalogue()[_GENERAL if same else place.table].title
        words = {"table": title, "id": place.table, "code": place.row, "due": str(new), "unit": new.unit}
        codes = {row.code: label(row) for row in same}
        if len(codes) == 1:
            return replace(edit, kind="code_in_text", words={**words, "right": next(iter(codes.values()))})
        return replace(edit, kind="unlisted", words=words)

    def misnamed(self, cause: Cause, words: Sequence[Outcome]) -> list[Outcome]:
        """What a wrong code of the text brings about: its name is that of another code."""
        if cause.edit is None or self._unlisted(cause.edit) is cause.edit:
            return []
        code = cause.edit.cells[0].place.row
        return [one for one in words if one.rule.startswith("stmt.gpb.items_") and f"“{code}" in one.message]

    def kind(self, cause: Cause, root: Outcome) -> str:
        """The kind of edit, a stable English id."""
        if cause.confirmed:
            return "unexplained"
        if cause.bounds:
            return "undecided"
        edits = [cause.edit] if cause.edit is not None else list(cause.suspects)
        kinds = {self._kind(edit, root) for edit in edits}
        return kinds.pop() if len(kinds) == 1 else "undecided"

    def _kind(self, edit: Edit, root: Outcome) -> str:
        if edit.kind not in FIGURES:
            return _CALLED.get(edit.kind, edit.kind)
        return self.slip(edit, root)[0] or _CLAIMS.get(self.kinds.get(id(edit.cells[0]), ""), "value")

    def slip(self, edit: Edit, root: Outcome) -> Slip:
        """How the figure became what it is."""
        old, new = edit.cells[0], edit.changes[id(edit.cells[0])]
        found = slip(old, new)
        if found[0] in ("sign", "decimal_point", "omitted"):
            return found
        if edit.kind == "rate_base":
            return "rate_base", "该比率是以另一个数为基数计算的"
        copied = self._copied(old, root)
        return ("copied", copied) if copied and (telling(old) or not found[0]) else found

    def _copied(self, old: Cell, root: Outcome) -> str:
        if not old.value:
            return ""
        if id(old) in self.where:
            row, column = other_row(old, old, self.where), other_column(old, self.where)
            if row or column:
                return f"该数与同栏“{row}”行一致，疑为错行" if row else f"该数与同行“{column}”栏一致，疑为错栏"
            return "该数与上年同一栏一致，疑为误填上年数" if self._last(old) == old.value else ""
        rows = (other_row(old, cell, self.where) for cell in root.terms if cell is not old)
        row = next((row for row in rows if row), "")
        return f"该数与表中“{row}”行一致，疑为错行" if row else ""

    def _last(self, cell: Cell) -> object:
        """Last year's value of the same row and column."""
        table, row, key = self.where[id(cell)]
        other = self.before.tables.get(table.id) if self.before else None
        found = other.cell(row.code or row.key, key) if other else None
        return found.value if found is not None else None

    def message(self, cause: Cause, root: Outcome) -> str:
        """A sentence of its own where a line of a table is the cause; else the one of the first failed check."""
        edit = cause.edit or _in_one_of(cause.suspects)
        if edit is None or edit.kind in FIGURES:
            return root.message
        return LINES[self._line(edit, root)].format_map(self._words(edit))

    def suggestion(self, cause: Cause, root: Outcome) -> str:
        edit = _in_one_of(cause.suspects)
        if edit is not None:
            return f"请按原始报表判断是哪一张表有误，{DO[self._line(edit, root)].format_map(self._words(edit))}"
        if cause.edit is None:
            return self._choice(cause, root)
        if cause.edit.kind not in FIGURES:
            return DO[self._line(cause.edit, root)].format_map(self._words(cause.edit))
        cell = cause.edit.cells[0]
        why = self.slip(cause.edit, root)[1]
        words = f"{self.names.of(cell)}印为{cell or '空白'}，应为{cause.edit.changes[id(cell)]}"
        if not str(cell):
            words, why = f"{self.names.of(cell)}空白，应为{cause.edit.changes[id(cell)]}", ""
        told = f"{words}（{why}）" if why else words
        others = [other for other in cause.edit.cells[1:] if self.names.of(other) != self.names.of(cell)]
        again = [f"{other}{other.unit}" for other in others if cause.edit.changes[id(other)].is_unknown]
        copies = [self.names.of(other) for other in others if not cause.edit.changes[id(other)].is_unknown]
        told += f"；同样的错误还在{'、'.join(copies)}" if copies else ""
        return f"{told}；据此计算的{'、'.join(again)}也要重新计算" if again else told

    def _line(self, edit: Edit, root: Outcome) -> str:
        kind = edit.kind
        return "unit_of_table" if kind == "unit" and "column" not in edit.words else kind

    def _words(self, edit: Edit) -> dict[str, str]:
        pairs = [(cell, edit.changes[id(cell)]) for cell in edit.cells if id(cell) in edit.changes]
        told = [f"印为{str(old) or '空白'}，应为{new}" for old, new in pairs if not new.is_unknown]
        if not told:
            told = [f"{old}" for old, new in pairs if old.value]
        if edit.kind in ("rows_swapped", "cells_swapped"):
            told = [f"{str(old) or '空白'}与{str(new) or '空白'}" for old, new in pairs[::2]]
        figures = "；".join(dict.fromkeys(told[:_SHOWN])) + ("等" if len(told) > _SHOWN else "")
        return {"figures": figures, "due": figures, **edit.words}

    def _choice(self, cause: Cause, root: Outcome) -> str:
        if cause.confirmed:
            known = "所涉各数在别处均能核对一致，" if root.weights else ""
            return f"{known}没有找到能够解释的单处更正，请核对取数口径和原始报表"
        if cause.bounds:
            printed = [cell for cell in root.terms if not cell.is_blank]
            return f"请核对{self._all(printed)}，部分不应大于整体" if len(printed) <= _FEW else "请逐项核对所涉各数"
        if len(cause.suspects) > _FEW:
            return "请逐项核对参与计算的各数"
        cells = [edit.cells[0] for edit in cause.suspects]
        names = self._all(cells)
        first = cause.suspects[0]
        if cells[0].unit == "%":
            return f"请核对{names}；若金额无误，比例应为{first.changes[id(cells[0])]}%"
        taken = next((why for cell in cells if (why := self._copied(cell, root))), "")
        return f"请核对{names}，其中一处有误" + (f"（{taken}）" if taken else "")

    def _all(self, cells: Sequence[Cell]) -> str:
        return "与".join(dict.fromkeys(self.names.of(cell) for cell in cells))


def _head(table: Table, key: str) -> str:
    return next((column.label.split("/")[-1] for column in table.columns if column.key == key), key)


def _in_one_of(suspects: Sequence[Edit]) -> Edit | None:
    """The same slip in lines of one table or another, told as one with both titles; None for any other choice."""
    tables = dict.fromkeys(edit.words.get("table", "") for edit in suspects)
    alike = {
        tuple(sorted((key, word) for key, word in edit.words.items() if key not in ("table", "id")))
        for edit in suspects
    }
    if len(alike) != 1 or len(tables) < 2 or suspects[0].kind in FIGURES:
        return None
    return replace(suspects[0], words={**suspects[0].words, "table": "》或《".join(tables)})
