"""The inspector's checklist, answered from what an account holds and what was found in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fiscal.dictionary.checklist import Item, checklist
from fiscal.dictionary.identities import catalogue as identities
from fiscal.dictionary.tables import catalogue
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Finding
from fiscal.model.text import Narrative, Paragraph

YES, NO, TROUBLE, UNREAD, OPEN = "是", "否", "问题", "未读出", "未涉及"
_MOST = 3  # findings quoted in a note; the rest are counted


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the checklist as filled in."""

    item: Item
    answer: str
    place: str = ""
    note: str = ""


def answers(
    disclosure: Disclosure, narrative: Narrative, findings: Iterable[Finding], *, missing: Sequence[str] = ()
) -> list[Answer]:
    """Every item answered; nothing for a budget, which this form does not ask.

    missing  ids of statutory tables that the account lacks
    Blanks:  an item about chapters is 未涉及 where the account has no narrative at all, 未读出 where a part that could
             answer it was seen and not read.
    """
    if disclosure.kind == "budget":
        return []
    told = [finding for finding in findings if finding.severity != "info"]
    return [_answer(item, _Account(disclosure, narrative, told, missing)) for item in checklist()]


@dataclass(frozen=True, slots=True)
class _Account:
    disclosure: Disclosure
    narrative: Narrative
    findings: list[Finding]
    missing: Sequence[str]

    def paragraphs(self, section: str) -> list[Paragraph]:
        """The paragraphs of a chapter and of its parts (gpb: gpb_overall …)."""
        return [p for p in self.narrative.paragraphs if (p.place.section + "_").startswith(section + "_")]

    @property
    def has_unread_words(self) -> bool:
        return any(part.what in ("file", "page", "section") for part in self.disclosure.unread)


def _answer(item: Item, account: _Account) -> Answer:
    found = [finding for finding in account.findings if finding.rule.startswith(item.rules)] if item.rules else []
    if item.tables and (lacking := _tables(item, account)):
        return lacking
    if item.sections and (lacking := _sections(item, account)):
        return lacking
    if found:
        return Answer(item, TROUBLE, _place(found[0]), _note(found))
    if not (item.sections or item.tables):
        return Answer(item, YES)
    return Answer(item, YES, _where(item, account))


def _tables(item: Item, account: _Account) -> Answer | None:
    if any(part.is_whole for part in account.disclosure.unread):
        return Answer(item, UNREAD, note="有表格看到而未能读出")
    if not account.disclosure.tables:
        return Answer(item, OPEN, note="所给资料中没有决算报表")
    names = [f"《{catalogue()[key].title}》" for key in account.missing]
    return Answer(item, NO, note="缺少" + "、".join(names)) if names else None


def _sections(item: Item, account: _Account) -> Answer | None:
    if not account.narrative.paragraphs:
        return Answer(item, OPEN, note="所给资料中没有文字说明")
    held = {key: account.paragraphs(key) for key in item.sections}
    lacking = [key for key, paragraphs in held.items() if not paragraphs]
    text = "".join(paragraph.text for paragraphs in held.values() for paragraph in paragraphs)
    without = item.words is not None and not item.words.search(text)
    if not lacking and not without:
        return None
    if account.has_unread_words:
        return Answer(item, UNREAD, note="有文字看到而未能读出")
    book = identities().sections
    names = {**book["names"], **book["part_names"]}
    note = "没有“" + "”“".join(names.get(key, key) for key in lacking) + "”" if lacking else "本节没有写明"
    return Answer(item, NO, "" if lacking else _where(item, account), note)


def _where(item: Item, account: _Account) -> str:
    """Page and heading of the first chapter asked for."""
    first = next((p for key in item.sections for p in account.paragraphs(key)), None)
    if first is None:
        return ""
    page = f"第{first.place.page}页 " if first.place.page else ""
    return f"{page}{first.text[:30]}"


def _place(finding: Finding) -> str:
    cell = next(iter(finding.evidence), None)
    return cell.place.words() if cell is not None else ""


def _note(found: Sequence[Finding]) -> str:
    more = f"；等共{len(found)}处" if len(found) > _MOST else ""
    return "；".join(finding.message for finding in found[:_MOST]) + more
