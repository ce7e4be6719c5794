"""Judging one text of a form: are its figures read right, is its planted error told, is a sound text left alone?

A case has `context` (document, title, heading), `text`, `figures` (value, unit, kind, subject `a|b`, base, period) and
`findings` (`about`: words or numbers that one finding must hold), or `quiet`. `partial`: not every figure is listed.
An excerpt lacks what a whole account must have, so rules on what is missing do not count.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

import fiscal
from fiscal.account import Finding

HERE = Path(__file__).parent
RANK = {"info": 0, "warning": 1, "error": 2}
ABSENCE = ("disc.", "MD", "ST4")  # rules on what an excerpt rightly lacks
_QUANTITY = re.compile(r"[_.](?:actual|amount|change|change_percent|share|completion)$")
_QUOTED = 40  # characters of evidence that count as told; longer quotations hold any number


def cases() -> list[dict[str, Any]]:
    """All cases of the folder, in order."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    texts = (path.read_text(encoding="utf-8") for path in sorted(HERE.glob("*.yaml")))
    return [case for text in texts for case in yaml.load(text, Loader=loader)["cases"]]


def problems(case: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with the reading or the judgement of a case; [] where it holds."""
    context = case["context"]
    lines = [context.get("title"), context.get("heading"), case["text"].rstrip("\n")]
    path = folder / "account.txt"
    path.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
    (account,) = read(path)
    return [*_figures(case, account), *_findings(case, account)]


def read(path: Path) -> list[fiscal.Account]:
    """The accounts of a file, read in this process."""
    from fiscal.recognise.package import read_packages

    return [fiscal.Account(found) for found in read_packages([str(path)])]


def _figures(case: dict[str, Any], account: fiscal.Account) -> Iterator[str]:
    left = list(account.statements.to_dict("records"))
    for figure in case.get("figures") or []:
        same = [row for row in left if Decimal(row["value"]) == Decimal(str(figure["value"]))]
        fits = [row for row in same if row["unit"] == figure["unit"] and row["kind"] == figure["kind"]]
        good = next((row for row in fits if _subject(figure, row) and _against(figure, row)), None)
        if good is None:
            seen = "; ".join(f"{row['kind']} {row['subject']} {row['base']} {row['period']}" for row in same)
            yield f"figure {figure['value']}{figure['unit']} of {figure['subject']}: {seen or 'not read'}"
        else:
            left.remove(good)
    known = {Decimal(str(figure["value"])) for figure in case.get("figures") or []}
    if known and not case.get("partial"):
        loose = [row for row in left if row["kind"] != "count" and Decimal(row["value"]) not in known]
        yield from (f"no such figure: {row['value']} {row['subject']}" for row in loose)


def _subject(figure: dict[str, Any], row: dict[str, Any]) -> bool:
    stem = _QUANTITY.sub("", row["subject"])
    plain = re.sub(r"[“”\"（）()、，]", "", row["subject"])
    for name in figure["subject"].split("|"):
        free = name.removeprefix("free:")
        if name != free and plain and (free in plain or plain in free):
            return True
        if name in (row["subject"], stem) or (name.endswith(".budget") and name == row["subject"]):
            return True
        if figure.get("period") == "previous" and row["subject"].startswith(name):
            return True
    return False


def _against(figure: dict[str, Any], row: dict[str, Any]) -> bool:
    wanted, base = figure.get("base"), str(row["base"] or "")
    if figure.get("period") == "previous":
        return row["period"] == "previous"
    return wanted is None or not base or base == str(wanted) or ("budget" in str(wanted) and base == "budget")


def _findings(case: dict[str, Any], account: fiscal.Account) -> Iterator[str]:
    found = list(account.check())
    loud = [f for f in found if RANK[f.severity] >= 1 and not f.rule.startswith(ABSENCE)]
    if case.get("quiet"):
        yield from (f"false alarm: {finding.rule} {finding.message}" for finding in loud)
    for wanted in case.get("findings") or []:
        least = RANK[wanted.get("severity_at_least", "warning")]
        about = [str(word) for word in wanted["about"]]
        if not any(RANK[f.severity] >= least and _tells(f, about) for f in found):
            yield f"not told: {' + '.join(about)}"


def _tells(finding: Finding, about: list[str]) -> bool:
    words = [finding.message, finding.expected or "", finding.actual or ""]
    for cell in finding.evidence:
        words += [cell.text, cell.place.row, cell.place.column, cell.place.table]
        words += [cell.place.text] if cell.place.text and len(cell.place.text) <= _QUOTED else []
    text = " ".join(words).replace(",", "")
    return all(any(_in(one.replace(",", ""), text) for one in word.split("|")) for word in about)


def _in(word: str, text: str) -> bool:
    """A number must stand there whole: 5.00 is not in 15.00."""
    if not word[:1].isdigit():
        return word in text
    tail = r"(?!\d)(?!\.\d)" if word[-1].isdigit() else ""
    return re.search(rf"(?<![\d.]){re.escape(word)}{tail}", text) is not None
