"""How long reading a PDF takes beside pdfplumber, and whether memory stays flat over many documents."""

import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

RUNS = 9
PAGES = 25
DOCUMENTS = 200
AIM_GROWTH_MB = 30.0


def run() -> list[dict]:
    """Entries of outputs/bench.json: one account of 25 pages read by us and by pdfplumber, and 200 read in a row."""
    with tempfile.TemporaryDirectory() as folder:
        path = made(Path(folder) / "account.pdf")
        ours, theirs, ratio = _times(path)
        growth = _growth(path)
    return [
        {"name": "read_pdf_25_pages", "value": round(ours, 1), "unit": "ms", "baseline": round(theirs, 1),
         "ratio": round(ratio, 2), "runs": RUNS},
        {"name": "read_pdf_200_documents_growth", "value": round(growth, 1), "unit": "MB", "baseline": AIM_GROWTH_MB,
         "ratio": round(growth / AIM_GROWTH_MB, 2), "runs": DOCUMENTS},
    ]  # fmt: skip


def made(path: Path) -> Path:
    """An invented account as a PDF of exactly 25 pages: narrative, then tables."""
    import pypdfium2 as pdfium

    from fiscal.synthetic.invent import Style, make_panel
    from fiscal.synthetic.write_pdf import write_pdf

    whole = path.with_suffix(".whole.pdf")
    write_pdf(make_panel(3, (2021, 2022), style=Style("sichuan13", "万元", True))[1], whole)
    with pdfium.PdfDocument(whole) as source:
        target = pdfium.PdfDocument.new()
        count = len(source)
        for start in range(0, PAGES, count):
            target.import_pages(source, list(range(min(count, PAGES - start))))
        target.save(path)
        target.close()
    return path


def read(path: Path) -> None:
    """Tables, narrative and recognition of one file."""
    from fiscal.readers.pdf import pdf
    from fiscal.recognise import recognise

    recognise([pdf.read(path)], str(path))


def read_with_pdfplumber(path: Path) -> None:
    """What the same pages cost with pdfplumber, without any recognition."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.extract_text()


def _times(path: Path) -> tuple[float, float, float]:
    """Milliseconds of processor time of the fastest turn of each, and their ratio.

    The fastest, and processor time, because other work on a shared machine only ever adds to a turn; turns alternate,
    so that both meet the same machine, and each runs in one thread.
    """
    read(path)
    pairs = [(_milliseconds(read, path), _milliseconds(read_with_pdfplumber, path)) for _ in range(RUNS)]
    ours, theirs = min(ours for ours, _ in pairs), min(theirs for _, theirs in pairs)
    return ours, theirs, theirs / ours


def _milliseconds(call: Callable[[Path], None], path: Path) -> float:
    gc.collect()
    start = time.process_time()
    call(path)
    return (time.process_time() - start) * 1000


def _growth(path: Path) -> float:
    """MB that the process has grown between the twentieth and the last of many documents."""
    before = 0.0
    for number in range(DOCUMENTS):
        read(path)
        if number == DOCUMENTS // 10:
            before = _resident()
    return _resident() - before


def _resident() -> float:
    import psutil

    gc.collect()
    return psutil.Process().memory_info().rss / 2**20


if __name__ == "__main__":
    for entry in run():
        print(entry)
