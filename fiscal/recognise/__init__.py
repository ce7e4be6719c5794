"""From grids of texts to statutory tables, the same way for every format."""

from fiscal.recognise.document import recognise

__all__ = ["recognise"]
