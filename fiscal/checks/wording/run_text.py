"""All rules over words, run on one account."""

from fiscal.checks.wording.activities import activity_outcomes
from fiscal.checks.wording.contents_list import contents_outcomes
from fiscal.checks.wording.contradictions import wording_outcomes
from fiscal.checks.wording.disclosures import disclosure_outcomes
from fiscal.checks.wording.headings_check import structure_outcomes
from fiscal.checks.wording.hits import told_once
from fiscal.checks.wording.own_names import own_name_outcomes
from fiscal.checks.wording.periods import period_outcomes
from fiscal.checks.wording.punctuation import mark_outcomes
from fiscal.checks.wording.purposes import purpose_outcomes
from fiscal.checks.wording.repeats import repeat_outcomes
from fiscal.checks.wording.subject_names import subject_outcomes
from fiscal.checks.wording.table_heads import head_outcomes
from fiscal.checks.wording.unit_counts import count_outcomes
from fiscal.checks.wording.word_patterns import pattern_outcomes
from fiscal.model.disclosure import Disclosure
from fiscal.model.finding import Outcome
from fiscal.model.text import Narrative


def run_text(disclosure: Disclosure, narrative: Narrative) -> list[Outcome]:
    """Failed outcomes of the rules over words, in the order of the document.

    Paragraphs recognised from a picture give nothing: a wrong character there is the recogniser's.
    An account known only from another year's comparatives has no words of its own.
    """
    if disclosure.format == "scan" or disclosure.notes.get("coverage") == "comparatives":
        return []
    paragraphs = narrative.paragraphs or disclosure.paragraphs
    found = [
        *structure_outcomes(disclosure, narrative),
        *head_outcomes(disclosure),
        *pattern_outcomes(paragraphs),
        *mark_outcomes(paragraphs, disclosure.format),
        *count_outcomes(paragraphs),
        *repeat_outcomes(paragraphs),
        *contents_outcomes(paragraphs, disclosure.entity),
        *purpose_outcomes(disclosure, narrative),
        *period_outcomes(disclosure, narrative),
        *subject_outcomes(disclosure, narrative),
        *own_name_outcomes(disclosure, narrative),
        *wording_outcomes(disclosure, narrative),
        *activity_outcomes(narrative),
        *disclosure_outcomes(disclosure, narrative),
    ]
    return told_once(sorted(found, key=_position))


def _position(outcome: Outcome) -> int:
    """Where its first words stand; what has no place in the text comes first."""
    offset = outcome.terms[0].place.offset
    return -1 if offset is None else offset
