"""The functions of the formula language that are no sums: conditions, words, names, lists and rates."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from fiscal.checks.identities.context import FALSE, TRUE, Env, Facts, as_number
from fiscal.checks.identities.exact import UNITS, Constant, Skip, Terms, unit_of, unknown
from fiscal.checks.identities.lookups import Sheet, set_keys
from fiscal.checks.identities.ratios import Ratio
from fiscal.dictionary.classification import functional, level_of
from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.labels import squeeze, stem
from fiscal.model.cells import Cell
from fiscal.model.rounding import round_to

Value = Callable[[Env], Any]
_LONG_NAME = 6
_BRACKETS = re.compile(r"[（(].{0,200}?[）)]")


class Amount:
    """A weighted sum of cells as a value."""

    __slots__ = ("terms",)

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    @property
    def cells(self) -> list[Cell]:
        return [cell for _, cell in self.terms]

    def number(self) -> Fraction:
        """The printed value: amounts in 元, percents and counts as they stand. A blank is 0."""
        total = Fraction(0)
        for weight, cell in self.terms:
            if cell.is_unknown:
                raise unknown([cell])
            if cell.approximate:
                raise Skip("approximate")
            total += Fraction(weight) * Fraction(cell.number) * UNITS.get(cell.unit, 1)
        return total

    def is_blank(self) -> bool:
        if any(cell.is_unknown for cell in self.cells):
            raise unknown(self.cells)
        return all(cell.is_blank for cell in self.cells)

    def is_zero(self) -> bool:
        if any(cell.is_unknown for cell in self.cells):
            raise unknown(self.cells)
        return all(cell.is_blank or cell.value == 0 for cell in self.cells)


class Names(list):
    """A list of names; `universe` are the only names that may be missed (None: all), `also` what else one goes by."""

    universe: frozenset[str] | None = None
    also: dict[str, list[str]] = {}  # noqa: RUF012 - never changed in place


def number_of(value: Any) -> Fraction | None:
    """A value of a formula as a number; None for words."""
    if isinstance(value, Amount):
        return value.number()
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return Fraction(value)
    plain = as_number(value) if isinstance(value, str) else None
    return Fraction(plain) if plain is not None else None


def numbers(left: Any, right: Any) -> tuple[Fraction | None, Fraction | None]:
    """Both sides as numbers; a constant of the formula beside money is meant in the unit of that money."""
    one, other = number_of(left), number_of(right)
    if one is not None and other is not None:
        one, other = one * _factor(left, right), other * _factor(right, left)
    return one, other


def _factor(value: Any, beside: Any) -> int:
    if not (isinstance(value, Amount) and isinstance(beside, Amount)):
        return 1
    return UNITS.get(unit_of(beside.cells), 1) if all(type(cell) is Constant for cell in value.cells) else 1


def same(left: Any, right: Any) -> bool:
    """== between words, truth values or printed numbers."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left == right
    if isinstance(left, str) and isinstance(right, str):
        return left == right or squeeze(left) == squeeze(right)
    one, other = numbers(left, right)
    if one is not None and other is not None:
        return one == other
    return squeeze(str(left)) == squeeze(str(right))


def same_name(left: str, right: str) -> bool:
    """Equal without spaces, brackets, 本级, a trailing 支出 and leading province or city parts."""
    one, other = _plain(left), _plain(right)
    if not one or not other:
        raise Skip("missing", "name")
    if one == other or one.endswith(other) or other.endswith(one):
        return True
    cut = squeeze(str(left))  # a label cut by the layout is no other name
    return len(cut) >= _LONG_NAME and squeeze(str(right)).startswith(cut)


def _plain(name: str) -> str:
    return stem(_BRACKETS.sub("", squeeze(str(name)))).replace("本级", "").removesuffix("支出")


def direction(now: Amount, before: Amount) -> frozenset[str]:
    """增加, 减少, 持平 by the printed values; where they agree to the coarser digits no word can be refuted."""
    return _word(now, before, ("增加", "减少", "持平"))


def compare_word(actual: Amount, budget: Amount) -> frozenset[str]:
    """大于, 小于, 等于 by the printed values."""
    return _word(actual, budget, ("大于", "小于", "等于"))


def _word(left: Amount, right: Amount, words: tuple[str, str, str]) -> frozenset[str]:
    gap = left.number() - right.number()
    if gap and _coarsely_equal(left, right):
        return frozenset(words)
    return frozenset({words[0] if gap > 0 else words[1] if gap < 0 else words[2]})


def _coarsely_equal(left: Amount, right: Amount) -> bool:
    if len(left.terms) != 1 or len(right.terms) != 1:
        return False
    one, other = left.cells[0], right.cells[0]
    if one.unit != other.unit or one.digits == other.digits or one.exact or other.exact:
        return False
    digits = min(one.digits, other.digits)
    return round_to(one.number, digits) == round_to(other.number, digits)


def name_of(code: str, facts: Facts) -> str:
    """The name a code carries in the fiscal year; rows that are not sure, and unknown codes, accuse nobody."""
    year = facts.year
    subject = functional().subject(code, year)
    if subject is None or not subject.sure or year is None:
        raise Skip("not applicable", f"{code} is not listed for {year}")
    return subject.name


def listed(code: str, facts: Facts) -> bool:
    """Whether the classification of the fiscal year has the code. Codes of classes that it does not cover: skipped."""
    year, known = facts.year, functional().by_code
    if year is None or code[:3] not in known:
        raise Skip("not applicable", f"{code} is outside the classification")
    subjects = known.get(code, [])
    if any(subject.valid(year) for subject in subjects):
        return True
    if subjects and not all(subject.sure for subject in subjects):
        raise Skip("not applicable", f"the years of {code} are not sure")
    return False


def usual_code(code: str, name: str, facts: Facts) -> str:
    """The one code that the classification and the other tables give a name of this level and class; else `code`.

    Nothing speaks against a code that the classification has under this name, or another table beside it.
    """
    subjects = functional().named(name, facts.year, level_of(code))
    beside = facts.codes_named(name, len(code))
    if facts.year is None or any(subject.code == code for subject in subjects) or len(beside.get(code, ())) > 1:
        return code
    known = {subject.code for subject in subjects if subject.sure and (len(code) == 3 or subject.code[:3] == code[:3])}
    told = {other for other in beside if other != code and (len(code) == 3 or other[:3] == code[:3])}
    both = known & told or ({other for other in told if len(beside[other]) > 1} if told else known)
    return both.pop() if len(both) == 1 else code


def still_in_use(code: str, name: str, year: int | None) -> bool:
    """The name ended only the year before: editions are changed over in a transition year."""
    known = functional().by_code.get(code, [])
    return year is not None and any(s.until == year - 1 and same_name(name, s.name) for s in known)


def contains_all(found: list, required: list, env: Env) -> bool:
    """Every required element was found; what was not goes into env.names."""
    known = {_plain(str(name)) for name in found}
    universe, also = getattr(found, "universe", None), getattr(required, "also", {})
    missing = [
        str(name) for name in required
        if known.isdisjoint(_plain(one) for one in (str(name), *also.get(name, ())))
        and (universe is None or _plain(str(name)) in universe)
    ]  # fmt: skip
    env.names = list(dict.fromkeys(missing))
    return not missing


def required_sections(env: Env) -> list[str]:
    """Keys of the sections that the account's set of tables asks for."""
    spec = catalogue().sections
    keys = [key for key in spec["common"] if key != "tables"]
    return keys + (list(spec["sichuan_extra"]) if env.facts.profile == "sichuan13" else [])


def with_parents(keys: list[str]) -> list[str]:
    """A section of which a part was found is there."""
    parts = catalogue().sections["parts"]
    return [*keys, *(parent for parent, inner in parts.items() if set(inner) & set(keys))]


def nonzero_items(sheet: Sheet, side: str) -> Names:
    """Labels of the economic items of one side whose amount is not zero."""
    from fiscal.dictionary.tables import catalogue as tables

    items = {row.key: row for row in tables().row_sets["economic_items"]}
    names = Names()
    for row in sheet.table.rows:
        entry = items.get(row.key)
        if entry is None or row.key not in set_keys("economic_items"):
            continue
        cell = sheet.get(row, "amount")
        if cell.is_unknown or not Amount([(1, cell)]).is_zero():
            names += [row.label, *entry.labels]
    names.universe = frozenset(_plain(label) for row in items.values() for label in row.labels)
    return names


def nonzero_rows(sheet: Sheet, selector: str, column: str) -> Names:
    """Labels of rows whose amount is neither blank nor 0."""
    cells = [(row, sheet.get(row, column)) for row in sheet.select(selector)]
    filled = [row for row, cell in cells if cell.is_unknown or not Amount([(1, cell)]).is_zero()]
    if not all(row.label for row in filled):
        raise Skip("unread", sheet.id)
    names = Names(row.label for row in filled)
    names.also = {row.label: [one.name for one in functional().by_code.get(row.code, ())] for row in filled}
    return names


def flag(value: str) -> bool | None:
    """A flag as a truth value; None where it is neither."""
    word = value.strip().lower()
    return True if word in TRUE else False if word in FALSE else None


def absolute(value: Any) -> Any:
    """abs() of a ratio or a number."""
    if isinstance(value, Ratio):
        return Ratio(value.form, value.top, value.bottom, True)
    return abs(number_of(value) or Fraction(0))


def point_of(ratio: Ratio) -> Fraction:
    """The rate from the printed numbers, for comparisons with a threshold."""
    top, bottom = (Amount(terms).number() for terms in (ratio.top, ratio.bottom))
    if bottom == 0:
        raise Skip("undefined")
    value = (top - bottom if ratio.form == "pct_change" else top) / bottom * 100
    return abs(value) if ratio.absolute else value
