"""The items of expenditure: explained one by one, they add up to the classes, and to the whole."""

from collections import defaultdict
from collections.abc import Iterable

from fiscal.checks.identities.kinds import judge_sum
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.parts_laws import Listing, add_up
from fiscal.checks.laws.quantities import LEVEL, THIS, Figure
from fiscal.checks.laws.verdicts import Verdicts, terms
from fiscal.model.finding import FAILED

_WHOLE, _CLASS, _ITEM = "gpb", "gpb_classes[", "gpb_items["
_OTHER_FUNDS = ("fund", "state_capital")  # sections whose items belong to another budget
_TABLE = "general_public_budget_expenditure"


def items(book: Book, verdicts: Verdicts) -> None:
    """Items against classes and whole, once it is evident that none is left out."""
    found = _levels(book, _ITEM, planned=False)
    classes = _levels(book, _CLASS, planned=False)
    if classes:
        found = [one for one in found if _code(one)[:3] in {_code(each) for each in classes}]
    head = next((one for one in book.levels.get((_WHOLE, False, THIS), ()) if one.printed and one.usable), None)
    if head is None or not found or not all(_code(one) for one in found):
        return
    plan = _plan(book, found)
    complete = _listed(book, found) or _classes_covered(verdicts, found, classes) or _adds(verdicts, plan)
    for law, listing in _listings(head, found, classes if complete else [], complete):
        if verdicts.new(law, listing.head, *listing.parts):
            verdicts.judge(add_up, listing, law)
    if plan and complete and verdicts.new("items_budget", plan.head, *plan.parts):
        verdicts.judge(add_up, plan, "items_budget")


def _listings(
    head: Figure, found: list[Figure], classes: list[Figure], complete: bool
) -> Iterable[tuple[str, Listing]]:
    yield "items", Listing(head, tuple(found), complete)
    inside: dict[str, list[Figure]] = defaultdict(list)
    for one in found:
        inside[_code(one)[:3]].append(one)
    for each in classes:
        if inside[_code(each)]:
            yield "items_class", Listing(each, tuple(inside[_code(each)]), complete)


def _levels(book: Book, family: str, *, planned: bool) -> list[Figure]:
    """The first statement of every member."""
    found: dict[str, Figure] = {}
    for one in book.by_kind[LEVEL]:
        own = one.stem.startswith(family) and one.planned == planned and one.period == THIS
        if own and one.usable and one.printed and not one.aside and one.claim.section not in _OTHER_FUNDS:
            found.setdefault(one.stem, one)
    return list(found.values())


def _code(one: Figure) -> str:
    code = one.stem.partition("[")[2].partition("]")[0]
    return code if code.isdigit() else ""


def _listed(book: Book, found: list[Figure]) -> bool:
    """Whether they are just the items that the table lists with an amount."""
    table = book.elsewhere.tables.table(_TABLE)
    rows = [row for row in table.rows if len(row.code) == 7] if table is not None else []
    paid = {row.code for row in rows if (cell := row.cells.get("total")) is not None and cell.value}
    return bool(paid) and paid <= {_code(one) for one in found}


def _classes_covered(verdicts: Verdicts, found: list[Figure], classes: list[Figure]) -> bool:
    """Whether the classes are whole, and each has more than one item or one that is all of it."""
    whole = any(head.stem == _WHOLE and set(map(id, classes)) <= set(map(id, parts)) for head, parts in verdicts.whole)
    paid = {_code(one) for one in classes if one.claim.cell.value}
    return whole and bool(classes) and paid <= {_code(one)[:3] for one in found}


def _plan(book: Book, found: list[Figure]) -> Listing | None:
    """The budgets of all items and of the whole, where each is stated, of one kind of budget."""
    plans = {one.stem: one for one in _levels(book, _ITEM, planned=True)}
    stated = [plans.get(one.stem) for one in found]
    parts = tuple(one for one in stated if one is not None)
    heads = [one for one in book.levels.get((_WHOLE, True, THIS), ()) if one.usable and one.printed]
    head = next((one for one in heads if {one.plan} == {part.plan for part in parts}), None)
    return Listing(head, parts, complete=True) if head and len(parts) == len(found) else None


def _adds(verdicts: Verdicts, plan: Listing | None) -> bool:
    if plan is None:
        return False
    left, right = terms((1, plan.head)), terms(*((1, one) for one in plan.parts))
    return judge_sum(left, right, verdicts.scaled).outcome != FAILED
