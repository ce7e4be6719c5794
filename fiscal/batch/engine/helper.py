"""A process of its own for each thread of a Dask worker: there runs everything that is sent to the cluster.

Notebooks are forked, and a process with threads must not fork: a lock that another thread holds stays shut in the
child. So the thread starts a fresh interpreter, once, and hands it one item after the other. It does so with
`subprocess`: `multiprocessing` gives no children to daemonic processes, which is what Dask's workers are.
"""

import os
import pickle
import platform
import signal
import sys
import threading
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection, Pipe
from typing import Any

from fiscal.batch import digest
from fiscal.batch.engine.forking import preload
from fiscal.batch.engine.notebooks import chapters
from fiscal.errors import RunError
from fiscal.sandbox import CAN_FORK, SECONDS, become_child, die_with_parent, exhausting, spawned

IDLE = 60.0  # seconds without work after which a helper leaves and its memory is free
_own = threading.local()


def pack(function: Callable, item: tuple) -> tuple[str, bytes]:
    """A call as it is sent to a worker: which code must answer, and from which folder relative paths start."""
    return code(), pickle.dumps((os.getcwd(), function, item))


def run(wanted: str, task: bytes) -> bytes:
    """In a thread of a worker: the pickled result of a packed call, or the exception it raised.

    Errors: FileExhausting when the helper died of it. The next call has a new one.
    """
    if not CAN_FORK:
        return _answer(wanted, task)
    helper = getattr(_own, "helper", None)
    if helper is None or helper.code != wanted or helper.process.poll() is not None:
        helper = _own.helper = Helper(wanted)
    try:
        return helper.ask(task)
    except (EOFError, OSError) as error:
        helper.process.kill()
        if helper.process.wait() == -signal.SIGXCPU:
            return pickle.dumps(exhausting(helper.paths, f"takes more than {SECONDS} s of processor time"))
        raise exhausting(helper.paths, "the process that worked on it was terminated") from error


class Helper:
    """A process that answers the calls of one thread; it ends with that thread, or when nothing is asked of it."""

    def __init__(self, code: str) -> None:
        self.connection, theirs = Pipe()
        self.code, self.paths = code, ()
        self.process = spawned(theirs, "fiscal.batch.engine.helper")
        theirs.close()

    def ask(self, task: bytes) -> bytes:
        """Errors: EOFError or OSError when the process is dead."""
        self.paths = ()
        self.connection.send((self.code, task))
        while True:
            is_result, said = self.connection.recv()
            if is_result:
                return said
            self.paths = said


@cache
def code() -> str:
    """Hash of the code and notebooks that this process runs."""
    return digest.of_texts([digest.of_code(), digest.of_files(chapters())])


def _answer(wanted: str, task: bytes) -> bytes:
    if wanted != code():
        what, next_step = "has another version of fiscal or its notebooks", "install the same on all machines"
        return pickle.dumps(RunError(platform.node(), what, next_step))
    result: Any
    try:
        folder, function, item = pickle.loads(task)
        if CAN_FORK and os.path.isdir(folder):  # else there is none like it on this machine: paths must be absolute
            os.chdir(folder)
        result = function(*item)
    except Exception as error:
        result = error
    return pickle.dumps(result)


def main(connection: Connection) -> None:
    """Answer until the thread is gone or silent."""
    die_with_parent()
    preload()
    become_child(connection)
    while connection.poll(IDLE):
        try:
            wanted, task = connection.recv()
        except EOFError:
            break
        connection.send((True, _answer(wanted, task)))


if __name__ == "__main__":
    main(Connection(int(sys.argv[1])))
