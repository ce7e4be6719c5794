"""The declared wordings: what loads, and how a wrong entry is refused."""

import shutil

import pytest

from fiscal.dictionary.notation import compile_pattern, spellings
from fiscal.dictionary.patterns import FOLDER, load, patterns
from fiscal.errors import DeclarationError


def test_the_notation():
    pattern = compile_pattern("占{whole}[的](比重/比例)[为]", {}, end=True)
    assert pattern.search("支出占本年支出合计的比重为")["whole"] == "本年支出合计"
    assert not pattern.search("占本年支出合计的比重为多少")
    assert spellings("a[b](c/d)") == ["ac", "ad", "abc", "abd"]


@pytest.mark.parametrize("text", ["占[的", "占的]", "{unknown}", "(a/b]"])
def test_a_wrong_pattern_says_why(text: str):
    with pytest.raises(ValueError, match=r"closed|closes|unknown"):
        compile_pattern(text, {})


def test_names_hold_no_lexicons():
    with pytest.raises(ValueError, match="may hold"):
        spellings("{up}支出")


def test_every_slot_with_a_name_is_known_and_longest_names_come_first():
    book = patterns()
    assert all(subject.key in book.slots for subject in book.subjects.values() if subject.is_slot)
    assert book.starts["一般"][0] == max(book.starts["一般"], key=len)


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("subjects", "slot: total,", "slot: totals,", "subjects.yaml, subject totals: unknown slot totals"),
        ("subjects", "free: opening_balance,", "frei: opening_balance,", "needs `slot` or `free`"),
        ("clauses", "  etc:", "  etcetera:", "clauses.yaml, mark etcetera: unknown kind"),
        ("clauses", "{last_year}", "{lastyear}", "unknown lexicon {lastyear}"),
        ("clauses", "tp: [tp_abroad", "tpp: [tp_abroad", "unknown slot tpp"),
        ("sections", "headings: [\"^目录\"", "headings: [\"^目录(\"", "sections.yaml, section contents"),
        ("words", "slot: entity_type, value: 群团", "slot: entity_types, value: 群团", "words.yaml, word entity_types"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_with_file_entry_and_reason(tmp_path, file, old, new, reason):
    folder = tmp_path / "patterns"
    shutil.copytree(FOLDER, folder)
    path = folder / f"{file}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as refused:
        load(folder)
    assert reason in str(refused.value)


def test_a_missing_part_is_refused(tmp_path):
    folder = tmp_path / "patterns"
    shutil.copytree(FOLDER, folder)
    (folder / "words.yaml").write_text("words: []\n", encoding="utf-8")
    with pytest.raises(DeclarationError, match="lacks placeholders"):
        load(folder)
