"""Tables of many layouts are read back number for number."""

from hypothesis import HealthCheck, Phase, given, settings

from tests.readers.grids import numbers, read
from tests.readers.layouts import coded_table, exact, matrix_table, panel_table, sided_table, three_public_table

CALM = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
)


def same(case):
    table, unit, grids, expected = case
    found = read(*grids)
    assert (list(found.tables), found.problems) == ([table], ())
    wanted, got = set(exact(expected).items()), set(numbers(found.tables[table]).items())
    assert (wanted - got, got - wanted) == (set(), set())
    assert found.tables[table].unit == unit


@CALM
@given(coded_table())
def test_tables_with_functional_subjects(case):
    same(case)


@CALM
@given(sided_table())
def test_two_sided_summaries(case):
    same(case)


@CALM
@given(panel_table())
def test_basic_expenditure_in_panels(case):
    same(case)


@settings(CALM, max_examples=20)
@given(matrix_table())
def test_matrices_on_pages_side_by_side(case):
    same(case)


@CALM
@given(three_public_table())
def test_three_public_in_three_orientations(case):
    same(case)
