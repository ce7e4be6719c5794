"""What a condition is made of: the values of words, names and rows, comparisons, and the functions of the language."""

import ast
from collections.abc import Callable
from typing import Any

from fiscal.checks.identities import functions as f
from fiscal.checks.identities.context import Env
from fiscal.checks.identities.exact import Skip, Terms
from fiscal.checks.identities.functions import Amount, Value
from fiscal.checks.identities.lookups import Sheet, code_of
from fiscal.checks.identities.ratios import Ratio
from fiscal.dictionary.identities import catalogue
from fiscal.model.cells import Cell
from fiscal.model.table import Row

Builder = Callable[[Env, list[Value]], Any]
_ORDERS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
}


def there(value: Any) -> bool:
    return not value.is_blank() if isinstance(value, Amount) else bool(value)


def amount_of(adder: Callable) -> Value:
    def value(env: Env) -> Amount:
        terms: Terms = []
        adder(env, 1, terms)
        env.seen += [cell for _, cell in terms]
        return Amount(terms)

    return value


def truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and f.flag(value) is not None:
        return bool(f.flag(value))
    return there(value)


def kleene(parts: list[Value], decisive: bool) -> Value:
    def test(env: Env) -> bool:
        open_part = None
        for part in parts:
            try:
                if truth(part(env)) is decisive:
                    return decisive
            except Skip as skip:
                open_part = open_part or skip
        if open_part:
            raise open_part
        return not decisive

    return test


def ordered(op: ast.cmpop, left: Any, right: Any) -> bool:
    if isinstance(op, ast.In):
        return any(f.same(left, element) for element in right)
    if isinstance(op, ast.Eq | ast.NotEq):
        return f.same(left, right) is isinstance(op, ast.Eq)
    one, other = f.numbers(*(f.point_of(side) if isinstance(side, Ratio) else side for side in (left, right)))
    if one is None or other is None:
        raise Skip("missing", "number")
    return _ORDERS[type(op)](one, other)


def joined(op: ast.operator, left: Value, right: Value) -> Value:
    """Year arithmetic and joined words: stmt.fiscal_year - 1, stmt.fiscal_year + '-12-31'."""

    def value(env: Env) -> Any:
        one, other = left(env), right(env)
        numbers = f.number_of(one), f.number_of(other)
        if None in numbers:
            return f"{one}{other}"
        return numbers[0] + numbers[1] if isinstance(op, ast.Add) else numbers[0] - numbers[1]  # type: ignore[operator]

    return value


def stated_word(previous: bool, slot: str) -> Value:
    if catalogue().slots[slot].type == "list":
        return lambda env: env.side(previous).entries(slot)
    return lambda env: env.side(previous).word(slot, env.k)


def slot_present(env: Env, previous: bool, slot: str) -> bool:
    facts = env.side(previous)
    cells = facts.slots.get(slot)
    if cells:
        return not Amount([(1, cells[0])]).is_blank()
    return bool(facts.words.get(slot) or facts.lists.get(slot))


def list_words(previous: bool, slot: str, name: str) -> Value:
    def words(env: Env) -> list[str]:
        found = [str(entry.get(name) or "") for entry in env.side(previous).entries(slot)]
        return f.with_parents(found) if slot == "sections" else _both_forms(found) if name == "table" else found

    return words


def _both_forms(tables: list[str]) -> list[str]:
    """The two forms of the state-capital table stand for each other."""
    twins = {"state_capital", "state_capital_expenditure"}
    return [*tables, *twins] if twins & set(tables) else tables


def row_words(previous: bool, table: str, names: tuple[str, ...], name: str) -> Value:
    def words(env: Env) -> list[str]:
        sheet = env.side(previous).sheet(table)
        return [str(word_of(row, name)) for selector in names for row in sheet.select(selector)]

    return words


def word_of(r: Any, name: str) -> Any:
    if isinstance(r, Row):
        return {"subject_code": r.code, "subject_name": r.label, "key": r.key}[name]
    return r.get(name)


def entry_value(name: str) -> Value:
    def value(env: Env) -> Any:
        found = word_of(env.r, name)
        if isinstance(found, Cell):
            (found,) = env.now([found])
            env.seen.append(found)
            return Amount([(1, found)])
        if found is None or found == "":
            raise Skip("missing", name)
        return found

    return value


def children_of(env: Env) -> list:
    if isinstance(env.r, Row):
        return env.sheet.children(env.r)  # type: ignore[union-attr]
    return [entry for entry in env.facts.lists.get("gpb_items", []) if entry]


def flag_is(slot: tuple[bool, str] | None, wanted: bool) -> Value:
    previous, key = slot or (False, "")

    def test(env: Env) -> bool:
        words = env.side(previous).words.get(key)
        return f.flag(words[0]) is wanted if words else False

    return test


def prints(sheet: Sheet, word: str) -> bool:
    return sheet.has_column(word) or bool(sheet.select(word))


def _names(env: Env, values: list[Value]) -> bool:
    left, right = (value(env) for value in values[:2])
    env.sides = [left, right]
    if f.same_name(str(left), str(right)):
        return True
    code = code_of(env.r) if isinstance(env.r, Row) else str((env.r or {}).get("code") or "")
    return bool(code) and f.still_in_use(code, str(left), env.facts.year)


def _own_code(env: Env, values: list[Value]) -> bool:
    code, name = (str(value(env)) for value in values)
    env.sides = [code, f.usual_code(code, name, env.facts)]
    return env.sides[1] == code


def _count(env: Env, values: list[Value]) -> int:
    found = values[0](env)
    return len(found) if len(values) == 1 else sum(1 for name in found if f.same(name, values[1](env)))


def _zero(env: Env, values: list[Value]) -> bool:
    value = values[0](env)
    return value.is_zero() if isinstance(value, Amount) else f.number_of(value) == 0


def _ratio(form: str) -> Builder:
    return lambda env, values: Ratio(form, *(value(env).terms for value in values))


BUILDERS: dict[str, Builder] = {
    **{form: _ratio(form) for form in ("share", "completion", "pct_change")},
    "abs": lambda env, v: f.absolute(v[0](env)),
    "contains_all": lambda env, v: f.contains_all(v[0](env), v[1](env), env),
    "same_name": _names,
    "name_of": lambda env, v: f.name_of(str(v[0](env)), env.facts),
    "own_code": _own_code,
    "listed": lambda env, v: f.listed(str(v[0](env)), env.facts),
    "count": _count,
    "zero": _zero,
}
