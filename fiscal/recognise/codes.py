"""Classification codes as printed: in one cell or three, whole or only their own two digits."""

import re
from collections.abc import Sequence

from fiscal.dictionary.classification import economic, functional
from fiscal.dictionary.labels import stem
from fiscal.model.money import plain

_DIGITS = re.compile(r"\d{1,7}")
_DOT_ZERO = re.compile(r"\.0+$")


def digits(text: str) -> str:
    """The digits of a printed code without spaces, hyphens and full-width forms; "" where it is none."""
    short = _DOT_ZERO.sub(
        "", re.sub(r"[\s\-.]+(?=\d)", "", plain(text)) if not re.search(r"\.0+$", text) else plain(text)
    )
    return short if _DIGITS.fullmatch(short) else ""


class Codes:
    """Completes the codes of a table from top to bottom."""

    def __init__(self) -> None:
        self.klass, self.group = "", ""

    def read(self, parts: Sequence[str], name: str) -> str:
        """The whole code of a row from its code cells, "" where the row has none."""
        texts = [digits(part) for part in parts]
        code = self._joined(texts) if len([text for text in texts if text]) else ""
        if code:
            self._remember(code if len(code) >= 3 else "")
        return self._own_digits(code, name) if 0 < len(code) < 3 else code

    def _joined(self, texts: list[str]) -> str:
        if len(texts) == 1:
            return texts[0]
        whole = max(texts, key=len)
        if len(whole) >= 5 or (len(whole) == 3 and sum(1 for text in texts if text) == 1):
            return whole
        return self._from_three(texts)

    def _from_three(self, texts: list[str]) -> str:
        """类, 款, 项 in cells of their own; blank left cells repeat the row above."""
        klass, group, item = [*texts, "", "", ""][:3]
        klass = klass or (self.klass if group or item else "")
        if not group and not item:
            return klass
        group = (group or self.group[3:]).zfill(2)
        return klass + group + (item.zfill(2) if item else "")

    def _own_digits(self, short: str, name: str) -> str:
        """Two digits alone in one column: a section of the class above or an item of the section above."""
        short = short.zfill(2)
        as_group, as_item = self.klass + short, self.group + short
        if not self.klass:
            return short
        code = as_item if self.group and self._named(as_item, name) and not self._named(as_group, name) else as_group
        if self.group and not self._named(code, name):
            code = as_item
        self._remember(code)
        return code

    def by_name(self, name: str) -> str:
        """The code of a functional subject printed by its name alone, "" where the name fits none or several."""
        known = {subject.code for subject in functional().named(name, None)}
        inside = {code for code in known if self.group and code.startswith(self.group) and len(code) == 7}
        inside = inside or {code for code in known if self.klass and code.startswith(self.klass) and len(code) == 5}
        fitting = inside or known
        code = fitting.pop() if len(fitting) == 1 else ""
        self._remember(code)
        return code

    def _named(self, code: str, name: str) -> bool:
        book = economic() if code[:1] == "3" else functional()
        return any(stem(subject.name) == stem(name) for subject in book.by_code.get(code, []))

    def _remember(self, code: str) -> None:
        if code:
            self.klass = code[:3]
            self.group = code[:5] if len(code) >= 5 else ""
