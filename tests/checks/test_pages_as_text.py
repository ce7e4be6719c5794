"""The text of the pages of sample PDFs, as a viewer copies it: hard line ends, tables as rows of words."""

from pathlib import Path

import pypdfium2
import pytest

import fiscal
from tests.checks.builders import SAMPLES

TOLD = {  # read by hand against samples/README.md; what only the tables show is not in the text
    "wenlv-2025-final": {
        ("warning", "stmt.change.tp_reception"), ("warning", "PU2"), ("warning", "PU5"), ("warning", "FR8"),
    },
    "wanli-2024-budget": {
        ("error", "stmt.repeated.same"), ("warning", "stmt.change.gpb_items"), ("warning", "TI18"),
        ("warning", "NE4"), ("warning", "NC5"),
        ("warning", "stmt.parts_swapped.other"),
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_the_sentences_of_a_copied_text_are_whole(name, tmp_path):
    path = SAMPLES / f"{name}.pdf"
    if not path.exists():
        pytest.skip("the samples are not here")
    pages = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    copied = Path(tmp_path) / f"{name}.txt"
    copied.write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    account = fiscal.read(copied)
    found = account.check()
    assert {(f.severity, f.rule) for f in found if f.severity != "info"} == TOLD[name]
    assert len(account.disclosure.unread) == 9
    assert not account.disclosure.tables
