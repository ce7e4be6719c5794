"""Formulas that are no sums: conditions of kind exact, the field `when`, and rates. Three-valued: a part that cannot
be evaluated leaves the whole open unless the other parts decide it."""

import ast
from collections.abc import Callable
from typing import Any

from fiscal.checks import functions as f
from fiscal.checks.context import Env
from fiscal.checks.formula import Linear, NotLinear
from fiscal.checks.functions import Amount, Value
from fiscal.checks.ratios import Ratio
from fiscal.checks.references import OF_WHICH, References, selectors
from fiscal.checks.sheets import Sheet, code_of
from fiscal.checks.values import Skip, Terms
from fiscal.dictionary.grammar import slot_ref, table_ref
from fiscal.dictionary.identities import catalogue
from fiscal.model.cells import Cell
from fiscal.model.table import Row

WORD_FIELDS = frozenset({"subject_code", "subject_name", "key"})
_ORDERS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


class Conditions:
    """Compiles any expression to a closure that gives a value."""

    def __init__(self, references: References) -> None:
        self.references, self.linear = references, Linear(references)

    def compile(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return lambda env: node.value
        if isinstance(node, ast.List):
            parts = [self.compile(part) for part in node.elts]
            return lambda env: [part(env) for part in parts]
        if isinstance(node, ast.BoolOp):
            return _kleene([self.compile(part) for part in node.values], isinstance(node.op, ast.Or))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            inner = self.compile(node.operand)
            return lambda env: not _truth(inner(env))
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.Attribute) and slot_ref(node.value):
            return self._attribute(node)
        try:
            return _amount(self.linear.compile(node))
        except NotLinear:
            return self._other(node)

    def _compare(self, node: ast.Compare) -> Value:
        parts = [self.compile_any(part) for part in (node.left, *node.comparators)]

        def test(env: Env) -> bool:
            values = [part(env) for part in parts]
            env.sides = values[:2]  # of several comparisons the last one decided
            pairs = zip(node.ops, values, values[1:])
            return all(_ordered(op, left, right) for op, left, right in pairs)

        return test

    def _other(self, node: ast.expr) -> Value:
        slot = slot_ref(node)
        if slot:
            return _stated_word(*slot)
        if isinstance(node, ast.Name):
            return self._name(node.id)
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._call(node, node.func.id)
        if isinstance(node, ast.BinOp):
            return _joined(node.op, self.compile(node.left), self.compile(node.right))
        raise NotLinear(ast.unparse(node))

    def _name(self, name: str) -> Value:
        if name == "required_sections":
            return f.required_sections
        if name == "profile":
            return lambda env: env.facts.profile
        table = self.references.table if name == "T" else name
        return lambda env: env.facts.sheet(table or "")

    def _attribute(self, node: ast.Attribute) -> Value:
        base, name = node.value, node.attr
        slot = slot_ref(base)
        if slot:
            return _list_words(*slot, name)
        if name == "empty_note":
            table = self._name(base.id) if isinstance(base, ast.Name) else None
            if table:
                return lambda env: table(env).table.note
        if isinstance(base, ast.Subscript):
            found = table_ref(base.value, self.references.table)
            if found:
                return _row_words(*found, selectors(base.slice), name)
        if isinstance(base, ast.Name) and base.id == "r":
            return lambda env: _word_of(env.r, name)
        found = table_ref(node, self.references.table)
        if found:
            return lambda env: env.side(found[0]).sheet(found[1])
        raise NotLinear(ast.unparse(node))

    def compile_any(self, node: ast.expr) -> Value:
        """Like compile, but r.word of a list entry may be a word or an amount."""
        of_r = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "r"
        if of_r and (self.references.source == "list" or node.attr in WORD_FIELDS):  # type: ignore[attr-defined]
            return _entry_value(node.attr)  # type: ignore[attr-defined]
        return self.compile(node)

    def _call(self, node: ast.Call, name: str) -> Value:
        if name in (
            "prints",
            "of_which",
            "nonzero_items",
            "nonzero_rows",
            "form",
            "any_table",
            "any_text",
            "shares_given",
        ):
            return self._about_tables(node, name)
        if name in ("present", "blank"):
            return self._presence(node.args[0], name == "blank")
        if name == "children":
            return _children
        if name in ("is_true", "is_false"):
            return _flag(slot_ref(node.args[0]), name == "is_true")
        values = [self.compile_any(part) for part in node.args]
        builder = _BUILDERS.get(name)
        if builder is None:
            raise NotLinear(f"{name}() cannot be used here")
        return lambda env: builder(env, values)

    def _about_tables(self, node: ast.Call, name: str) -> Value:
        if name == "any_table":
            return lambda env: bool(env.facts.sheets)
        if name == "any_text":
            return lambda env: bool(env.facts.narrative.paragraphs or env.facts.narrative.statements)
        if name == "shares_given":
            slots = [slot[1] for slot in map(slot_ref, node.args) if slot]
            return lambda env: f.shares_given(slots, env.facts)
        if name == "nonzero_rows":
            return self._nonzero_rows(node.args[0])
        found = table_ref(node.args[0], self.references.table)
        previous, table = found or (False, "")
        if name == "form":
            return lambda env: env.side(previous).sheet(table).form
        word = node.args[1].id  # type: ignore[attr-defined]
        if name == "of_which":
            return lambda env: any(r.label.startswith(OF_WHICH) for r in env.side(previous).sheet(table).select(word))
        if name == "nonzero_items":
            return lambda env: f.nonzero_items(env.side(previous).sheet(table), word)
        return lambda env: _prints(env.side(previous).sheet(table), word)

    def _nonzero_rows(self, node: ast.expr) -> Value:
        if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Subscript)):
            raise NotLinear(ast.unparse(node))
        found = table_ref(node.value.value, self.references.table)
        previous, table = found or (False, "")
        selector, column = selectors(node.value.slice)[0], node.attr
        return lambda env: f.nonzero_rows(env.side(previous).sheet(table), selector, column)

    def _presence(self, node: ast.expr, blank: bool) -> Value:
        slot = slot_ref(node)
        if slot:
            return lambda env: _slot_present(env, *slot) is not blank
        inner = self.compile_any(node)
        table = table_ref(node, self.references.table)

        def present(env: Env) -> bool:
            try:
                value = inner(env)
            except Skip as skip:
                if skip.reason != "missing" or (blank and table):
                    raise
                return blank
            if isinstance(value, Sheet):
                return value.empty if blank else True
            return _there(value) is not blank

        return present


def _there(value: Any) -> bool:
    return not value.is_blank() if isinstance(value, Amount) else bool(value)


def _amount(adder: Callable) -> Value:
    def value(env: Env) -> Amount:
        terms: Terms = []
        adder(env, 1, terms)
        env.seen += [cell for _, cell in terms]
        return Amount(terms)

    return value


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and f.flag(value) is not None:
        return bool(f.flag(value))
    return _there(value)


def _kleene(parts: list[Value], decisive: bool) -> Value:
    def test(env: Env) -> bool:
        open_part = None
        for part in parts:
            try:
                if _truth(part(env)) is decisive:
                    return decisive
            except Skip as skip:
                open_part = open_part or skip
        if open_part:
            raise open_part
        return not decisive

    return test


def _ordered(op: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(op, ast.In):
        return any(f.same(left, element) for element in right)
    if isinstance(op, ast.Eq | ast.NotEq):
        return f.same(left, right) is isinstance(op, ast.Eq)
    one, other = f.numbers(*(f.point_of(side) if isinstance(side, Ratio) else side for side in (left, right)))
    if one is None or other is None:
        raise Skip("missing", "number")
    return _ORDERS[type(op)](one, other)


def _joined(op: ast.operator, left: Value, right: Value) -> Value:
    """Year arithmetic and joined words: stmt.fiscal_year - 1, stmt.fiscal_year + '-12-31'."""

    def value(env: Env) -> Any:
        one, other = left(env), right(env)
        numbers = f.number_of(one), f.number_of(other)
        if None in numbers:
            return f"{one}{other}"
        return numbers[0] + numbers[1] if isinstance(op, ast.Add) else numbers[0] - numbers[1]  # type: ignore[operator]

    return value


def _stated_word(previous: bool, slot: str) -> Value:
    if catalogue().slots[slot].type == "list":
        return lambda env: env.side(previous).entries(slot)
    return lambda env: env.side(previous).word(slot, env.k)


def _slot_present(env: Env, previous: bool, slot: str) -> bool:
    facts = env.side(previous)
    cells = facts.slots.get(slot)
    if cells:
        return not Amount([(1, cells[0])]).is_blank()
    return bool(facts.words.get(slot) or facts.lists.get(slot))


def _list_words(previous: bool, slot: str, name: str) -> Value:
    def words(env: Env) -> list[str]:
        found = [str(entry.get(name) or "") for entry in env.side(previous).entries(slot)]
        return f.with_parents(found) if slot == "sections" else _both_forms(found) if name == "table" else found

    return words


def _both_forms(tables: list[str]) -> list[str]:
    """The two forms of the state-capital table stand for each other."""
    twins = {"state_capital", "state_capital_expenditure"}
    return [*tables, *twins] if twins & set(tables) else tables


def _row_words(previous: bool, table: str, names: tuple[str, ...], name: str) -> Value:
    def words(env: Env) -> list[str]:
        sheet = env.side(previous).sheet(table)
        return [str(_word_of(row, name)) for selector in names for row in sheet.select(selector)]

    return words


def _word_of(r: Any, name: str) -> Any:
    if isinstance(r, Row):
        return {"subject_code": r.code, "subject_name": r.label, "key": r.key}[name]
    return r.get(name)


def _entry_value(name: str) -> Value:
    def value(env: Env) -> Any:
        found = _word_of(env.r, name)
        if isinstance(found, Cell):
            env.seen.append(found)
            return Amount([(1, found)])
        if found is None or found == "":
            raise Skip("missing", name)
        return found

    return value


def _children(env: Env) -> list:
    if isinstance(env.r, Row):
        return env.sheet.children(env.r)  # type: ignore[union-attr]
    return [entry for entry in env.facts.lists.get("gpb_items", []) if entry]


def _flag(slot: tuple[bool, str] | None, wanted: bool) -> Value:
    previous, key = slot or (False, "")

    def test(env: Env) -> bool:
        words = env.side(previous).words.get(key)
        return f.flag(words[0]) is wanted if words else False

    return test


def _prints(sheet: Sheet, word: str) -> bool:
    return sheet.has_column(word) or bool(sheet.select(word))


def _names(env: Env, values: list[Value]) -> bool:
    left, right = (value(env) for value in values[:2])
    if isinstance(right, frozenset):
        return left in right
    env.sides = [left, right]
    if f.same_name(str(left), str(right)):
        return True
    code = code_of(env.r) if isinstance(env.r, Row) else str((env.r or {}).get("code") or "")
    return bool(code) and f.still_in_use(code, str(left), env.facts.year)


def _count(env: Env, values: list[Value]) -> int:
    found = values[0](env)
    return len(found) if len(values) == 1 else sum(1 for name in found if f.same(name, values[1](env)))


def _zero(env: Env, values: list[Value]) -> bool:
    value = values[0](env)
    return value.is_zero() if isinstance(value, Amount) else f.number_of(value) == 0


def _any_of(env: Env, values: list[Value]) -> list[Amount]:
    found = []
    for value in values:
        try:
            found.append(value(env))
        except Skip as skip:
            if skip.reason != "missing":
                raise
    if not found:
        raise Skip("missing", "budget")
    return found


def _binary(function: Callable) -> Callable[[Env, list[Value]], Any]:
    return lambda env, values: function(*(value(env) for value in values))


_BUILDERS: dict[str, Callable[[Env, list[Value]], Any]] = {
    "share": lambda env, v: f.ratio_of("share", v[0](env), v[1](env)),
    "completion": lambda env, v: f.ratio_of("completion", v[0](env), v[1](env)),
    "pct_change": lambda env, v: f.ratio_of("pct_change", v[0](env), v[1](env)),
    "abs": _binary(f.absolute),
    "direction": _binary(f.direction),
    "compare_word": _binary(f.compare_word),
    "rate_word": _binary(f.rate_word),
    "contains_all": lambda env, v: f.contains_all(v[0](env), v[1](env), env),
    "same_name": _names,
    "name_of": lambda env, v: f.name_of(str(v[0](env)), env.facts),
    "count": _count,
    "zero": _zero,
    "any_of": _any_of,
}
