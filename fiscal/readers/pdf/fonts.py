"""A Chinese font for PDFs that do not carry theirs: without one pdfium loses turned text and draws empty pages."""

import ctypes
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pypdfium2.raw as raw
from pypdfium2.internal import bases

_SYSTEM = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF")


@cache
def install_fonts() -> ctypes.Array | None:
    """Start pdfium again with the font of zhplot beside those of the system; before the first document is opened.

    Only Linux looks fonts up by folder; elsewhere the system brings Chinese fonts and nothing is done, nor while
    someone else has a document open. The result is kept because pdfium reads the folders from it later.
    """
    if sys.platform != "linux" or any(bases.ObjectTracker.values()):
        return None
    folders = [folder.encode() for folder in (*_SYSTEM, _own_folder())]
    paths = (ctypes.c_char_p * (len(folders) + 1))(*folders, None)
    config = raw.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = ctypes.cast(paths, type(config.m_pUserFontPaths))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(config)
    return paths


def _own_folder() -> str:
    spec = find_spec("zhplot")  # not imported: that would load matplotlib
    return str(Path(spec.origin).parent / "fonts") if spec and spec.origin else ""
