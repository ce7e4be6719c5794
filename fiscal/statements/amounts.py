"""Amounts, percents, points and multiples: quantity from the words before them, subject from the names."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fiscal.dictionary.labels import squeeze
from fiscal.dictionary.measures import measures
from fiscal.dictionary.patterns import patterns
from fiscal.statements import names, reasons, record, sharing
from fiscal.statements.facts import Target
from fiscal.statements.figure import Figure
from fiscal.statements.marks import FIGURE, NAME, PHRASE
from fiscal.statements.quantity import Quantity, decide
from fiscal.statements.segments import DIRECTIONS, Segment
from fiscal.statements.state import LAST_YEAR
from fiscal.statements.tokens import MONEY, PERCENT

if TYPE_CHECKING:
    from fiscal.statements.grammar import Reader

PROJECT = re.compile(r"(?:经费|项目|资金|专项|工程|试点|补助)$")
_ANY_PROJECT = re.compile(r"(?:该|本)?项目(?:经费|资金|预算)?(?:总额|安排)?")
_SAYS = re.compile(r"支出|决算|为|是|计|金额|执行|完成|使用|收入|年|各|均|共|合计")
_WHOLE = re.compile(
    r"^(?:\d{4}年度?|全年|全部|单位|部门|本部门|本单位|同期|当年|部门决算|我\w)(?=.)|的?(?:比例|比重|比|份额)?(?:为|是|达|约)?$|[“”]"
)


def read(reader: "Reader", figure: Figure, segments: list[Segment]) -> None:
    """State one figure that is neither a count nor loose."""
    quantity = decide(figure.token.form, segments, reader.state)
    if reader.budget and quantity.role in ("amount", "budget", "year") and _executed(segments):
        quantity = Quantity("previous", LAST_YEAR)
    reader.state.pending = quantity.pending
    suffix, reader.state.suffix = reader.state.suffix, ""
    if reader.state.reason:
        _aside(reader, figure, segments, quantity)
        return
    target = _subject(reader, figure, segments, quantity)
    if quantity.role == "":
        quantity, target = _rate(figure, segments)
    if suffix and target is not None and quantity.role == "amount":
        target = Target(f"{target.key}_{suffix}")
    if quantity.role == "amount" and target is not None and target.key == "perf_projects" and _granted(segments):
        quantity = replace(quantity, role="budget")
    write(reader, figure, target, quantity)
    for other in sharing.others(target, segments, quantity) if target is not None else ():
        record.claim(reader, figure, other, quantity, fill=quantity.role == "amount")


def _executed(segments: list[Segment]) -> bool:
    """Whether a budget tells what was spent: last year's, whatever year is printed there by mistake."""
    words = patterns().lexicons["executed"]
    return any(mark.kind == "neutral" and mark.text in words for one in segments[-1:] for mark in one.marks)


def write(reader: "Reader", figure: Figure, target: Target | None, quantity: Quantity, *, fill: bool = True) -> None:
    """State a figure of known subject and quantity."""
    if target is None:
        reader.state.level = None  # what a list after it divides is not known
        record.claim(reader, figure, None, quantity, fill=False)
        return
    if quantity.role == "share":
        _share(reader, figure, target, quantity.whole or "")
        return
    changes = quantity.role in ("change", "change_percent")
    record.claim(reader, figure, target, quantity, fill=fill)
    if changes and quantity.direction and quantity.base == LAST_YEAR and not reader.state.year:
        record.mention(reader, figure, target, quantity)


def _aside(reader: "Reader", figure: Figure, segments: list[Segment], quantity: Quantity) -> None:
    """A figure in a reason or a purpose belongs to what is named there, and is no fact of the subject."""
    role = quantity.role or ("share" if figure.token.form == PERCENT else "amount")
    role = "amount" if role in ("budget", "whole") else role
    target = _counted(reader, figure, segments) or reasons.subject(reader, segments)
    aside = "purpose" if reader.state.reason == reasons.PURPOSE else "reason"
    said = Quantity(role, quantity.base, quantity.direction)
    record.claim(reader, figure, target, said, fill=False, aside=aside, list="", list_head=None)


# ---- subjects


def _subject(reader: "Reader", figure: Figure, segments: list[Segment], quantity: Quantity) -> Target | None:
    """The last name before the figure, a noun of its own, else whom the sentence speaks of."""
    if quantity.role == "whole":
        return _whole_of(reader, quantity.whole or "")
    if (counted := _counted(reader, figure, segments)) is not None:
        return counted
    named = next((one for one in reversed(segments) if one.targets or one.noun), None)
    described, reader.state.described = reader.state.described, False
    if segments[-1].has("unknown") and not (segments[-1].targets or segments[-1].noun):  # ××支出
        return None
    if named is None or (described and not named.targets):
        return _compared_first(reader, figure) or _carried(reader, figure, segments)
    if named.noun:
        return _of_noun(reader, figure, named, quantity)
    target = _enumerated(segments) or named.targets[-1]
    if target.subject is not None and target.subject.key == "perf_executed" and _project(reader) is not None:
        return _project(reader)
    suffix = _suffix(named)
    reader.speak(target)
    return Target(f"{target.key}_{suffix}") if suffix and quantity.role == "amount" else target


def _enumerated(segments: list[Segment]) -> Target | None:
    """The measure whose parts, all of them and nothing else, are named before one figure (甲费、乙费和丙费共…)."""
    found: list[Target] = []
    for one in reversed([one for one in segments if not one.empty]):
        if not one.targets or (found and one.has("flat", "compare", *DIRECTIONS)):
            break
        found += one.targets
    keys = {one.key for one in found if one.subject is not None}
    if len(keys) < 2 or len(keys) < len(found) or segments[-1].has("each", "respectively"):
        return None
    for measure in sorted(measures(), key=lambda one: len(one.parts)):
        if measure.parts and set(measure.parts) <= keys:
            keys = keys - set(measure.parts) | {measure.id}
    key = next(iter(keys))
    return Target(key, patterns().subjects.get(key)) if len(keys) == 1 else None


def _counted(reader: "Reader", figure: Figure, segments: list[Segment]) -> Target | None:
    """The count whose rate this is (由4人增加到5人，增长25%; 巡查24次，完成率120%); money ends it."""
    state = reader.state
    state.compared_count = state.compared_count and figure.token.form != MONEY
    done = state.level is not None and state.level.counter and segments[-1].has("rate")
    counted = state.counted if state.compared_count or done else None
    return None if any(one.targets or one.noun for one in segments) else counted


def _project(reader: "Reader") -> Target | None:
    now = reader.state.target
    return now if now is not None and (now.key == "perf_projects" or now.key.endswith("项目")) else None


def _granted(segments: list[Segment]) -> bool:
    """Whether the words grant a project's money (区财政批复…)."""
    return any(one.noun and names.granted(one.noun)[1] for one in segments)


def _suffix(segment: Segment) -> str:
    """不含 and 累计 after a name make it another measure."""
    text = segment.text
    return (
        "excluding"
        if segment.has("excluding")
        else "cumulative"
        if segment.has("multi_year") and "累计" in text
        else ""
    )


def _compared_first(reader: "Reader", figure: Figure) -> Target | None:
    """与上年6.00万元相比，公务接待费…: whom the comparison is of stands behind it."""
    if not figure.first or not figure.after.startswith(("相比", "相较", "比较")):
        return None
    found = reader.marked.between(figure.token.end, figure.token.end + len(figure.after))
    name = next((mark for mark in found if mark.kind in (NAME, PHRASE, FIGURE)), None)
    return reader.resolve(name, "") if name is not None and name.kind != FIGURE else None


def _carried(reader: "Reader", figure: Figure, segments: list[Segment]) -> Target | None:
    """Whom a figure without a name speaks of: at the start of a sentence words must say that it goes on."""
    says = not figure.first or any(one.marks for one in segments) or _SAYS.search(figure.words)
    return reader.fallback() if says else None


def _of_noun(reader: "Reader", figure: Figure, segment: Segment, quantity: Quantity) -> Target | None:
    """A measure nobody declared, an item of a list, a project; None where the words name no measure."""
    noun, role = segment.noun, quantity.role
    listed = _listed(reader, noun)
    if listed is not None:
        reader.state.speak_of(listed)
        return listed
    name, granted = names.granted(noun)
    if reader.state.project and reader.state.project in noun:
        return reader.project(reader.state.project)
    if reader.in_evaluation() and PROJECT.search(name) and (granted or role in ("budget", "completion")):
        return reader.project(reader.state.project or name if _ANY_PROJECT.fullmatch(name) else name)
    if noun.endswith(names.NO_NOUN) and not names.is_measure(noun):
        return reader.fallback() if role != "amount" else None
    known = (
        role not in ("amount", "")
        or (reader.in_evaluation() and noun.endswith("项目"))
        or names.is_measure(noun)
        or names.is_measure(segment.text)
        or bool(reader.state.lists)
    )
    target = reader.free(noun)
    if not known and target.entry is None:
        return None if figure.token.form == MONEY else target
    reader.speak(target)
    return target


def _listed(reader: "Reader", noun: str) -> Target | None:
    """An economic item after 主要包括 of its measure."""
    head = reader.state.lists[-1].target if reader.state.lists else None
    slot = head.subject.items if head is not None and head.subject is not None else ""
    if not slot:
        return None
    return Target(slot, entry=reader.facts.entry(slot, name=noun), entry_key=noun)


def _rate(figure: Figure, segments: list[Segment]) -> tuple[Quantity, Target | None]:
    """A percent without words of quantity: the value of a ratio by name (满意度95%), else not understood."""
    noun = segments[-1].noun or names.noun(figure.words)
    understood = bool(noun) and names.is_rate(noun)
    return Quantity("share"), Target(noun, plain=True) if understood else None


# ---- shares


def _whole_of(reader: "Reader", words: str) -> Target:
    """The subject a share's whole names; its level is printed after it."""
    name = _WHOLE.sub("", squeeze(words)).strip("“”")
    if name not in patterns().names:  # “三公”经费财政拨款决算总数
        begins = next((one.end for one in names.names_in(name) if one.start == 0), 0)
        name = name[:begins] if names.only_links(name[begins:]) else re.sub(r"预算(?:数|总额|额)?$", "", name)
    named = names.Name(0, len(name), patterns().names.get(name, ()))
    subject = names.meaning(named, reader.state.section, reader.state.heads())
    return Target(subject.key, subject) if subject is not None else Target(name or "share_whole")


def _share(reader: "Reader", figure: Figure, target: Target, whole: str) -> None:
    """A share; it fills the slot only when it is of the slot's whole."""
    name = _WHOLE.sub("", squeeze(whole)).strip("“”")
    head = reader.state.lists[-1].target if reader.state.lists else None
    said = _whole_of(reader, whole).label if name else (head.label if head is not None else "")
    subject = target.subject
    fill = True
    if subject is not None and subject.base_word:
        value = dict(subject.bases).get(name)
        fill = value is not None
        if value is not None:
            reader.facts.word(subject.base_word, value)
    elif subject is not None and subject.wholes:
        fill = name in subject.wholes
    record.claim(reader, figure, target, Quantity("share"), fill=fill, whole=said)
