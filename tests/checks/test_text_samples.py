"""The real documents: every known defect is told, and nothing that a careful reader would call wrong."""

from collections import Counter

import pytest

import fiscal

from .builders import SAMPLES

FOUNDING = SAMPLES / "000_ee669e7e648d99f5.txt"
SHANGHAI = SAMPLES / "shgzb-2024-final.pdf"

pytestmark = pytest.mark.samples


def rules(path) -> Counter:
    if not path.exists():
        pytest.skip("the real documents are not part of the repository")
    return Counter(finding.rule for finding in fiscal.read(str(path)).check())


def test_founding_document():
    assert rules(FOUNDING) == {
        "stmt.performance.projects_within": 1,  # 30 executed, 28.96 project expenditure
        "stmt.operating.institution_none": 1,
        "stmt.gpb.items_group_name": 1,  # outdated name of 20805
        "disc.unit.stated": 1,  # total without unit
        "NC2": 1,  # 21011 printed under the name of an item, twice in the glossary
        "NC6": 2,  # two items explained that are not used
        "MD12": 1,  # one used that is not explained
        "ST4": 1,  # annex: 二 → 四
        "PU2": 2,  # captions with three and two opening brackets
        "PU5": 1,  # 万 written twice in one amount
        "PU4": 2,  # two paragraphs without a full stop
        "FR6": 1,
        "TI21": 2,  # 督查 60余, 300余 and 200余次; 考察 5 and 5余次
        "NE2": 1,  # with and without the province
        "disc.tables.none": 1,
    }


def test_shanghai_sample():
    assert rules(SHANGHAI) == {
        "stmt.completion.gpb_basis": 1,  # 95.89 % of an initial budget of 0
        "stmt.change.total": 1,  # 100.00 % of a base of 0, four times
        "stmt.change.appropriation": 1,
        "stmt.change.gpb": 1,
        "stmt.change.operating_expenses": 1,
        "stmt.procurement.awards_within_total": 1,  # 21.07 twice within 21.07
        "stmt.basic.items_listed": 1,  # an item of 0.00 is listed
        "TL3": 1,  # instruction under two tables
        "NC5": 1,  # housing fund used for medical insurance
        "PU3": 1,  # half-width colon
        "stmt.share.gpb_classes": 1,  # forced last share, a remark
        "stmt.operating.mixed_department": 1,
    }
