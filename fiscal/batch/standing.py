"""The pages of accounts that stand below a folder, of this run or an earlier one, and what they were made from."""

import json
from collections.abc import Iterator
from pathlib import Path

MANIFEST, PAGE = "manifest.json", "report.html"
Standing = dict[str, dict[int, Path]]


def manifests(out: Path) -> Iterator[tuple[Path, dict]]:
    """The folder of each account and what its manifest says; one that cannot be read holds no place."""
    for path in sorted(out.glob(f"*/*/{MANIFEST}")):
        try:
            about = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(about, dict) and "entity" in about:
            yield path.parent, about


def is_made(page: Path, record: Path, key: str) -> bool:
    """The page stands there, and its record says that it was made from the same."""
    try:
        return json.loads(record.read_text(encoding="utf-8"))["key"] == key and page.exists()
    except (OSError, ValueError, KeyError, TypeError):
        return False


def standing(out: Path) -> Standing:
    """Entity → year → the page of its final account below `out`, years in order; a year of 0 is not known."""
    found = [
        (str(about["entity"]), int(about["year"] or 0), folder / PAGE)
        for folder, about in manifests(out) if about.get("kind") != "budget" and (folder / PAGE).exists()
    ]  # fmt: skip
    pages: Standing = {}
    for entity, year, page in sorted(found):
        pages.setdefault(entity, {})[year] = page
    return pages


def newest(pages: dict[int, Path]) -> Path:
    """The page of the last year."""
    return pages[max(pages)]
