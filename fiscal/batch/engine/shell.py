"""An IPython shell that collects a notebook's outputs in this process: what a kernel would send, without sockets.

Kept the same as a kernel: results, displays, errors, streams, `clear_output`, `update_display`, trailing `;`, magics.
Not kept: widgets, `input()`, and what a subprocess writes to its own standard output.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

from ipykernel.jsonutil import encode_images, json_clean
from IPython.core.display_trap import DisplayTrap
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat.v4 import new_output
from traitlets import Any as AnyTrait
from traitlets.config import Config

INLINE = "module://matplotlib_inline.backend_inline"


class Sink:
    """The outputs of the cell that runs now."""

    def __init__(self) -> None:
        self.outputs: list[dict] = []
        self._ids: dict[str, dict] = {}
        self._clear_next = False

    def start(self) -> None:
        """A new cell begins."""
        self.outputs, self._clear_next = [], False

    def add(self, output: dict, display_id: str | None = None) -> None:
        if self._clear_next:
            self.start()
        if display_id:
            self._ids[display_id] = output
        self.outputs.append(output)

    def update(self, display_id: str | None, data: dict, metadata: dict) -> None:
        """Replace what was displayed under this id."""
        if display_id in self._ids:
            self._ids[display_id].update(data=data, metadata=metadata)

    def clear(self, wait: bool) -> None:
        self._clear_next = wait
        if not wait:
            self.outputs = []

    def write(self, name: str, text: str) -> None:
        """Text of a stream; joined to the output before it when that is the same stream."""
        last = self.outputs[-1] if self.outputs and not self._clear_next else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.add(new_output("stream", name=name, text=text))


class Stream:
    """sys.stdout or sys.stderr of a notebook."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, sink: Sink, name: str) -> None:
        self.sink, self.name = sink, name

    def write(self, text: str) -> int:
        if text:
            self.sink.write(self.name, text)
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return {"stdout": 1, "stderr": 2}[self.name]


class _Results(DisplayHook):
    """The value of a cell's last expression."""

    sink = AnyTrait()

    def write_output_prompt(self) -> None:
        """The number of the cell is in the output itself."""

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        if format_dict:
            data, count = json_clean(encode_images(format_dict)), self.prompt_count
            self.sink.add(new_output("execute_result", data, metadata=md_dict or {}, execution_count=count))

    def finish_displayhook(self) -> None:
        sys.stdout.flush()


class _Displays(DisplayPublisher):
    """What display() shows."""

    sink = AnyTrait()

    def publish(  # type: ignore[override]
        self, data: dict, metadata: dict | None = None, *, transient: dict | None = None, update: bool = False, **_: Any
    ) -> None:
        clean, display_id = json_clean(encode_images(data)), (transient or {}).get("display_id")
        if update:
            self.sink.update(display_id, clean, metadata or {})
        else:
            self.sink.add(new_output("display_data", clean, metadata=metadata or {}), display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.sink.clear(wait)


class Shell(InteractiveShell):
    """The shell of one notebook."""

    displayhook_class = _Results
    display_pub_class = _Displays
    sink = AnyTrait()

    def init_display_pub(self) -> None:
        self.display_pub = _Displays(parent=self, shell=self, sink=self.sink)

    def init_displayhook(self) -> None:
        self.displayhook = _Results(parent=self, shell=self, sink=self.sink)
        self.display_trap = DisplayTrap(hook=self.displayhook)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.sink.add(new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb)))

    def enable_gui(self, gui: str | None = None) -> None:
        """No event loop in a batch."""


def _draw_inline() -> None:
    """Charts go into the notebook, as in a kernel: pyplot, when a cell imports it, attaches itself to this shell.

    A pyplot that the parent process had imported is attached to nothing, so it is forgotten here.
    """
    os.environ["MPLBACKEND"] = INLINE
    for name in ("matplotlib.pyplot", "matplotlib_inline.backend_inline", "matplotlib_inline"):
        sys.modules.pop(name, None)
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcParams["backend"] = INLINE


def run_cells(sources: list[tuple[int, str]], folder: str) -> Iterator[tuple[int, list[dict] | None, bool]]:
    """Run the code cells of one notebook in a fresh shell.

    Yields (index, None, True) when a cell starts and (index, outputs, succeeded) when it ends; stops at an error.
    """
    os.chdir(folder)
    _draw_inline()
    sink = Sink()
    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    shell = Shell(config=config, sink=sink, user_ns={"__name__": "__main__"})
    for home in (InteractiveShell, Shell):  # where get_ipython() looks
        home._instance = shell  # type: ignore[assignment]
    sys.stdout, sys.stderr = Stream(sink, "stdout"), Stream(sink, "stderr")  # type: ignore[assignment]
    for index, source in sources:
        sink.start()
        yield index, None, True
        result = shell.run_cell(source, store_history=True)
        yield index, sink.outputs, bool(result.success)
        if not result.success:
            return
