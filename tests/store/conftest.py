"""Rows of real and invented accounts, read once."""

from pathlib import Path

import pytest

import fiscal
from fiscal.store.rows import rows_of

DATA = Path(__file__).parents[2] / "data" / "raw"


@pytest.fixture(scope="session")
def documents():
    """Rows of the invented office of 2021 and 2022 and of the hotline office of 2021 and 2022."""
    rows = []
    for entity in ("demo-office", "suining-hotline"):
        before = None
        for year in (2021, 2022):
            account = fiscal.read(DATA / entity / str(year))
            rows.append(rows_of(account, account.check(before), f"digest-{entity}-{year}"))
            before = account
    return rows
