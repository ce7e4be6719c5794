"""A disk that is full at any moment: a sentence, and what was there before is there as it was.

A limit on the size of files makes the system refuse writes, in every process and library alike; which write is the
first to be refused depends on the limit.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from fiscal.synthetic import make_account, write_account

resource = pytest.importorskip("resource")
COMMANDS = {
    "json": ("check", "in", "--format", "json", "--out", "out/check.json"),
    "html": ("check", "in", "--format", "html", "--out", "out/check.html"),
    "xlsx": ("check", "in", "--format", "xlsx", "--out", "out/check.xlsx"),
    "docx": ("check", "account.docx", "--format", "docx", "--out", "out/check.docx"),
    "extract": ("extract", "in", "--out", "out"),
    "draft": ("draft", "in", "--out", "out/draft.docx"),
    "share": ("share", "store", "--out", "out"),
}


def fiscal(folder: Path, words: tuple[str, ...], limit: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "fiscal", *words], cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"TMPDIR": str(folder)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    """What a reader may see, without the record of the run and what it keeps for itself."""
    seen = (path for path in folder.rglob("*") if path.is_file() and ".staging" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in seen if path.name not in ("run.json", ".lock")}


def told(done: subprocess.CompletedProcess) -> bool:
    """Whether it ended with a sentence about the disk."""
    assert "Traceback" not in done.stderr
    return done.returncode == 2 and "cannot be written: " in done.stderr


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder with accounts, a Word file and a store."""
    root = tmp_path_factory.mktemp("full")
    account = make_account(6, 2022)
    write_account(account, root / "in/office/2022")
    write_account(account, root, format="docx").rename(root / "account.docx")
    assert fiscal(root, ("batch", "in", "--out", "made", "--no-pages")).returncode == 0
    (root / "made/processed").rename(root / "store")
    return root


@pytest.mark.parametrize("form", COMMANDS)
def test_a_refused_write_leaves_the_old_file_and_is_told(place, form):
    rmtree(place / "out", ignore_errors=True)
    assert fiscal(place, COMMANDS[form]).returncode in (0, 1)
    made = files(place / "out")
    sizes = sorted(map(len, made.values()))
    for limit in {sizes[len(sizes) // 2] - 1, sizes[-1] - 1}:
        for name in made:
            if "待补充" not in name:  # a form to fill in, which the command reads again
                (place / "out" / name).write_text("old")
        assert told(fiscal(place, COMMANDS[form], limit)), limit
        after = files(place / "out")
        assert after.keys() == made.keys() and b"old" in after.values()
        assert [name for name in after if after[name] not in (b"old", made[name])] == []


def test_a_report_that_cannot_be_written_leaves_the_store_and_the_pages(place, tmp_path):
    words = ("report", "in", "--out", "out")
    states = []
    for name, seed in (("new", 6), ("old", 5)):
        write_account(make_account(seed, 2022), tmp_path / name / "in/office/2022")
        fiscal(tmp_path / name, words)
        states.append(files(tmp_path / name / "out"))
    new, old = states
    rmtree(tmp_path / "old/in")
    copytree(tmp_path / "new/in", tmp_path / "old/in")
    page = max(len(content) for name, content in new.items() if name.endswith("report.html"))
    for limit in (page - 1, None):
        done = fiscal(tmp_path / "old", words, *([limit] if limit else []))
        after = files(tmp_path / "old/out")
        assert limit is None or told(done)
        assert old.keys() <= after.keys() and (limit is None) == (after == new)
        assert limit is None or [name for name in after if after[name] not in (old.get(name), new.get(name))] == []
