"""Real documents, where the folder of samples is present: every figure on its page, and nothing beside."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from fiscal.readers.pdf import pdf

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = [
    pytest.mark.samples,
    pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not present"),
]
AMOUNT = re.compile(r"-?[\d,]+\.\d+")


@pytest.fixture(scope="module")
def published():
    return pdf.read(SAMPLES / "shgzb-2024-final.pdf")


def amounts(document):
    cells = (cell for grid in document.grids for row in grid.cells for cell in row if cell)
    return Counter((cell.place.page, cell.text) for cell in cells if AMOUNT.fullmatch(cell.text))


def test_all_205_figures_stand_on_their_pages_and_no_other(published):
    with (SAMPLES / "shgzb-2024-final.cells.csv").open(encoding="utf-8") as file:
        wanted = Counter((int(row["page"]), row["value"]) for row in csv.DictReader(file))
    assert sum(wanted.values()) == 205
    assert amounts(published) == wanted


def test_the_tables_have_their_shapes(published):
    shapes = [(grid.place.page, len(grid.cells), len(grid.cells[0])) for grid in published.grids]
    assert shapes[1:5] == [(5, 32, 4), (6, 14, 9), (7, 6, 9), (8, 14, 8)]
    assert shapes[-3:] == [(14, 5, 12), (15, 6, 8), (16, 6, 8)]


def test_every_table_is_preceded_by_its_title_and_unit(published):
    fresh = [grid for grid in published.grids if grid.place.page in (5, 6, 8, 10, 12, 13, 14, 15, 16)]
    assert [grid.before[-1] for grid in fresh] == ["单位：万元"] * 9
    assert all(grid.before[-2].endswith("表") for grid in fresh)


def test_the_blank_form_has_nine_tables_and_no_amount():
    blank = pdf.read(SAMPLES / "blank-template-final.pdf")
    assert amounts(blank) == Counter()
    titled = [
        grid for grid in blank.grids if any(line.endswith("决算表") or "总表" in line for line in grid.before[-3:])
    ]
    assert len(titled) == 9


def test_the_narrative_is_whole_sentences(published):
    body = [one for one in published.paragraphs if one.role == "body" and (one.place.page or 0) >= 17]
    assert len(body) >= 30
    assert [one.text for one in body if one.text[-1] not in "。："] == []
    assert sum(one.role == "heading" for one in published.paragraphs) >= 19


def test_every_character_of_the_narrative_has_a_page_and_a_box(published):
    for paragraph in published.paragraphs:
        covered = [index for first, last, _, _ in paragraph.boxes for index in range(first, last)]
        gaps = set(range(len(paragraph.text))) - set(covered)
        assert all(paragraph.text[index] == " " for index in gaps)
        assert all(box[0] < box[2] and box[1] < box[3] for _, _, _, box in paragraph.boxes)
