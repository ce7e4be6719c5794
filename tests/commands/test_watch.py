"""`fiscal check --watch`, the last line of a result, colours, and what an interrupted command leaves."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from fiscal.cli import main
from fiscal.commands import watch as watching

OFFICE = Path(__file__).parents[2] / "data/raw/demo-office"


class Stop(Exception):
    pass


def test_it_runs_now_and_again_after_a_save(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "WAIT", 0.01)
    file, out = tmp_path / "稿.docx", tmp_path / "注.docx"
    file.write_text("一")
    seen = []

    def again():
        seen.append(file.read_text())
        out.write_text("x")  # what is written is no change
        (tmp_path / "~$稿.docx").write_text("y")
        if len(seen) == 2:
            raise Stop
        file.unlink()  # as a program that saves
        file.write_text("一二")

    with pytest.raises(Stop):
        watching.watch([str(tmp_path)], again, but=out)
    assert seen == ["一", "一二"]


def test_an_interrupt_is_told_and_exits_with_130(tmp_path):
    command = [sys.executable, "-m", "fiscal", "check", str(OFFICE / "2022"), "--watch"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout is not None and "临溪区政务服务中心 2022" in run.stdout.readline()
    time.sleep(0.2)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130 and "interrupted (已中断)" in said and "Traceback" not in said


def test_the_last_line_is_the_result_and_a_file_that_was_written_is_told(tmp_path):
    done = CliRunner().invoke(main, ["check", str(OFFICE / "2023")])
    assert done.stdout.splitlines()[-1] == "结果：1份资料，需更正4项"
    done = CliRunner().invoke(main, ["check", str(OFFICE / "2022"), "--out", str(tmp_path / "r.json")])
    assert done.stdout == "" and "r.json written: 2 documents, no findings" in done.stderr


def test_nothing_to_read_is_told(tmp_path):
    done = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert done.exit_code == 2 and "no final account or budget (决算, 预算) found" in done.stderr


@pytest.mark.parametrize("plain", [False, True])
def test_severities_have_colour_on_a_terminal_unless_it_is_not_wanted(plain):
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | ({"NO_COLOR": "1"} if plain else {})
    command = [sys.executable, "-m", "fiscal", "check", str(OFFICE / "2023")]
    run = subprocess.Popen(command, stdout=theirs, env=environment, stderr=subprocess.DEVNULL)
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert run.wait(20) == 1
    assert (b"\x1b[31m" in said) is not plain and "[需更正]" in said.decode("utf-8", "ignore")
