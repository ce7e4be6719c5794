"""The functions of pdfium that are called once per character or per line, bound with plain addresses.

pypdfium2's own bindings convert every argument; bound like this a call costs a third of it.
"""

import ctypes

import pypdfium2.raw as raw

_POINTER, _INT, _UINT = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint


def _bind(name: str, result, *arguments):
    address = ctypes.cast(getattr(raw, name), _POINTER).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


def address(handle) -> int:
    """The address behind a pypdfium2 helper object (page, text page)."""
    return ctypes.cast(handle.raw, _POINTER).value or 0


unicode_of = _bind("FPDFText_GetUnicode", _UINT, _POINTER, _INT)
char_box = _bind("FPDFText_GetCharBox", _INT, _POINTER, _INT, *(4 * [_POINTER]))
loose_box = _bind("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
char_origin = _bind("FPDFText_GetCharOrigin", _INT, _POINTER, _INT, _POINTER, _POINTER)
char_matrix = _bind("FPDFText_GetMatrix", _INT, _POINTER, _INT, _POINTER)
font_size = _bind("FPDFText_GetFontSize", ctypes.c_double, _POINTER, _INT)
char_angle = _bind("FPDFText_GetCharAngle", ctypes.c_float, _POINTER, _INT)
is_generated = _bind("FPDFText_IsGenerated", _INT, _POINTER, _INT)
char_object = _bind("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)

count_objects = _bind("FPDFPage_CountObjects", _INT, _POINTER)
get_object = _bind("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
object_type = _bind("FPDFPageObj_GetType", _INT, _POINTER)
object_bounds = _bind("FPDFPageObj_GetBounds", _INT, _POINTER, *(4 * [_POINTER]))
object_matrix = _bind("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
object_marks = _bind("FPDFPageObj_CountMarks", _INT, _POINTER)
object_mark = _bind("FPDFPageObj_GetMark", _POINTER, _POINTER, ctypes.c_ulong)
mark_name = _bind("FPDFPageObjMark_GetName", _INT, _POINTER, _POINTER, ctypes.c_ulong, _POINTER)
has_transparency = _bind("FPDFPageObj_HasTransparency", _INT, _POINTER)
fill_colour = _bind("FPDFPageObj_GetFillColor", _INT, _POINTER, *(4 * [_POINTER]))
stroke_colour = _bind("FPDFPageObj_GetStrokeColor", _INT, _POINTER, *(4 * [_POINTER]))
render_mode = _bind("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
image_size = _bind("FPDFImageObj_GetImagePixelSize", _INT, _POINTER, _POINTER, _POINTER)
draw_mode = _bind("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
count_segments = _bind("FPDFPath_CountSegments", _INT, _POINTER)
get_segment = _bind("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_point = _bind("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_type = _bind("FPDFPathSegment_GetType", _INT, _POINTER)
segment_close = _bind("FPDFPathSegment_GetClose", _INT, _POINTER)
remove_object = _bind("FPDFPage_RemoveObject", _INT, _POINTER, _POINTER)
clip_path = _bind("FPDFPageObj_GetClipPath", _POINTER, _POINTER)
clip_count = _bind("FPDFClipPath_CountPaths", _INT, _POINTER)
clip_segments = _bind("FPDFClipPath_CountPathSegments", _INT, _POINTER, _INT)
clip_segment = _bind("FPDFClipPath_GetPathSegment", _POINTER, _POINTER, _INT, _INT)
form_count = _bind("FPDFFormObj_CountObjects", _INT, _POINTER)
form_object = _bind("FPDFFormObj_GetObject", _POINTER, _POINTER, ctypes.c_ulong)

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
LINE_TO, CURVE_TO, MOVE_TO = 0, 1, 2


class Numbers:
    """A small buffer pdfium writes into; `at` are the addresses of its slots."""

    def __init__(self, count: int, kind) -> None:
        self.buffer = (kind * count)()
        base, width = ctypes.addressof(self.buffer), ctypes.sizeof(kind)
        self.at = tuple(base + width * slot for slot in range(count))

    def values(self) -> list:
        return list(self.buffer)
