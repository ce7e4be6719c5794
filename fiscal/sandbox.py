"""Work on files of strangers: children of limited memory and processor time; what breaks one is told in a sentence.

A child is forked where that is safe (Linux), else it is a fresh interpreter; it does many calls. Limits are
set for each document anew (`limits`). Elsewhere than on Linux only the deadline of the parent holds; on Windows calls
run in this process.
"""

import faulthandler
import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, NoReturn

from fiscal.errors import FileExhausting

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

SECONDS = 60  # of processor time a document
MEMORY = 2 * 2**30  # bytes a document
DEADLINE = 900.0  # seconds without a word from a child: it waits for something that does not come
WATCH = 5.0  # seconds between looks for such ones
AHEAD = 2  # items a child has been handed, the one it works on included, so that it need not wait
CALLS = 500  # after which a child is replaced, so that nothing it lost adds up
CAN_FORK = sys.platform.startswith("linux")
CAN_SPAWN = os.name == "posix"
_AGAIN = "open it in the program it was made with and save it again"
_DEATHSIG = 1


class _Here:
    """What this process is: a child that answers to a parent, or none."""

    channel: Connection | None = None
    is_child = False
    paths: tuple[str, ...] = ()
    lock = threading.Lock()


@contextmanager
def limits(*paths: str) -> Iterator[None]:
    """Bound the memory and processor time of what is done here with these files, where this process is a child."""
    if not _Here.is_child:
        yield
        return
    _Here.paths = paths
    if _Here.channel:
        _Here.channel.send((False, paths))
    arm()
    try:
        yield
    finally:
        _arm(None, None)


def arm() -> None:
    """Start the limits anew: for the next document, or the next page of one that is recognised."""
    if resource is None or not _Here.is_child:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _arm(int(used.ru_utime + used.ru_stime) + 1 + SECONDS, _reserved() + MEMORY)


def _arm(seconds: int | None, memory: int | None) -> None:
    if resource is None:
        return
    for kind, wanted in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        most = resource.getrlimit(kind)[1]
        soft = most if wanted is None else wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(kind, (soft, most))


def _reserved() -> int:
    """Bytes of address space that are reserved and not used, which the limit must not count."""
    try:
        with open("/proc/self/statm") as file:
            size, resident = file.read().split()[:2]
    except OSError:
        return 0
    return (int(size) - int(resident)) * os.sysconf("SC_PAGE_SIZE")


def die_with_parent() -> None:
    """Leave no process behind when the one that started this is killed."""
    if CAN_FORK:
        import ctypes

        ctypes.CDLL(None).prctl(_DEATHSIG, signal.SIGKILL)


def become_child(channel: Connection) -> None:
    """From now on this process is bound by limits, and says over the channel which files it works on."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    _Here.channel, _Here.is_child = channel, True


def leave() -> None:
    """In a process forked from a child: it is bound as its parent is, and answers to nobody."""
    _Here.channel = None


class Child:
    """A process that does one call after the other; `pending` are the calls it was handed, the first one running."""

    def __init__(self, function: Callable, *, fork: bool) -> None:
        self.connection, theirs = Pipe()
        self.function: Callable | None = function if fork else None
        self.pending: deque[tuple] = deque()
        self.paths: tuple[str, ...] = ()
        self.calls, self.heard = 0, time.monotonic()
        self.forked = 0
        self.process: subprocess.Popen | None = None
        if fork:
            sys.stdout.flush()
            sys.stderr.flush()
            self.forked = os.fork()
            if not self.forked:
                self.connection.close()
                _serve(theirs, function)
        else:
            self.process = spawned(theirs)
        theirs.close()

    def ask(self, function: Callable, item: tuple) -> None:
        """Hand over one call."""
        if not self.pending:
            self.heard = time.monotonic()
        self.pending.append(item)
        self.calls += 1
        said = [item] if function is self.function else [function, item]
        self.function = function
        with suppress(OSError):  # it has died: that is found when its answer is taken
            for one in said:
                self.connection.send_bytes(pickle.dumps(one, pickle.HIGHEST_PROTOCOL))

    def answer(self) -> tuple[tuple, Any] | None:
        """(item, result or exception) of the call that runs; None where it only says what it is about to read.

        Errors: EOFError when the process is dead.
        """
        self.heard = time.monotonic()
        try:
            is_result, said = self.connection.recv()
        except OSError as error:
            raise EOFError from error
        if is_result:
            self.paths = ()
            return self.pending.popleft(), said
        self.paths = said
        return None

    def end(self) -> int:
        """Kill it; the signal it died of."""
        self.connection.close()
        if self.process:
            self.process.kill()
            return -self.process.wait()
        with suppress(ProcessLookupError):
            os.kill(self.forked, signal.SIGKILL)
        _, status = os.waitpid(self.forked, 0)  # one that was dead before keeps the signal it died of
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def spawned(theirs: Connection, module: str = "fiscal.sandbox") -> subprocess.Popen:
    """A fresh interpreter that runs a module, which is given its end of a pipe."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, str(theirs.fileno())],
        pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(os.path.abspath, sys.path))},
    )  # fmt: skip


def _serve(connection: Connection, function: Callable) -> NoReturn:
    """Answer calls until there is none; another function may be sent before them."""
    try:
        die_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        faulthandler.disable()  # what ends this process is told by its parent, in one sentence
        gc.freeze()
        become_child(connection)
        while True:
            said = pickle.loads(connection.recv_bytes())
            if callable(said):
                function = said
            else:
                connection.send_bytes(answered(function, said))
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)


def answered(function: Callable, item: tuple) -> bytes:
    """The result of a call, or the exception it raised, as it is sent."""
    _Here.paths = ()
    try:
        return pickle.dumps((True, function(*item)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        said: Exception = exhausting(_Here.paths, f"needs more than {MEMORY // 2**30} GB of memory")
    except Exception as error:
        said = error
    try:
        return pickle.dumps((True, said))
    except Exception:  # an exception of a library that cannot be sent
        return pickle.dumps((True, RuntimeError(f"{type(said).__name__}: {said}")))


def exhausting(paths: Sequence[str], what: str) -> FileExhausting:
    """What to tell of files that were beyond the limits, or of a call that was."""
    error = FileExhausting(", ".join(os.path.basename(path) for path in paths), what, _AGAIN if paths else "")
    error.paths = tuple(paths)
    return error


class Children:
    """Runs functions over items in up to `width` children. One that dies costs the item it held, after a second try.

    A document that is beyond the limits is not tried again. Children that are kept (`keep`) go on to the next call of
    `each`: they are sent the function with the item, so it must be one of a module, and know nothing that this process
    has loaded since.
    """

    def __init__(self, width: int, *, fork: bool = CAN_FORK, keep: bool = False) -> None:
        self.width, self.fork, self.keep = width, fork, keep
        self._idle: list[Child] = []
        self._owner = 0  # the process whose children these are: a fork of it must not speak to them

    def each(self, function: Callable, items: Iterable[tuple]) -> Iterator[tuple[tuple, Any]]:
        """Yield (item, result or exception) as they come, in any order."""
        if not CAN_SPAWN:
            yield from ((item, pickle.loads(answered(function, item))[1]) for item in items)
        elif self.keep:
            yield from self._run(_Run(partial(_call, os.getcwd(), function), iter(items), self.width, self.fork, 1))
        else:
            yield from self._run(_Run(function, iter(items), self.width, self.fork, AHEAD))

    def _run(self, run: "_Run") -> Iterator[tuple[tuple, Any]]:
        if self._owner == os.getpid():
            run.children, self._idle = self._idle, []
        try:
            while run.feed():
                for child in run.ready():
                    yield from run.heard(child)
        finally:
            self._owner = os.getpid()
            for child in run.children:
                if self.keep and not child.pending and len(self._idle) < self.width:
                    self._idle.append(child)
                else:
                    child.end()

    def end(self) -> None:
        """End those that were kept."""
        while self._idle:
            self._idle.pop().end()


def _call(folder: str, function: Callable, *item: Any) -> Any:
    os.chdir(folder)
    return function(*item)


@dataclass
class _Run:
    """The items of one call of `each` on their way through the children."""

    function: Callable
    queue: Iterator[tuple]
    width: int
    fork: bool
    ahead: int  # items a child is handed, the one it works on included; with 1, items and results may be of any size
    children: list[Child] = field(default_factory=list)
    again: deque[tuple] = field(default_factory=deque)
    tried: list[tuple] = field(default_factory=list)

    def feed(self) -> bool:
        """Give every child its work and one item ahead; whether anything is under way."""
        for child in [child for child in self.children if child.calls >= CALLS and not child.pending]:
            self.children.remove(child)
            child.end()
        while (place := self._place()) is not None:
            item = self.again.popleft() if self.again else next(self.queue, None)
            if item is None:
                break
            if place == len(self.children):
                self.children.append(Child(self.function, fork=self.fork))
            self.children[place].ask(self.function, item)
        return any(child.pending for child in self.children)

    def _place(self) -> int | None:
        """Which child takes the next item: one without work, a new one, one that has none ahead."""
        loads = [len(child.pending) if child.calls < CALLS else self.ahead for child in self.children]
        least = min(loads, default=self.ahead)
        if least and len(loads) < self.width:
            return len(loads)
        return loads.index(least) if least < self.ahead else None

    def ready(self) -> list[Child]:
        """The children that have something to say, are dead, or were silent beyond the deadline."""
        speaking = wait([child.connection for child in self.children], timeout=WATCH)
        now = time.monotonic()
        return [child for child in self.children
                if child.connection in speaking or (child.pending and now - child.heard > DEADLINE)]  # fmt: skip

    def heard(self, child: Child) -> Iterator[tuple[tuple, Any]]:
        """Take what a child says; where it has died, what that means for the item it held."""
        late = child.pending and time.monotonic() - child.heard > DEADLINE
        try:
            said = None if late else child.answer()
        except EOFError:
            late = True
        if not late:
            if said is not None:
                yield said
            return
        self.children.remove(child)
        paths, cause = child.paths, child.end()
        if child.pending:
            yield from self._lost(child.pending.popleft(), paths, cause)
            self.again.extend(child.pending)

    def _lost(self, item: tuple, paths: Sequence[str], cause: int) -> Iterator[tuple[tuple, Any]]:
        if cause == getattr(signal, "SIGXCPU", None):
            yield item, exhausting(paths, f"takes more than {SECONDS} s of processor time")
        elif any(item is other for other in self.tried):
            name = signal.Signals(cause).name if cause else "no signal"
            yield item, exhausting(paths, f"the process that worked on it was terminated ({name})")
        else:
            self.tried.append(item)
            self.again.append(item)


def guarded(function: Callable, *item: Any) -> Any:
    """The result of one call in a child; the exception it raised. In a child it is made right here.

    Errors: FileExhausting when a document is beyond the limits or ends the process.
    """
    if _Here.is_child or not CAN_SPAWN:
        return function(*item)
    if CAN_FORK and threading.active_count() == 1:
        ((_, result),) = Children(1).each(function, [item])
    else:  # some other thread may hold a lock, which would stay shut in a forked child
        with _Here.lock:
            ((_, result),) = _SPAWNED.each(function, [item])
    if isinstance(result, Exception):
        raise result
    return result


_SPAWNED = Children(1, fork=False, keep=True)


if __name__ == "__main__":
    _serve(Connection(int(sys.argv[1])), _call)
