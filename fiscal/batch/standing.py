"""The pages of accounts that stand below a folder, of this run or an earlier one."""

import json
from pathlib import Path

from fiscal.batch.work import MANIFEST, PAGE

Standing = dict[str, dict[int, Path]]


def standing(out: Path) -> Standing:
    """Entity → year → the page of its final account below `out`, years in order; a year of 0 is not known."""
    found = []
    for path in sorted(out.glob(f"*/*/{MANIFEST}")):
        page = path.parent / PAGE
        if page.exists():
            about = json.loads(path.read_text(encoding="utf-8"))
            if about.get("kind") != "budget":
                found.append((str(about["entity"]), int(about["year"] or 0), page))
    pages: Standing = {}
    for entity, year, page in sorted(found):
        pages.setdefault(entity, {})[year] = page
    return pages


def newest(pages: dict[int, Path]) -> Path:
    """The page of the last year."""
    return pages[max(pages)]
