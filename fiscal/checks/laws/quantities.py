"""What a claim is a figure of: the quantity behind its subject, actual or planned, and whose year."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from itertools import count

from fiscal.dictionary.identities import catalogue
from fiscal.dictionary.laws import name_of
from fiscal.dictionary.measures import measures
from fiscal.dictionary.patterns import patterns
from fiscal.model.text import Claim

LEVEL, CHANGE, RATE, SHARE, COMPLETION = "level", "change", "rate", "share", "completion"
THIS, LAST, LAST_YEAR = "this", "previous", "last_year"
COUNT = "#"  # vehicles_bought_kinds[轿车]# is how many, vehicles_bought_kinds[轿车] is their money
BUDGETS = ("initial_budget", "full_year_budget", "budget")
_QUANTITY = {
    "amount": LEVEL, "count": LEVEL, "change": CHANGE, "change_percent": RATE, "share": SHARE, "completion": COMPLETION,
}  # fmt: skip
_SUFFIX = {CHANGE: "_change", RATE: "_change_percent", SHARE: "_share", COMPLETION: "_completion"}
_ASIDE = frozenset({"reason", "purpose"})


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A claim as the laws see it.

    stem      the quantity: tp, gpb_items[2130201], 会议费
    planned   a budget's figure; `plan` says which budget (initial_budget, full_year_budget, budget)
    period    this | previous | a named year
    sentence, paragraph   keys of where it stands; `at`: its order in the text
    aside     said inside a reason or a purpose: no figure of the subject itself
    printed   False for what words state (无, 持平, 大于) and for what stands elsewhere
    origin    table | prev: not said in the text, but in a table or in last year's account
    """

    claim: Claim
    kind: str
    stem: str
    planned: bool
    plan: str
    period: str
    sentence: Hashable
    paragraph: Hashable
    at: int
    aside: bool
    printed: bool
    origin: str = ""

    @property
    def usable(self) -> bool:
        """Whether an equality may be built on it: a number that is not only about so large."""
        return self.claim.cell.is_number and not self.claim.cell.approximate

    @property
    def free(self) -> bool:
        """A subject as printed, not a measure; a member of a family without a code means something only nearby."""
        return not self.stem.isascii()

    @property
    def with_more(self) -> bool:
        """A total that its sentence reaches by adding (加上…) what need be no declared part of it."""
        return any(word in self.claim.sentence for word in patterns().lexicons["on_top"])

    @property
    def base(self) -> str:
        return self.claim.base

    @property
    def sign(self) -> int:
        """+1, -1 or 0 (持平) as the word says; +1 where there is none."""
        return {"减少": -1, "持平": 0}.get(self.claim.direction, 1)


def figure(claim: Claim, place: tuple[Hashable, Hashable, int], *, printed: bool = True) -> Figure | None:
    """The claim with its quantity; None while it is not understood."""
    kind = _QUANTITY.get(claim.kind)
    if kind is None or not claim.subject:
        return None
    if claim.kind == "count" and claim.subject.endswith(_SUFFIX[CHANGE]):
        kind = CHANGE
    stem, plan = _stem(claim.subject, kind)
    if not named(stem):
        return None
    period = {"current": THIS, "": THIS}.get(claim.period, claim.period)
    if period in BUDGETS:
        period, plan = THIS, period
    if plan and kind == LEVEL and claim.base in BUDGETS:
        plan = claim.base
    sentence, paragraph, at = place
    return Figure(
        claim, kind, stem, bool(plan), plan, period, sentence, paragraph, at, claim.aside in _ASIDE, printed
    )  # fmt: skip


def _stem(subject: str, kind: str) -> tuple[str, str]:
    """The quantity of a subject, and which budget where it is a planned one."""
    name, _, field = subject.partition("].")
    if field:
        return f"{name}]{COUNT if field == 'count' else ''}", "budget" if field.startswith("budget") else ""
    name = subject.removesuffix(_SUFFIX.get(kind, ""))
    for plan in BUDGETS:
        stem = name.removesuffix(f"_{plan}")
        if stem != name:
            return stem, plan
    return name, ""


def called(claim: Claim) -> str:
    """What a clerk calls the quantity of a claim: “三公”经费, 公务接待费预算, 2130201行政运行; "" unread."""
    if not claim.subject or claim.kind not in _QUANTITY:
        return ""
    stem, plan = _stem(claim.subject, _QUANTITY[claim.kind])
    return name_of(stem.removesuffix(COUNT)) + ("预算" if plan else "")


@cache
def known(stem: str) -> bool:
    """Whether a quantity is declared: a measure, a member of a family, a slot of the narrative."""
    name = stem.partition("[")[0]
    return any(one in measures().entries or one in catalogue().slots for one in (name, f"{name}_budget"))


@cache
def named(stem: str) -> bool:
    """Whether it names a quantity: what only says the section or the reason a figure stands in does not."""
    if stem in measures().entries:
        return True
    name = stem.partition("[")[0]
    if not name.isascii() and "_" in name:
        return False  # a word of comparison taken for a name
    return bool(stem) and stem not in catalogue().sections["names"] and not stem.endswith("_reason")


def running() -> count:
    """Numbers for claims that have no place in the text."""
    return count(10**9)
