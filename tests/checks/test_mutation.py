"""Changed digits are noticed and found in a finding: a small run of `make mutation`."""

from benchmarks.mutation import Score, report, synthetic
from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run
from tests.checks.builders import disclosure, narrative


def test_nine_of_ten_changed_digits_are_noticed_and_every_one_stands_in_its_finding():
    score = synthetic(("national9",), every=25, seed=4)
    assert score.tried > 30
    assert score.share >= 0.9
    assert score.grouped == score.noticed
    assert score.named >= 0.8 * score.noticed


def test_the_report_tells_what_escaped_and_why():
    score = Score(tried=2, noticed=1, named=1, grouped=1)
    score.by_kind["revenue"].update(tried=2, noticed=1)
    score.escapes["revenue: no identity touches it"] = 1
    score.examples["revenue: no identity touches it"] = "1.00 → 2.00"
    text = report("demo", score)
    assert "1 of 2 changes noticed (50.0%)" in text and "no identity touches it   e.g. 1.00 → 2.00" in text


def test_an_account_without_anything_has_no_finding():
    account, told = disclosure(), narrative()
    assert findings(run(account, told), account, told) == []
