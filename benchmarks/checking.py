"""How long reconciling takes, and how many one-digit slips it notices."""

from benchmarks.mutation import founding, synthetic
from benchmarks.timing import milliseconds
from fiscal.checks.findings.compose import findings
from fiscal.checks.identities.runner import run as run_checks

RUNS = 9
AIM_MS = 60.0
AIM_NOTICED = 0.9


def run() -> list[dict]:
    """Entries of outputs/bench.json: reconcile one full account, make its findings, notice changed digits."""
    from fiscal.synthetic.invent import Style, make_panel

    before, account = make_panel(3, (2021, 2022), style=Style("sichuan13", "万元", True))
    pair, previous = (account.disclosure, account.narrative), (before.disclosure, before.narrative)
    outcomes = run_checks(*pair, previous=previous)
    entries = [
        _entry("reconcile_13_tables", min(milliseconds(lambda: run_checks(*pair, previous=previous), RUNS)), AIM_MS),
        _entry("findings_13_tables", min(milliseconds(lambda: findings(outcomes, *pair), RUNS)), AIM_MS),
    ]
    noticed = {"noticed_synthetic_digits": synthetic(("national9",), every=12)}
    text = founding(every=6)
    if text is not None:
        noticed["noticed_founding_digits"] = text
    return entries + [
        {"name": name, "value": round(score.share, 4), "unit": "share", "baseline": AIM_NOTICED,
         "ratio": round(score.share / AIM_NOTICED, 3), "runs": score.tried}
        for name, score in noticed.items()
    ]  # fmt: skip


def _entry(name: str, value: float, baseline: float) -> dict:
    """`ratio` is how many times faster than the aim."""
    return {
        "name": name, "value": round(value, 2), "unit": "ms", "baseline": baseline,
        "ratio": round(baseline / value, 2), "runs": RUNS,
    }  # fmt: skip
