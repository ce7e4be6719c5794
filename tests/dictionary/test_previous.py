"""An account given as last year's: the same body, one year earlier, or a sentence."""

from dataclasses import dataclass, field

import pytest

from fiscal.dictionary.labels import same_body
from fiscal.dictionary.previous import require_previous
from fiscal.errors import ReadError


@dataclass
class One:
    entity: str = "柳川县档案馆"
    year: int | None = 2023
    notes: dict = field(default_factory=dict)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("柳川县档案馆", "柳川县档案馆（本级）", True),
        ("柳川县档案馆", "云岭省松原市柳川县档案馆", True),
        ("柳川县档案馆", "柳川县图书馆", False),
        ("柳川县档案馆", "东柳川县档案馆", False),
        ("", "柳川县档案馆", False),
    ],
)
def test_names_of_one_body(one, other, same):
    assert same_body(one, other) is same_body(other, one) is same


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (
            One(year=2021),
            "is the account of 柳川县档案馆 2021, not the 2022 account of 柳川县档案馆 — give the 2022 account",
        ),
        (One(year=2024), "account of 柳川县档案馆 2024, not the 2022"),
        (One("柳川县图书馆", 2022), "the account of 柳川县图书馆 2022, not of 柳川县档案馆 .*former_names"),
    ],
)
def test_another_body_or_year_is_refused(before, said):
    with pytest.raises(ReadError, match=said):
        require_previous(One(), before)


def test_a_renamed_body_and_an_account_without_a_name_are_let_through():
    require_previous(One(notes={"entity": {"former_names": ["柳川县史志室"]}}), One("柳川县史志室", 2022))
    require_previous(One(), One("", 2022))
    require_previous(One(), One(year=None))
