"""Work that is counted in several places: inspections, visits, trainings told with different numbers."""

from collections import defaultdict
from collections.abc import Iterator

from fiscal.checks.wording.hits import hit
from fiscal.dictionary.word_rules import activities
from fiscal.model.finding import Outcome
from fiscal.model.text import Claim, Narrative

_TIMES = "次"
_EVALUATION, _WORK = "annexes", "overview"


def activity_outcomes(narrative: Narrative) -> Iterator[Outcome]:
    """TI21: one kind of work with several numbers of times, where an evaluation tells of it.

    Of one sentence the largest counts. What the report on the year's work counts exactly (督查2次) is left out: it is
    one inspection of many.
    """
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for one in narrative.claims:
        kind = _kind(one)
        if kind and (one.section == _EVALUATION or (one.section == _WORK and one.cell.approximate)):
            before = found[kind].get(one.sentence)
            if before is None or one.cell.number > before.cell.number:
                found[kind][one.sentence] = one
    for kind, told in found.items():
        values = {_shown(one): one for one in told.values()}
        evaluated = any(one.section == _EVALUATION for one in told.values())
        if len(values) > 1 and evaluated:
            *others, last = sorted(values, key=lambda text: values[text].cell.place.offset or 0)
            yield hit("TI21", values[last].cell.place, last, name=kind, other="、".join(others))


def _kind(claim: Claim) -> str:
    if claim.kind != "count" or not claim.counter.endswith(_TIMES) or not claim.cell.is_number:
        return ""
    return next((kind for kind, words in activities().items() if any(word in claim.subject for word in words)), "")


def _shown(claim: Claim) -> str:
    return f"{claim.cell}{'余' if claim.cell.approximate else ''}{claim.counter}"
