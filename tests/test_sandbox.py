"""Children: what breaks one is told, the others go on, limits are those of a document."""

import os
import signal
import threading
import time

import pytest

from fiscal import sandbox
from fiscal.errors import FileExhausting
from fiscal.sandbox import Children, guarded, limits


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """As in a process of its own: threads that other tests left running do not count."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def double(number):
    return number * 2


def pid(_):
    return os.getpid()


def ends(number, sign):
    with limits(f"in/{number}.txt"):
        if number == 3:
            os.kill(os.getpid(), sign)
    return number


def spins(name):
    with limits(name):
        while name == "bad.txt":
            pass
    return name


def swells(name):
    with limits(name):
        return len(bytearray(3 * 2**30)) if name == "bad.txt" else name


def raises(name):
    raise ValueError(name)


class Unsendable(Exception):
    def __reduce__(self):
        raise TypeError("no")


def results(function, items, width=2):
    return {item[0]: result for item, result in Children(width).each(function, items)}


def test_every_item_has_one_result():
    assert results(double, ((k,) for k in range(40))) == {k: 2 * k for k in range(40)}
    assert results(double, ()) == {}


def test_children_are_used_again_and_replaced_after_a_while(monkeypatch):
    monkeypatch.setattr(sandbox, "CALLS", 5)
    pids = results(pid, [(k,) for k in range(20)], width=1)
    assert len(set(pids.values())) == 4 and os.getpid() not in pids.values()


@pytest.mark.parametrize("sign", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_one_that_dies_costs_its_item_alone_and_names_the_file(sign):
    found = results(ends, [(k, sign) for k in range(8)])
    assert {k: v for k, v in found.items() if k != 3} == {k: k for k in range(8) if k != 3}
    assert isinstance(found[3], FileExhausting) and found[3].paths == ("in/3.txt",)
    assert str(found[3]).startswith(f"3.txt: the process that worked on it was terminated ({sign.name})")


def test_a_document_has_so_much_time(monkeypatch):
    monkeypatch.setattr(sandbox, "SECONDS", 0)
    found = results(spins, [("good.txt",), ("bad.txt",), ("fine.txt",)])
    assert found["good.txt"] == "good.txt" and found["fine.txt"] == "fine.txt"
    assert "bad.txt: takes more than 0 s of processor time — open it" in str(found["bad.txt"])


def test_a_document_has_so_much_memory():
    found = results(swells, [("good.txt",), ("bad.txt",), ("fine.txt",)], width=1)
    assert found["good.txt"] == "good.txt" and found["fine.txt"] == "fine.txt"
    assert "bad.txt: needs more than 2 GB of memory" in str(found["bad.txt"])


def test_a_call_that_waits_for_ever_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "DEADLINE", 0.2)
    monkeypatch.setattr(sandbox, "WATCH", 0.1)
    found = results(time.sleep, [(60,), (0,)])
    assert found[0] is None and "terminated" in str(found[60])


def test_an_exception_is_a_result_and_one_that_cannot_be_sent_is_named():
    assert str(results(raises, [("x",)])["x"]) == "x"
    with pytest.raises(ValueError, match="y"):
        guarded(raises, "y")

    def unsendable(_):
        raise Unsendable("odd")

    assert "Unsendable: odd" in str(results(unsendable, [(1,)])[1])


def test_from_a_thread_a_fresh_interpreter_answers(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    found = []
    thread = threading.Thread(target=lambda: found.append(guarded(double, 4)))
    thread.start()
    thread.join()
    assert found == [8]


def test_a_call_in_a_child_is_made_right_there():
    def nested():
        return guarded(pid, 0) == os.getpid()

    assert guarded(nested) is True


def test_nothing_is_left_when_no_more_is_asked_for():
    each = Children(2).each(pid, ((k,) for k in range(100)))
    _, child = next(each)
    each.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.fixture
def kept():
    children = Children(1, keep=True)
    yield children
    children.end()


def only(each):
    ((_, result),) = each
    return result


def working_folder():
    return os.getcwd()


def test_kept_children_go_on_with_another_function_in_the_folder_of_the_call(kept, tmp_path, monkeypatch):
    child = only(kept.each(pid, [(0,)]))
    monkeypatch.chdir(tmp_path)
    assert only(kept.each(working_folder, [()])) == str(tmp_path)
    assert only(kept.each(pid, [(0,)])) == child != os.getpid()
    kept.end()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_kept_child_that_has_died_meanwhile_is_replaced(kept):
    child = only(kept.each(pid, [(0,)]))
    os.kill(child, signal.SIGKILL)
    assert only(kept.each(double, [(4,)])) == 8
    assert only(kept.each(pid, [(0,)])) != child


def test_items_and_results_of_kept_children_may_be_of_any_size(kept):
    large = "1" * 2_000_000
    assert [len(result) for _, result in kept.each(double, [(large,)] * 3)] == [4_000_000] * 3


def test_a_fork_of_this_process_does_not_speak_to_its_kept_children(kept):
    def in_a_fork():
        return only(kept.each(pid, [(0,)]))

    assert only(Children(1).each(in_a_fork, [()])) != only(kept.each(pid, [(0,)]))
