"""Which forms of a PDF draw which others, read from the bytes of the file before pdfium draws any of them."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_END = re.compile(rb"\bstream\b|\bendobj\b")
_FORM, _PACKED = re.compile(rb"/Subtype\s*/Form\b"), re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d+)")
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_CALLED = re.compile(rb"/XObject\s*(?:<<([^>]*)>>|(\d+)\s+\d+\s+R)")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R\b")
_LARGEST = 16 * 2**20  # unpacked bytes of one stream of objects


def draws_itself(data: bytes) -> bool:
    """Whether a form of the file draws itself, directly or through others: drawing it would never end."""
    objects = _objects(data)
    calls = {number: _called(text, objects) for number, text in objects.items() if _FORM.search(text)}
    done: set[int] = set()
    for start in calls:
        path, left = [start], [iter(calls[start])]
        while path:
            step = next(left[-1], None)
            if step is None:
                done.add(path.pop())
                left.pop()
            elif step in path:
                return True
            elif step in calls and step not in done:
                path.append(step)
                left.append(iter(calls[step]))
    return False


def _objects(data: bytes) -> dict[int, bytes]:
    """Number → dictionary of every object, those in streams of objects included."""
    found: dict[int, bytes] = {}
    for head in _OBJECT.finditer(data):
        end = _END.search(data, head.end())
        text = data[head.end() : end.start() if end else len(data)]
        found[int(head[1])] = text
        if end and _PACKED.search(text):
            found.update(_packed(text, data[end.end() : data.find(b"endstream", end.end())]))
    return found


def _packed(dictionary: bytes, body: bytes) -> dict[int, bytes]:
    first = _FIRST.search(dictionary)
    try:
        plain = zlib.decompressobj().decompress(body.lstrip(b"\r\n"), _LARGEST)
    except zlib.error:
        return {}
    at = int(first[1]) if first else 0
    heads = [int(word) for word in plain[:at].split() if word.isdigit()]
    starts = [*heads[1::2], len(plain)]
    return {number: plain[at + one : at + two] for number, one, two in zip(heads[::2], starts, starts[1:])}


def _called(text: bytes, objects: dict[int, bytes]) -> list[int]:
    """The objects that the resources of a form name as drawings."""
    apart = _RESOURCES.search(text)
    resources = objects.get(int(apart[1]), b"") if apart else text
    found = _CALLED.search(resources)
    if not found:
        return []
    names = found[1] if found[1] is not None else objects.get(int(found[2]), b"")
    return [int(number) for number in _REFERENCE.findall(names)]
