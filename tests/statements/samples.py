"""The real documents, where they are present."""

from functools import cache
from pathlib import Path

import pytest

from fiscal.model.disclosure import Disclosure
from fiscal.model.text import Narrative
from fiscal.readers.registry import read_raw
from fiscal.statements.reader import read_statements

FOLDER = Path(__file__).parents[3] / "shared" / "samples"
FOUNDING, SHANGHAI = "000_ee669e7e648d99f5.txt", "shgzb-2024-final.pdf"


def needs(name: str) -> pytest.MarkDecorator:
    """Skips where the document is not there."""
    return pytest.mark.skipif(not (FOLDER / name).exists(), reason=f"{name} is not in ../shared/samples")


@cache
def read(name: str, year: int) -> tuple[Disclosure, Narrative]:
    """A sample as disclosure (paragraphs and charts only) and narrative."""
    raw = read_raw(FOLDER / name)
    account = Disclosure(name, year=year, paragraphs=raw.paragraphs, charts=raw.charts)
    return account, read_statements(account)
