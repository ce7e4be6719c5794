"""The findings of a Word file as comments in a copy of it, each at the words or the cell it speaks of."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from fiscal.account import Finding
from fiscal.errors import FileRefused
from fiscal.model.cells import Cell
from fiscal.model.finding import SEVERITY_WORDS
from fiscal.paths import write_bytes

CURRENT = 15  # compatibilityMode of Word 2013 and later
AUTHOR, INITIALS = "fiscal", "核"
_SPACE = re.compile(r"\s+")


def with_comments(source: Path, findings: Iterable[Finding], out: Path) -> tuple[int, list[str]]:
    """Write `source` with a comment at every finding to `out`; how many were placed at their words, and what to know.

    What cannot be found in the text is a comment at the first paragraph, so that none is lost.
    Errors: FileRefused where the file is no .docx that can be opened, or is protected against changes.
    """
    document = _opened(source)
    if document.settings.element.find(qn("w:documentProtection")) is not None:
        step = "end the protection in Word (审阅 → 限制编辑) and check again"
        raise FileRefused(source.name, "is protected: comments cannot be added", step)
    paragraphs = [p for p in _paragraphs(document) if p.runs]
    if not paragraphs:
        raise FileRefused(source.name, "holds no text to comment on", "check the file itself")
    texts = [_squeezed(p.text) for p in paragraphs]
    placed = 0
    for finding in findings:
        runs = next((found for cell in finding.evidence if (found := _runs_of(cell, paragraphs, texts, document))), [])
        placed += bool(runs)
        document.add_comment(runs or paragraphs[0].runs[:1], text=_words(finding), author=AUTHOR, initials=INITIALS)
    buffer = BytesIO()
    document.save(buffer)
    write_bytes(out, buffer.getvalue())
    return placed, list(_notes(document))


def _notes(document: Document) -> Iterator[str]:
    """What an accountant should know of the file that was commented."""
    if any(True for _ in document.element.body.iter(qn("w:ins"), qn("w:del"))):
        yield "holds tracked changes (修订): it was checked as if all were accepted; they stay in the commented file"
    modes = document.settings.element.iter(qn("w:compatSetting"))
    mode = next((one.get(qn("w:val")) for one in modes if one.get(qn("w:name")) == "compatibilityMode"), "")
    if mode and int(mode) < CURRENT:
        yield "is in compatibility mode (兼容模式): old programs may not show its comments; save it as .docx of today"


def _opened(source: Path) -> Document:
    try:
        return docx.Document(str(source))
    except Exception as error:  # python-docx lets the errors of zip and XML through
        raise FileRefused(source.name, "is not a .docx that can be opened", "save it in Word as .docx") from error


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those in tables, text boxes and content controls too."""
    for element in document.element.body.iter(qn("w:p")):
        yield Paragraph(element, document)  # type: ignore[arg-type]


def _words(finding: Finding) -> str:
    advice = f"\n建议：{finding.suggestion}" if finding.suggestion else ""
    return f"【{SEVERITY_WORDS[finding.severity]}】{finding.message}{advice}"


def _runs_of(cell: Cell, paragraphs: list[Paragraph], texts: list[str], document: Document) -> list[Run]:
    """The runs that hold a piece of evidence; none where it is not found, or is not in this file."""
    if cell.place.table:
        return _runs_in_table(cell, document)
    quoted = _squeezed(cell.place.text or cell.text)
    number = next((n for n, text in enumerate(texts) if quoted and quoted in text), None)
    return _covering(paragraphs[number], texts[number].index(quoted), len(quoted)) if number is not None else []


def _runs_in_table(cell: Cell, document: Document) -> list[Run]:
    """The cell with the printed text in a row with the label; else the label itself (a blank has no text)."""
    label, text = _squeezed(cell.place.row), _squeezed(cell.text)
    fallback: list[Run] = []
    for row in document.element.body.iter(qn("w:tr")):
        own = [(_squeezed("".join(t.text or "" for t in tc.iter(qn("w:t")))), tc) for tc in row.iter(qn("w:tc"))]
        held = [(words, tc) for words, tc in own if words]
        if not label or not any(words == label or words.endswith(label) for words, _ in held):
            continue
        for words, tc in held:
            if text and words == text:
                return _runs(tc, document)
        fallback = fallback or _runs(held[0][1], document)
    return fallback


def _runs(element: Any, document: Document) -> list[Run]:
    first = next(element.iter(qn("w:p")), None)
    return list(Paragraph(first, document).runs) if first is not None else []  # type: ignore[arg-type]


def _covering(paragraph: Paragraph, start: int, length: int) -> list[Run]:
    """The runs of a paragraph that the characters from `start` on (spaces not counted) lie in."""
    found, at = [], 0
    for run in paragraph.runs:
        size = len(_squeezed(run.text))
        if size and at < start + length and at + size > start:
            found.append(run)
        at += size
    return found or paragraph.runs[:1]


def _squeezed(text: str) -> str:
    return _SPACE.sub("", text)
