"""`fiscal doctor`: what this machine can read, draw and run, and what to install for the rest."""

import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


@dataclass(frozen=True)
class Part:
    """Something the library can use: what it is for, whether it is here, and the next step where it is not."""

    name: str
    serves: str
    is_here: bool
    next_step: str = ""


def parts() -> list[Part]:
    """Every part that not all machines have, those first that most users need."""
    has_office = any(shutil.which(name) for name in ("soffice", "libreoffice"))
    has_ocr = all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime", "cv2"))
    return [
        Part("Chinese font 中文字体", "charts", find_spec("zhplot") is not None, "pip install zhplot"),
        Part("OCR 文字识别", "scanned PDF 扫描件", has_ocr, "pip install 'fiscal-notebooks[ocr]'"),
        Part("LibreOffice", "old Word files .doc", has_office, "install LibreOffice, or save the file as .docx"),
        Part("fork", "quick pages: a forked process per notebook", sys.platform == "linux",
             "none needed: papermill's own engine runs instead, slower"),
        Part("JupyterLab", "make lab", find_spec("jupyterlab") is not None, "pip install 'fiscal-notebooks[lab]'"),
        Part("Dask", "fiscal batch --scheduler", find_spec("distributed") is not None,
             "pip install 'fiscal-notebooks[cluster]'"),
        Part("reportlab", "invented accounts as PDF", find_spec("reportlab") is not None,
             "pip install 'fiscal-notebooks[synthetic]'"),
        Part("browser 浏览器", "the tests of pages", any(map(shutil.which, BROWSERS)), "install chromium"),
    ]  # fmt: skip


def told(part: Part) -> str:
    """One line on a part."""
    line = f"{'yes' if part.is_here else 'no ':3} {part.name}: {part.serves}"
    return line if part.is_here else f"{line} — {part.next_step}"
