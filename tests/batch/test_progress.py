"""Progress: a bar on a terminal, a line now and then where the output is kept."""

import io
import sys

import pytest
from click.testing import CliRunner

from fiscal.batch import progress as module
from fiscal.batch.progress import line, progress
from fiscal.cli import main
from tests.batch.accounts import offices


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (1200, 10000, 80.0, "checking: 1200 of 10000, 15.0/s, 10 min left"),
        (90, 100, 30.0, "checking: 90 of 100, 3.0/s, 3 s left"),
        (100, 100_000, 50.0, "checking: 100 of 100000, 2.0/s, 13.9 h left"),
        (40, None, 20.0, "checking: 40, 2.0/s"),
    ],
)
def test_a_line_says_how_far_how_fast_and_how_long(done, total, seconds, said):
    assert line("checking", done, total=total, seconds=seconds) == said


def test_short_work_says_nothing_in_a_log(capsys):
    with progress("reading", 3) as step:
        step("a.xlsx")
    assert capsys.readouterr().err == ""


def test_long_work_says_a_plain_line_in_a_log(capsys, monkeypatch):
    monkeypatch.setattr(module, "EVERY", 0.0)
    with progress("reading", 2) as step:
        step("a.xlsx")
        step("b.xlsx")
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("reading: 1 of 2, ") and second.endswith("/s, 0 s left")
    assert "\x1b" not in first


def test_a_terminal_sees_rate_and_time_left(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with progress("reading", 3) as step:
        for name in ("a.xlsx", "b.xlsx", "c.xlsx"):
            step(name)
    shown = sys.stderr.getvalue()
    assert "3/3" in shown and "/s" in shown and "c.xlsx" in shown


def test_the_last_line_says_what_was_new_and_what_was_found(tmp_path):
    offices(tmp_path / "in", 2)
    arguments = ["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--no-pages", "--jobs", "1"]
    first, second = (CliRunner().invoke(main, arguments).output.splitlines()[-1] for _ in range(2))
    assert first.startswith("2 accounts: 0 error, 0 warning, ")
    assert "processed: 2 stored, 0 unchanged" in first and "processed: 0 stored, 2 unchanged" in second
