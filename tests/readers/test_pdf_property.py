"""Invented tables of any measure come back as they were written."""

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from fiscal.readers.pdf import pdf
from tests.readers.pdf_maker import FONT, canvas, cell_texts

AMOUNTS = some.decimals(Decimal("-999999.99"), Decimal("99999999.99"), places=2).map(lambda one: f"{one:,}")
TEXTS = some.one_of(
    AMOUNTS,
    some.just(""),
    some.sampled_from(["合计", "一、工资福利支出", "2080505", "（一）外交", "11,111.11", "0.00"]),
)


@some.composite
def tables(draw):
    """(texts, font size, row height, number alignment, lift of the text)."""
    columns = draw(some.integers(2, 6))
    rows = draw(some.lists(some.lists(TEXTS, min_size=columns, max_size=columns), min_size=1, max_size=12))
    if not any(text for row in rows for text in row):
        rows[0][0] = "合计"
    size = draw(some.sampled_from([5, 6.5, 8, 10]))
    return (
        rows,
        size,
        draw(some.sampled_from([1.3, 2.0, 3.0])) * size,
        draw(some.booleans()),
        draw(some.floats(0.2, 0.4)),
    )


def write(path, table):
    rows, size, height, flush_right, lift = table
    page = canvas(path)
    width = 9 * size
    page.setFont(FONT, size)
    for row, texts in enumerate(rows):
        bottom = 780 - height * (row + 1)
        for column, text in enumerate(texts):
            left = 50 + width * column
            page.rect(left, bottom, width, height)
            if flush_right:
                page.drawRightString(left + width - 1.5, bottom + lift * size, text)
            else:
                page.drawString(left + 1.5, bottom + lift * size, text)
    page.save()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_a_table_of_any_measure_comes_back(table):
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "a.pdf", table)
        grids = pdf.read(Path(folder) / "a.pdf").grids
    assert [cell_texts(grid) for grid in grids] == [tuple(tuple(row) for row in table[0])]
