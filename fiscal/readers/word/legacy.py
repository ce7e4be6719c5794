"""Old Word files (.doc, .wps): converted by LibreOffice where it is installed, else refused."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fiscal.errors import FileRefused
from fiscal.readers.archive import OLE

SECONDS = 120  # LibreOffice needs about one second to start and a third for a document


def is_legacy(head: bytes) -> bool:
    """Whether a file begins like a .doc."""
    return head.startswith(OLE)


@contextmanager
def converted(path: Path) -> Iterator[Path]:
    """The same document as .docx, in a folder that is gone afterwards.

    Errors: FileRefused without LibreOffice, when it takes longer than two minutes, or when it writes nothing.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise FileRefused(
            path.name, "is an old Word file (.doc), and LibreOffice is not installed to convert it",
            "save it as .docx and read that, or install LibreOffice",
        )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="fiscal-") as folder:
        source = Path(folder, "source.doc")
        shutil.copyfile(path, source)
        _run(office, source, where=path.name)
        result = source.with_suffix(".docx")
        if not result.is_file():
            raise FileRefused(
                path.name, "could not be converted by LibreOffice", "open it in Word and save it as .docx"
            )
        yield result


def _run(office: str, source: Path, *, where: str) -> None:
    """One conversion with a profile of its own, its whole process group ended when time is up."""
    profile = (source.parent / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
    with subprocess.Popen(
        [*command, "--outdir", str(source.parent), str(source)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            _end(process)
            raise FileRefused(where, f"took LibreOffice longer than {SECONDS} s", "save it as .docx in Word") from error


def _end(process: subprocess.Popen) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
