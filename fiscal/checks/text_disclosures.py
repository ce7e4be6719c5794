"""What must be stated beside an amount: batches and persons, delegations, vehicles."""

from collections.abc import Iterator

from fiscal.checks.text_hits import hit
from fiscal.model.account import Disclosure
from fiscal.model.cells import Cell
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative

RULES = (
    ("MD1", ("actual_reception",), ("tp_reception",), ("reception_batches", "reception_persons")),
    ("MD2", ("actual_abroad",), ("tp_abroad",), ("abroad_groups", "abroad_persons")),
    ("MD3", ("actual_vehicle_purchase",), ("tp_vehicle_purchase",), ("vehicles_bought",)),
    ("MD3", ("actual_vehicle_operation",), ("tp_vehicle_operation",), ("vehicle_stock", "vehicles")),
)


def disclosure_outcomes(disclosure: Disclosure, narrative: Narrative) -> Iterator[Outcome]:
    """MD1–MD3: money spent, and none of the counts that go with it. Silent without a narrative of these costs."""
    if not any(statement.section == "three_public" for statement in narrative.statements):
        return
    for rule, columns, slots, counts in RULES:
        spent = _spent(disclosure, narrative, columns[0], slots[0])
        if spent is not None and not any(narrative.slots.get(count) for count in counts):
            yield hit(rule, spent.place, f"{spent}{spent.unit}")


def _spent(disclosure: Disclosure, narrative: Narrative, column: str, slot: str) -> Cell | None:
    table = disclosure.tables.get("three_public")
    cells = [*narrative.slots.get(slot, []), table.cell("data", column) if table else None]
    return next((cell for cell in cells if cell is not None and cell.is_number and cell.number > 0), None)
