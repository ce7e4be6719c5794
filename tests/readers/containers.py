"""Old Office containers, as far as their directory is looked at."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def container(*streams: str, text: str = "") -> bytes:
    """Bytes of a container whose directory names these streams, with a text somewhere in its content."""
    entries = [f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in streams]
    return b"".join([OLE.ljust(512, b"\0"), *entries, text.encode("utf-16-le")])
