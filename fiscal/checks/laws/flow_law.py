"""What a sentence says of a flow of money: opening balance + income - spending = closing balance."""

from collections import defaultdict
from collections.abc import Hashable

from fiscal.checks.identities.exact import UNITS
from fiscal.checks.identities.kinds import judge_sum
from fiscal.checks.laws.book import Book
from fiscal.checks.laws.quantities import LEVEL, Figure
from fiscal.checks.laws.verdicts import Told, Verdicts, shown, terms
from fiscal.dictionary.laws import laws, name_of

_ROLES = ("closing", "opening", "income", "spending")  # 年末结转和结余 also ends with 结转和结余: opening goes first


def flows(book: Book, verdicts: Verdicts) -> None:
    """Sentences that state each of the four exactly once."""
    places: dict[Hashable, dict[str, list[Figure]]] = defaultdict(lambda: defaultdict(list))
    for one in book.by_kind[LEVEL]:
        role = _role(name_of(one.stem)) if one.claim.cell.unit in UNITS and one.claim.list_head is None else ""
        if role and one.printed and one.usable and not one.aside:
            places[one.sentence, one.planned, one.period][role].append(one)
    for found in places.values():
        if all(len(found[role]) == 1 for role in _ROLES):
            four = [found[role][0] for role in _ROLES]
            if verdicts.new("flow", *four):
                verdicts.judge(_flow, *four)


def _role(name: str) -> str:
    flow = laws().flow
    order = ("opening", "closing", "income", "spending")
    return next((role for role in order if any(name.endswith(end) for end in flow[role])), "")


def _flow(verdicts: Verdicts, closing: Figure, opening: Figure, income: Figure, spending: Figure) -> None:
    verdict = judge_sum(terms((1, closing)), terms((1, opening), (1, income), (-1, spending)), verdicts.scaled)
    figures = (closing, opening, income, spending)
    of = "、".join(f"{name_of(one.stem)}{shown(one)}" for one in figures[1:])
    cells = tuple(one.claim.cell for one in figures)
    verdicts.told("flow", Told(closing, verdict, cells, (1, -1, -1, 1), words={"of": of}))
