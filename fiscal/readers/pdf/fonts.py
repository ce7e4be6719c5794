"""A Chinese font for PDFs that do not carry theirs: without one pdfium loses turned text and draws empty pages."""

import ctypes
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pypdfium2.raw as raw
from pypdfium2.internal import bases


@cache
def install_fonts() -> ctypes.Array | None:
    """Start pdfium again with the font of zhplot alone; before the first document is opened.

    The fonts of the system are left out: some have no digits, of which turned ones then vanish, and what is read must
    not depend on the machine. pdfium brings its own Latin fonts. Only Linux looks fonts up by folder; elsewhere nothing
    is done, nor while someone else has a document open. The result is kept: pdfium reads the folder from it later.
    """
    if sys.platform != "linux" or any(bases.ObjectTracker.values()):
        return None
    paths = (ctypes.c_char_p * 2)(_own_folder().encode(), None)
    config = raw.FPDF_LIBRARY_CONFIG(version=2)
    config.m_pUserFontPaths = ctypes.cast(paths, type(config.m_pUserFontPaths))
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(config)
    return paths


def _own_folder() -> str:
    spec = find_spec("zhplot")  # not imported: that would load matplotlib
    return str(Path(spec.origin).parent / "fonts") if spec and spec.origin else "/usr/share/fonts"
