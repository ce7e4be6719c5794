"""What we write, our own reader of statements understands: every figure comes back under its slot."""

from pathlib import Path

import pytest

import fiscal
from fiscal.narrative import sections

RAW = Path(__file__).parents[2] / "data/raw"
# Figures of the self-evaluation table that stand in its grid only.
IN_GRIDS = {"perf_appropriation_budget", "perf_other_budget", "perf_other_executed"}


def written(account, previous) -> str:
    """The narrative as the plain text of a published document."""
    parts: dict[str, list[str]] = {}
    for section in sections(account, previous=previous):
        if section.part:
            parts.setdefault(section.part, []).append(section.text())
    numbered = zip("一二三四五", parts.items(), strict=False)
    bodies = [f"第{number}部分 {part}\n" + "\n".join(texts) for number, (part, texts) in numbered]
    return "\n".join([f"{account.entity}{account.year}年度部门决算公开", *bodies])


@pytest.mark.parametrize("office", ["suining-hotline", "demo-office"])
def test_every_figure_comes_back_under_its_slot(office, tmp_path):
    account, previous = fiscal.read(RAW / office / "2022"), fiscal.read(RAW / office / "2021")
    file = tmp_path / "说明.txt"
    file.write_text(written(account, previous), encoding="utf-8")
    back = fiscal.read(file).narrative
    stated = {slot: str(cells[0]) for slot, cells in account.narrative.slots.items() if slot not in IN_GRIDS}
    assert len(stated) > 120
    assert {slot: str(back.slots[slot][0]) if slot in back.slots else None for slot in stated} == stated
    assert [statement.sentence for statement in back.claims if not statement.subject] == []
