"""The process that works for a thread of a Dask worker: its own, the right code, gone with its thread."""

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from multiprocessing import Pipe

import psutil
import pytest

from fiscal.batch.engine import helper
from fiscal.errors import FileExhausting, RunError

ASLEEP = """
from tests.batch import test_helper
test_helper.ask(test_helper.write_pid_and_sleep, {path!r})
"""


def ask(function, *item):
    return pickle.loads(helper.run(*helper.pack(function, item)))


def write_pid_and_sleep(path):
    with open(path, "w") as file:
        file.write(f"{os.getpid()}\n")
    time.sleep(60)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def is_alive(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_a_thread_keeps_one_process_of_its_own():
    pids = [ask(os.getpid), ask(os.getpid)]
    thread = threading.Thread(target=lambda: pids.append(ask(os.getpid)))
    thread.start()
    thread.join()
    assert pids[0] == pids[1] and len({os.getpid(), *pids}) == 3
    assert until(lambda: not is_alive(pids[2]))


def test_an_error_is_a_result():
    error = ask(int, "three")
    assert isinstance(error, ValueError) and "three" in str(error)


def test_relative_paths_start_where_the_command_was_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ask(os.getcwd) == str(tmp_path)


def test_a_process_that_dies_costs_its_item_and_the_next_has_a_new_one():
    with pytest.raises(FileExhausting, match="the process that worked on it was terminated"):
        ask(die)
    assert ask(abs, -3) == 3


def test_another_version_of_the_code_is_refused():
    _, task = helper.pack(abs, (-3,))
    error = pickle.loads(helper.run("another", task))
    assert isinstance(error, RunError) and "another version of fiscal" in str(error)


def test_nothing_is_left_when_the_worker_is_killed(tmp_path):
    note = tmp_path / "pid"
    worker = subprocess.Popen([sys.executable, "-c", ASLEEP.format(path=str(note))])
    try:
        assert until(lambda: note.exists() and note.read_text().endswith("\n"), 30)
    finally:
        worker.kill()
        worker.wait()
    assert until(lambda: not is_alive(int(note.read_text())))


@pytest.mark.parametrize("leave", [lambda ours: None, lambda ours: ours.close()], ids=["silent", "gone"])
def test_it_ends_when_nothing_is_asked_of_it(monkeypatch, leave):
    for name in ("die_with_parent", "preload", "become_child"):
        monkeypatch.setattr(helper, name, lambda *_: None)
    monkeypatch.setattr(helper, "IDLE", 0.05)
    ours, theirs = Pipe()
    leave(ours)
    assert helper.main(theirs) is None
