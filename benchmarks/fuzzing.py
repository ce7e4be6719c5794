"""Damaged files of every format we take (`make fuzz`): each must be read, or refused in a sentence, within its limits.

Mutant `n` of a format is the same in every run. A part of a packed file is damaged as often as the package itself.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import BytesIO
from pathlib import Path

from fiscal.account import Account
from fiscal.commands.baseline import read_baseline
from fiscal.dictionary.identities import load_rules
from fiscal.errors import FileExhausting, FiscalError
from fiscal.model.disclosure import Disclosure
from fiscal.recognise.package import read_folder
from fiscal.sandbox import Children, limits

OLD_WORKBOOK = Path(__file__).parents[1] / "tests" / "samples" / "library.xls"
RULES = """identities:
- {id: own.total, scope: intra_table, family: I.SUM, tables: [expenditure], kind: sum, severity: error,
   formula: "T[total].total == sum(T[classes].total)", message: "合计应等于各类之和：{a}，{b}"}
"""
RESULT = """{"schema": "fiscal.check/1",
 "documents": [{"path": "a.txt", "entity": "甲县教育局", "year": 2023, "findings": []}]}"""
MAIL = b"""MIME-Version: 1.0
Content-Type: multipart/related; boundary="b"

--b
Content-Type: text/html; charset=utf-8

"""
SLOW = 60.0
FORMATS = 12
_JUNK = (
    b"\x00", b"\xff\xff\xff\xff", b"9" * 40, "九".encode(), b"<", b">", b'"', b"&#0;", b"-1", b"1e999", b"\xed\xa0\x80",
)  # fmt: skip


def seeds(folder: Path) -> dict[str, bytes]:
    """One sound file of every format, by its name; a few pages each, so that many can be tried."""
    from fiscal.synthetic import make_account, write_account

    account, found = make_account(3, 2022), {}
    for form, shortened in (("xlsx", _first_sheets), ("docx", _first_blocks), ("html", _first_table),
                            ("pdf", _first_pages), ("txt", _first_part)):  # fmt: skip
        found[f"account.{form}"] = shortened(write_account(account, folder / form, format=form).read_bytes())
    notes = (folder / "xlsx" / "notes.yaml").read_bytes()
    found["notes.yaml"] = notes[: notes.index(b"- slot", len(notes) // 27)]
    found["account.xls"] = OLD_WORKBOOK.read_bytes()
    words = found["account.txt"].decode(errors="ignore")
    told = "".join(f"\\u{ord(one)}?" if ord(one) > 127 else one for one in words[:1500]).replace("\n", "\\par\n")
    found["account.rtf"] = ("{\\rtf1\\ansi " + told + "}").encode()
    found["account.mht"] = MAIL + found["account.html"] + b"\n--b--\n"
    found["account.zip"] = _packed({"account.txt": found["account.txt"]})
    found["rules.yaml"], found["result.json"] = RULES.encode(), RESULT.encode()
    return found


def _first_part(content: bytes) -> bytes:
    return content[: content.index(b"\n", len(content) // 27) + 1]


def _first_table(content: bytes) -> bytes:
    return _first_part(content) + b"".join(re.findall(rb"<table.*?</table>", content, re.DOTALL)[:1])


def _first_sheets(content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    book = parts["xl/workbook.xml"]
    sheets = re.findall(rb"<sheet .*?/>", book)
    parts["xl/workbook.xml"] = book.replace(b"".join(sheets[1:]), b"")
    return _packed({name: part for name, part in parts.items() if not re.search(r"sheet([2-9]|1\d)\.xml", name)})


def _packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _first_pages(content: bytes) -> bytes:
    import pypdfium2 as pdfium

    out = BytesIO()
    with pdfium.PdfDocument(content) as whole:
        part = pdfium.PdfDocument.new()
        part.import_pages(whole, [0, len(whole) - 2])
        part.save(out)
    return out.getvalue()


def _first_blocks(content: bytes) -> bytes:
    from docx import Document

    document, out = Document(BytesIO(content)), BytesIO()
    blocks = list(document.element.body)[:-1]  # the last one holds the pages' measures
    tables = [block for block in blocks if block.tag.endswith("}tbl")]
    for block in blocks[len(blocks) // 27 :]:
        if block not in tables[:1] and (block.getnext() not in tables[:1] or block in tables):
            document.element.body.remove(block)
    document.save(out)
    return out.getvalue()


def mutant(content: bytes, number: int) -> bytes:
    """The damaged file of this number."""
    draw = random.Random(number)
    if content.startswith(b"PK") and draw.random() < 0.7:
        return _repacked(content, draw)
    return _damaged(content, draw, words=draw.random() < 0.6)


def _damaged(content: bytes, draw: random.Random, *, words: bool = False) -> bytes:
    """With `words` a text stays one: what is no character of its encoding any more falls out."""
    data = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 5, 20))):
        at, length = draw.randrange(len(data) + 1), draw.choice((1, 2, 8, 64, 1000))
        draw.choice(_DAMAGES)(data, at, length, draw)
    return data.decode(errors="ignore").encode() if words and _is_text(content) else bytes(data)


@cache
def _is_text(content: bytes) -> bool:
    try:
        return bool(content.decode())
    except UnicodeDecodeError:
        return False


def _set(data: bytearray, at: int, length: int, draw: random.Random) -> None:
    data[at : at + 1] = bytes([draw.randrange(256)])


def _insert(data: bytearray, at: int, length: int, draw: random.Random) -> None:
    data[at:at] = draw.choice(_JUNK)


def _replace(data: bytearray, at: int, length: int, draw: random.Random) -> None:
    data[at : at + length] = draw.choice(_JUNK)


def _remove(data: bytearray, at: int, length: int, draw: random.Random) -> None:
    del data[at : at + length]


def _double(data: bytearray, at: int, length: int, draw: random.Random) -> None:
    data[at:at] = data[at : at + length] * draw.choice((1, 3, 50))


def _cut(data: bytearray, at: int, length: int, draw: random.Random) -> None:
    if draw.random() < 0.3:
        del data[at:]


_DAMAGES: tuple[Callable[[bytearray, int, int, random.Random], None], ...] = (
    _set, _insert, _replace, _remove, _double, _cut,
)  # fmt: skip


def _repacked(content: bytes, draw: random.Random) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = draw.choice(sorted(parts))
    parts[name] = _damaged(parts[name], draw)
    return _packed(parts)


def fault(folder: str, name: str, number: int) -> str:
    """In a child: what is wrong with how this mutant is dealt with; "" where it was read or refused in a sentence."""
    home = Path(folder) / f"{name}-{number}"
    home.mkdir()
    path = home / name
    path.write_bytes(mutant(_seed(folder, name), number))
    start = time.process_time()
    with limits(str(path)):
        told = _outcome(path, Path(folder))
    for file in home.iterdir():
        file.unlink()
    home.rmdir()
    seconds = time.process_time() - start
    return told or (f"{seconds:.0f} s" if seconds > SLOW else "")


@cache
def _seed(folder: str, name: str) -> bytes:
    return Path(folder, name).read_bytes()


def _outcome(path: Path, folder: Path) -> str:
    try:
        if path.name == "rules.yaml":
            load_rules(path)
        elif path.name == "result.json":
            read_baseline(path)
        else:
            if path.name == "notes.yaml":
                path.with_name("account.txt").write_text("甲县乙局2022年度部门决算\n", encoding="utf-8")
            return _read(sorted(map(str, path.parent.iterdir())))
    except FiscalError:
        return ""
    except Exception as error:  # every other one is what is looked for
        return f"{type(error).__name__}: {error}"
    return ""


def _read(files: list[str]) -> str:
    for item in read_folder(files):
        if isinstance(item, Disclosure):
            Account(item).check()
        elif "please report it" in item.sentence:
            return item.sentence
    return ""


def faults(count: int, *, start: int = 0, width: int = 2, names: str = "") -> Iterator[tuple[str, int, str]]:
    """(format, number, what is wrong) of `count` mutants of each format; "" for those that are dealt with."""
    with tempfile.TemporaryDirectory() as folder:
        known = seeds(Path(folder) / "seeds")
        for name, content in known.items():
            Path(folder, name).write_bytes(content)
        _read([str(Path(folder, "account.html"))])  # once here, so that the children have loaded what it takes
        todo = ((name, number) for number in range(start, start + count) for name in known if names in name)
        for item, result in Children(width).each(partial(fault, folder), todo):
            is_lost = isinstance(result, Exception) and not _is_told(result)
            yield *item, str(result) if is_lost or isinstance(result, str) else ""


def _is_told(error: Exception) -> bool:
    """A file beyond the limits of memory or time is told; what ends its process is told too, but not wanted."""
    return isinstance(error, FileExhausting) and "terminated" not in str(error)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="mutants over all formats")
    parser.add_argument("--start", type=int, default=1_000, help="number of the first one")
    parser.add_argument("--width", type=int, default=os.cpu_count(), help="processes at once")
    parser.add_argument("--name", default="", help="only formats with this in their name")
    words = parser.parse_args()
    done, wrong = Counter[str](), 0
    for name, number, told in faults(
        max(1, words.count // FORMATS), start=words.start, width=words.width, names=words.name
    ):
        done[name] += 1
        wrong += bool(told)
        if told:
            print(f"{name} {number}: {told[:300]}", flush=True)
        if done.total() % 1000 == 0:
            print(f"{done.total()} mutants, {wrong} wrong", file=sys.stderr, flush=True)
    print(f"{done.total()} mutants of {len(done)} formats: {wrong} not dealt with")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
